import { sortBy } from '../base/order.js';
import { missingDetail } from '../document/diagnostics.js';
import type { Cursor } from '../document/cursor.js';
import type { Response, ResponseHeader, StatusRange } from '../ir/index.js';
import { lowerContents } from './content.js';
import { invalidStatus, noResponses, untypedParameter } from './openapi-diagnostics.js';
import type { SchemaLowerer } from './schema.js';

const headerFields = ['description', 'required', 'deprecated', 'allowEmptyValue', 'style', 'explode', 'allowReserved', 'schema', 'content', 'example', 'examples'];

/** The responses of an operation: single statuses, then classes, then `default`. */
export const lowerResponses = (operation: Cursor, label: string, schemas: SchemaLowerer): Response[] => {
  const map = operation.get('responses');
  const entries = map?.entries('`responses`').filter(([key]) => !key.startsWith('x-')) ?? [];
  if (entries.length === 0) operation.report(noResponses({ operation: label }, operation.origin));
  const responses = entries.flatMap(([key, entry]): Response[] => {
    const status = readStatus(key);
    if (status === undefined) {
      entry.report(invalidStatus({ status: key }, entry.origin));
      return [];
    }
    const place = entry.follow();
    return place?.object('the response') ? [schemas.once(`response ${status}`, place, () => lowerResponse(status, place, schemas))] : [];
  });
  return sortBy(responses, ({ status }) => (typeof status === 'number' ? `0${status}` : status === 'default' ? '2' : `1${status}`));
};

const readStatus = (key: string): StatusRange | undefined =>
  /^[1-5]\d\d$/.test(key) ? Number(key)
  : /^[1-5]XX$/i.test(key) ? (key.toUpperCase() as StatusRange)
  : key === 'default' ? key
  : undefined;

const lowerResponse = (status: StatusRange, place: Cursor, schemas: SchemaLowerer): Response => {
  place.only('the response', ['description', 'headers', 'content', 'links', 'summary']);
  const description = place.get('description');
  if (!description) place.report(missingDetail({ object: 'the response', field: 'description' }, place.origin));
  const content = place.get('content');
  return {
    origin: place.origin,
    status,
    description: description?.prose('the description of the response') ?? '',
    headers: lowerHeaders(place, schemas),
    contents: content ? lowerContents(content, schemas) : [],
  };
};

/** `Content-Type` among them is left out, as OpenAPI says: the media types of the content describe it. */
const lowerHeaders = (response: Cursor, schemas: SchemaLowerer): ResponseHeader[] =>
  (response.get('headers')?.entries('`headers`') ?? []).flatMap(([name, entry]): ResponseHeader[] => {
    const place = name.toLowerCase() === 'content-type' ? undefined : entry.follow();
    return place?.object('the header') ? [schemas.once(`header ${name}`, place, () => lowerHeader(name, place, schemas))] : [];
  });

const lowerHeader = (name: string, place: Cursor, schemas: SchemaLowerer): ResponseHeader => {
  place.only('the header', headerFields);
  const schema = place.get('schema');
  const content = place.get('content');
  if ((schema === undefined) === (content === undefined)) place.report(untypedParameter({ name, both: schema !== undefined }, place.origin));
  const description = place.get('description')?.prose('the description of the header');
  return {
    origin: place.origin,
    name,
    required: place.get('required')?.boolean('`required`') ?? false,
    ...(description === undefined ? {} : { description }),
    explode: place.get('explode')?.boolean('`explode`') ?? false,
    schema: schema ? schemas.lower(schema) : (content && lowerContents(content, schemas)[0]?.schema) ?? { origin: place.origin },
  };
};
