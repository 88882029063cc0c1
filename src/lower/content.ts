import { isObject } from '../base/json.js';
import { canonical } from '../base/order.js';
import type { Cursor } from '../document/cursor.js';
import type { Content, ContentKind, Example, FieldEncoding, Schema, Style } from '../ir/index.js';
import { unknownField } from '../document/diagnostics.js';
import { duplicateMediaType, invalidMediaType } from './openapi-diagnostics.js';
import type { SchemaLowerer } from './schema.js';

const token = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+(\s*;.*)?$/;
const textual = /^(text\/.*|application\/(xml|.*\+xml|yaml|x-yaml|.*\+yaml|javascript|graphql|x-ndjson|ndjson|jsonl|json-seq))$/;

/**
 * What the bytes of a media type mean to code. A range that includes JSON (all types, or all of `application`) is JSON wherever its schema
 * describes anything but a text; without a schema it is bytes.
 */
export const contentKind = (mediaType: string, schema: Schema | undefined): ContentKind => {
  const essence = mediaType.split(';', 1)[0]?.trim() ?? '';
  if (essence === 'application/json' || essence.endsWith('+json')) return 'json';
  if (essence === 'application/x-www-form-urlencoded') return 'form';
  if (essence.startsWith('multipart/')) return 'multipart';
  if (textual.test(essence)) return 'text';
  const range = essence === '*/*' || essence === 'application/*';
  return range && schema !== undefined && !schema.types?.includes('string') ? 'json' : 'binary';
};

/** Those of a media type. In their parent they are misplaced. */
const fields = ['schema', 'example', 'examples', 'encoding'];

/** The media types of a `content` map, in code-unit order. */
export const lowerContents = (map: Cursor, schemas: SchemaLowerer): Content[] => {
  const seen = new Set<string>();
  return map.entries('`content`').flatMap(([key, entry]): Content[] => {
    if (key.startsWith('x-')) return [];
    const mediaType = key.trim().toLowerCase();
    if (fields.includes(key)) entry.report(unknownField({ object: '`content`', field: key, near: undefined }, entry.origin));
    else if (!token.test(mediaType)) entry.report(invalidMediaType({ mediaType: key }, entry.origin));
    else if (seen.has(mediaType)) entry.report(duplicateMediaType({ mediaType }, entry.origin));
    else {
      seen.add(mediaType);
      const place = entry.follow();
      if (place?.object('the media type')) return [lowerContent(mediaType, place, schemas)];
    }
    return [];
  });
};

const lowerContent = (mediaType: string, place: Cursor, schemas: SchemaLowerer): Content => {
  place.only('the media type', fields);
  const written = place.get('schema');
  const schema = written && schemas.lower(written);
  const kind = contentKind(mediaType, schema);
  const encodings = kind === 'form' || kind === 'multipart' ? place.get('encoding')?.entries('`encoding`') ?? [] : [];
  return {
    origin: place.origin,
    mediaType,
    kind,
    ...(schema ? { schema } : {}),
    encoding: new Map(encodings.map(([name, at]) => [name, lowerEncoding(at)])),
    examples: lowerExamples(place),
  };
};

const styles: readonly Style[] = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'];

const lowerEncoding = (place: Cursor): FieldEncoding => {
  if (!place.object('the encoding')) return {};
  place.only('the encoding', ['contentType', 'headers', 'style', 'explode', 'allowReserved']);
  const contentType = place.get('contentType')?.string('`contentType`');
  const written = place.get('style')?.string('`style`');
  const style = styles.find((name) => name === written);
  if (written !== undefined && !style) place.get('style')?.wrong('`style`', `one of ${styles.join(', ')}`);
  const explode = place.get('explode')?.boolean('`explode`');
  const allowReserved = place.get('allowReserved')?.boolean('`allowReserved`');
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(style === undefined ? {} : { style }),
    ...(explode === undefined ? {} : { explode }),
    ...(allowReserved === undefined ? {} : { allowReserved }),
  };
};

/** The examples of a media type: `example` under the name `example`, then `examples`. What lies elsewhere (`externalValue`) is not fetched. */
export const lowerExamples = (place: Cursor): Example[] => {
  const single = place.get('example');
  const map = place.get('examples');
  const named = map && isObject(map.value) ? map.entries('`examples`') : [];
  return [
    ...(single ? [{ name: 'example', value: canonical(single.value) }] : []),
    ...named.flatMap(([name, entry]): Example[] => {
      const example = entry.follow();
      const value = example?.get('value');
      if (!example || !value) return [];
      const summary = example.get('summary')?.prose('the summary of the example');
      return [{ name, ...(summary === undefined ? {} : { summary }), value: canonical(value.value) }];
    }),
  ];
};
