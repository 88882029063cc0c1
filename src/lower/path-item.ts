import { isObject } from '../base/json.js';
import type { Cursor } from '../document/cursor.js';
import { siblingsOfReference } from '../document/diagnostics.js';
import type { Method } from '../ir/index.js';

/** The keys of a path item that are operations, in the specification's order, with their methods. */
export const methods: readonly (readonly [string, Method])[] = [
  ['get', 'GET'], ['put', 'PUT'], ['post', 'POST'], ['delete', 'DELETE'], ['options', 'OPTIONS'], ['head', 'HEAD'], ['patch', 'PATCH'], ['trace', 'TRACE'],
];

const fields = ['$ref', 'summary', 'description', 'servers', 'parameters', ...methods.map(([key]) => key)];

/** What an entry refers to, which alone counts: other fields beside the reference are told. */
const followed = (entry: Cursor): Cursor | undefined => {
  if (entry.reference !== undefined && isObject(entry.value)) {
    const ignored = Object.keys(entry.value).filter((key) => key !== '$ref' && key !== 'summary' && key !== 'description');
    if (ignored.length > 0) entry.report(siblingsOfReference({ fields: ignored.sort() }, entry.origin));
  }
  return entry.follow();
};

/** An operation of a path item. A reference in its place is beyond the specification; authors who split their documents write it, and bundlers follow it. */
export const operationOf = (pathItem: Cursor, field: string): Cursor | undefined => {
  const entry = pathItem.get(field);
  const operation = entry && followed(entry);
  return operation?.object('the operation') ? operation : undefined;
};

/** A path item, or what it refers to; nothing where it is none. */
export const pathItemOf = (entry: Cursor): Cursor | undefined => {
  const place = followed(entry);
  if (!place?.object('the path item')) return undefined;
  place.only('the path item', fields);
  return place;
};
