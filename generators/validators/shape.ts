import { resolve } from '../../src/ir/walk.js';
import type { Api, Schema } from '../../src/ir/index.js';
import { isCheckedFormat } from './formats.js';

type Schemas = Pick<Api, 'schemas'>;

const said = new Set(['origin', 'ref', 'types', 'items', 'format', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly']);

/** Whether reading a text as the schema's shape leaves nothing to check. */
export const saysShapeOnly = (api: Schemas, schema: Schema, seen: ReadonlySet<string> = new Set()): boolean => {
  if (Object.entries(schema).some(([keyword, value]) => value !== undefined && !said.has(keyword))) return false;
  if (schema.format !== undefined && isCheckedFormat(schema.format)) return false;
  if (schema.types?.includes('object')) return false;
  if (schema.items && !saysShapeOnly(api, schema.items, seen)) return false;
  if (schema.ref === undefined) return true;
  const target = api.schemas.get(schema.ref);
  return target !== undefined && !seen.has(schema.ref) && saysShapeOnly(api, target.schema, new Set([...seen, schema.ref]));
};

/** Whether a part of a multipart body is handed over as bytes. */
export const isFile = (api: Schemas, schema: Schema, contentType: string | undefined): boolean => {
  const target = resolve(api, schema);
  if (contentType !== undefined) return !/^(text\/|application\/(json|.*\+json)\b)/.test(contentType) && !target.types?.some((type) => type === 'object' || type === 'array');
  if (target.format === 'binary') return true;
  return target.contentMediaType !== undefined && target.contentEncoding === undefined && !/^(text\/|application\/(json|.*\+json)\b)/.test(target.contentMediaType);
};
