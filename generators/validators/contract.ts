import type { Json } from '../../src/base/json.js';
import { resourceVariable } from '../../src/emit/layout.js';
import { isFalse } from '../../src/ir/views.js';
import { resolve } from '../../src/ir/walk.js';
import type { Api, Content, Expression, Grant, HeaderEdits, Operation, Parameter, Response, Schema, StatusRange } from '../../src/ir/index.js';
import type { AuthContract, FieldContract, ParameterContract, ResponseContract, Source } from '../../src/runtime/contract.js';
import { isFile, shapeOf } from './shape.js';

/** The parts of a contract that are plain data. */
export const parameterContract = (api: Api, parameter: Parameter): ParameterContract => {
  const { encoding, schema } = parameter;
  const inherited = schema.default ?? resolve(api, schema).default;
  return {
    in: parameter.in,
    name: parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name,
    required: parameter.required,
    shape: shapeOf(api, schema),
    ...(encoding.kind === 'style'
      ? { style: encoding.style, explode: encoding.explode, ...(encoding.allowEmptyValue ? { allowEmpty: true } : {}) }
      : { style: 'simple', explode: false, content: /[/+]json$/.test(encoding.mediaType.split(';', 1)[0] ?? '') ? 'json' : 'text' }),
    ...(inherited && inherited[0] !== null ? { default: inherited[0] } : {}),
  };
};

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

const checking = new Set(['jwt', 'user-pool', 'function', 'introspection', 'iam', 'client-certificate']);

/** Checks that tell which scopes a caller has. */
const scoped = new Set(['jwt', 'user-pool', 'function', 'introspection']);

/** Whether a caller is known by the time the function runs, by which scheme, and with which scopes. */
export const authContract = (api: Api, { security }: Operation): AuthContract => {
  const schemes = new Set(security.flatMap(({ all }) => all.map(({ scheme }) => scheme)));
  const [only] = schemes;
  const named = schemes.size === 1 && only !== undefined ? { scheme: only } : {};
  if (schemes.size === 0) return { need: 'none' };
  const kind = (scheme: string): string => api.schemes.get(scheme)?.check?.kind ?? '';
  const checked = security.every(({ all }) => all.some(({ scheme }) => checking.has(kind(scheme))));
  const anyOf = security.map(({ all }) => all.map(({ scheme, scopes }) => ({ scheme, scopes: scoped.has(kind(scheme)) ? scopes : [] })));
  return { need: checked ? 'required' : 'optional', ...named, ...(anyOf.some((all) => all.some(({ scopes }) => scopes.length > 0)) ? { anyOf } : {}) };
};

const source = (value: HeaderEdits['set'] extends ReadonlyMap<string, infer T> ? T : never): string | Source | undefined =>
  typeof value === 'string' ? value : value.source.kind === 'body' && value.source.of === 'response' ? undefined : sourceContract(value);

/** An expression as the runtime takes it; nothing for headers of a response, which no code of ours has. */
export const sourceContract = ({ source: from }: Expression): Source | undefined => {
  if (from.kind === 'response-header') return undefined;
  return from.kind === 'body' ? { kind: from.of === 'request' ? 'body' : 'response', pointer: from.pointer } : from;
};

export const headerContract = (edits: HeaderEdits): Json =>
  ({ remove: edits.remove, set: [...edits.set].flatMap(([name, value]) => {
    const content = source(value);
    return content === undefined ? [] : [[name, content as Json] as const];
  }) });

export const resourceContracts = (api: Api, uses: readonly Grant[]): { readonly name: string; readonly kind: string; readonly variable: string }[] =>
  [...new Set(uses.map(({ resource }) => resource))].flatMap((name) => {
    const resource = api.resources.get(name);
    return resource ? [{ name, kind: resource.kind, variable: resourceVariable(name) }] : [];
  });
