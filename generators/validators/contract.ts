import { resourceVariable } from '../../src/emit/layout.js';
import { isFalse } from '../../src/ir/views.js';
import { resolve } from '../../src/ir/walk.js';
import { shapeOf } from '../../src/ir/shape.js';
import type { Api, Content, Grant, Response, Schema, StatusRange } from '../../src/ir/index.js';
import type { FieldContract, ResponseContract } from '../../src/runtime/contract.js';
import { isFile } from './shape.js';

/** The fields of a form or multipart body, and what others become. */
export const fieldContracts = (api: Api, content: Content): { fields: FieldContract[]; rest?: FieldContract['shape'] } => {
  const schema = content.schema && resolve(api, content.schema);
  const properties = schema ? gather(api, schema) : new Map<string, Schema>();
  const fields = [...properties].map(([name, property]): FieldContract => {
    const encoding = content.encoding.get(name);
    const shape = shapeOf(api, property);
    const item = resolve(api, property).items;
    const file = content.kind === 'multipart' && (isFile(api, property, encoding?.contentType) || (item !== undefined && isFile(api, item, encoding?.contentType)));
    const inner = typeof shape === 'object' && 'array' in shape ? shape.array : shape;
    const json = encoding?.contentType === undefined ? typeof inner === 'object' && 'object' in inner : /[/+]json$/.test(encoding.contentType);
    return {
      name,
      as: file ? 'file' : json ? 'json' : 'text',
      shape,
      ...(encoding?.style === undefined ? {} : { style: encoding.style }),
      ...(encoding?.explode === undefined ? {} : { explode: encoding.explode }),
    };
  });
  const others = schema?.additionalProperties;
  return { fields, ...(others && !isFalse(others) ? { rest: shapeOf(api, others) } : {}) };
};

/** The properties of a schema and of what it includes. */
const gather = (api: Api, schema: Schema): Map<string, Schema> =>
  new Map([...(schema.allOf ?? []).flatMap((part) => [...gather(api, resolve(api, part))]), ...(schema.properties ?? [])]);

/** A multipart schema as it is checked: files are bytes, of which JSON Schema knows nothing. */
export const withoutFiles = (api: Api, content: Content, schema: Schema): Schema => {
  const target = resolve(api, schema);
  if (!target.properties) return schema;
  const any = (part: Schema): Schema => ({ origin: part.origin });
  return {
    ...target,
    properties: new Map([...target.properties].map(([name, property]) => {
      const contentType = content.encoding.get(name)?.contentType;
      if (isFile(api, property, contentType)) return [name, any(property)];
      const list = resolve(api, property);
      return [name, list.items && isFile(api, list.items, contentType) ? { ...list, items: any(list.items) } : property];
    })),
  };
};

const range = (status: StatusRange): ResponseContract['status'] =>
  typeof status === 'number' ? status : status === 'default' ? [100, 599] : [Number(status[0]) * 100, Number(status[0]) * 100 + 99];

export const responseContract = (api: Api, response: Response): ResponseContract => ({
  status: range(response.status),
  contents: response.contents.map(({ mediaType, kind }) => ({ mediaType, kind })),
  headers: response.headers.map(({ name, required, schema, explode }) => ({ name: name.toLowerCase(), required, shape: shapeOf(api, schema), explode })),
});

export const resourceContracts = (api: Api, uses: readonly Grant[]): { readonly name: string; readonly kind: string; readonly variable: string }[] =>
  [...new Set(uses.map(({ resource }) => resource))].flatMap((name) => {
    const resource = api.resources.get(name);
    return resource ? [{ name, kind: resource.kind, variable: resourceVariable(name) }] : [];
  });
