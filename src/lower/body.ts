import { isObject } from '../base/json.js';
import type { Cursor } from '../document/cursor.js';
import type { Body } from '../ir/index.js';
import { lowerContents } from './content.js';
import { emptyContent } from './openapi-diagnostics.js';
import type { SchemaLowerer } from './schema.js';

/** The request body of an operation or of a callback's request. */
export const lowerBody = (operation: Cursor, schemas: SchemaLowerer): Body | undefined => {
  const place = operation.at('requestBody');
  if (!place?.object('the request body')) return undefined;
  place.only('the request body', ['description', 'content', 'required']);
  const content = place.get('content');
  if (!content) return place.missing('the request body', 'content');
  const contents = lowerContents(content, schemas);
  if (contents.length === 0) {
    if (isObject(content.value) && Object.keys(content.value).length === 0) place.report(emptyContent({ what: 'the request body' }, content.origin));
    return undefined;
  }
  const description = place.get('description')?.prose('the description of the request body');
  return { origin: place.origin, required: place.get('required')?.boolean('`required`') ?? false, ...(description === undefined ? {} : { description }), contents };
};
