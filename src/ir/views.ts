import { define, type Json, type JsonObject } from '../base/json.js';
import type { Api } from './api.js';
import type { Direction, Schema } from './schema.js';
import { children, reachable, references, within } from './walk.js';

type Schemas = Pick<Api, 'schemas'>;

/** How a schema is written for one direction. */
export interface View {
  readonly direction: Direction;
  /** What a reference to a named schema becomes. */
  readonly reference: (name: string) => JsonObject;
  /** What takes the place of a property that must not travel in this direction. */
  readonly refused: (keyword: 'readOnly' | 'writeOnly') => JsonObject;
  /** Whether defaults are written. */
  readonly defaults: boolean;
}

const mark = (direction: Direction): 'readOnly' | 'writeOnly' => (direction === 'request' ? 'readOnly' : 'writeOnly');

/** Whether a property's schema, or what it refers to, bears the mark. */
const marked = (api: Schemas, schema: Schema, keyword: 'readOnly' | 'writeOnly'): boolean => {
  if (schema[keyword] === true || schema.ref === undefined) return schema[keyword] === true;
  const seen = new Set<string>();
  let part: Schema | undefined = schema;
  while (part && part[keyword] !== true && part.ref !== undefined && !seen.has(part.ref)) {
    seen.add(part.ref);
    part = api.schemas.get(part.ref)?.schema;
  }
  return part?.[keyword] === true;
};

/** Whether a property must not travel in a direction. */
export const isRefused = (api: Schemas, property: Schema, direction: Direction): boolean => marked(api, property, mark(direction));

/** The properties that must not travel in a direction, of a schema and of all that it includes. */
export const refusedProperties = (api: Schemas, schema: Schema, direction: Direction, seen: ReadonlySet<string> = new Set()): Set<string> => {
  const names = new Set([...(schema.properties ?? [])].filter(([, property]) => isRefused(api, property, direction)).map(([name]) => name));
  for (const part of schema.allOf ?? []) for (const name of refusedProperties(api, part, direction, seen)) names.add(name);
  const target = schema.ref === undefined || seen.has(schema.ref) ? undefined : api.schemas.get(schema.ref);
  if (target && schema.ref !== undefined) for (const name of refusedProperties(api, target.schema, direction, new Set([...seen, schema.ref]))) names.add(name);
  return names;
};

/** The named schemas that say one thing of a request and another of a response. */
export const directional = (api: Schemas): ReadonlySet<string> => {
  const own = new Set([...api.schemas].filter(([, { schema }]) => within(schema).some((part) =>
    [...(part.properties?.values() ?? [])].some((property) => isRefused(api, property, 'request') || isRefused(api, property, 'response')))).map(([name]) => name));
  const users = new Map<string, string[]>();
  for (const [name, { schema }] of api.schemas) for (const used of references(schema)) users.set(used, users.get(used) ?? []).get(used)?.push(name);
  const found = new Set(own);
  // A set that grows while it is walked: whoever uses what differs, differs too.
  for (const name of found) for (const user of users.get(name) ?? []) found.add(user);
  return new Set([...api.schemas.keys()].filter((name) => found.has(name)));
};

/**
 * The named schemas that some schema applies only perhaps (as a member of a `oneOf`, say). Defaults may not be filled in
 * by them: the value may turn out to be another member's.
 */
export const conditional = (api: Schemas, roots: Iterable<Schema>): ReadonlySet<string> => {
  const all = [...roots, ...[...api.schemas.values()].map(({ schema }) => schema)];
  const uncertain = all.flatMap(within).filter((schema) => selection(schema) === undefined)
    .flatMap((schema) => children(schema).filter(({ relation }) => relation === 'some').map((child) => child.schema));
  return reachable(api, uncertain);
};

/** The values that select the members of a union, where its discriminator covers all of them. */
export const selection = (schema: Schema): ReadonlyMap<string, string> | undefined => {
  const members = schema.oneOf ?? schema.anyOf;
  if (!schema.discriminator || !members || schema.discriminator.mapping.size === 0) return undefined;
  const selected = new Set(schema.discriminator.mapping.values());
  return members.every(({ ref }) => ref !== undefined && selected.has(ref)) ? schema.discriminator.mapping : undefined;
};

/** The schema that nothing satisfies. */
export const isFalse = ({ not, ...rest }: Schema): boolean => not !== undefined && Object.keys(not).length === 1 && Object.keys(rest).length === 1;

const copied = ['enum', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minContains', 'maxContains', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'] as const;
const single = ['items', 'contains', 'unevaluatedItems', 'additionalProperties', 'unevaluatedProperties', 'propertyNames', 'not'] as const;
const lists = ['prefixItems', 'anyOf', 'oneOf'] as const;

const object = <T>(entries: Iterable<readonly [string, T]>, value: (item: T, name: string) => Json): JsonObject => {
  const result = {};
  for (const [name, item] of entries) define(result, name, value(item, name));
  return result;
};

/**
 * A schema in JSON Schema 2020-12, for one direction: properties that must not travel are refused and not required, and
 * a discriminator is written as conditions, so that only the selected member's errors are told.
 */
export const jsonSchema = (api: Schemas, schema: Schema, view: View): JsonObject => {
  const print = (part: Schema, refused: ReadonlySet<string> = new Set()): JsonObject => {
    const result: Record<string, Json> = {};
    if (part.ref !== undefined) Object.assign(result, view.reference(part.ref));
    if (part.types) result['type'] = part.types.length === 1 && part.types[0] !== undefined ? part.types[0] : part.types;
    if (part.const) result['const'] = part.const[0];
    for (const keyword of copied) if (part[keyword] !== undefined) result[keyword] = part[keyword];
    if (part.contentEncoding === 'base64' && part.format === undefined) result['format'] = 'byte';
    if (part.default && view.defaults) result['default'] = part.default[0];
    for (const keyword of single) if (part[keyword]) result[keyword] = isFalse(part[keyword]) ? false : print(part[keyword]);
    const selected = selection(part);
    for (const keyword of lists) {
      if (part[keyword] && !(selected && keyword !== 'prefixItems')) result[keyword] = part[keyword].map((item) => print(item));
    }
    const hidden = part.allOf || part.required || part.dependentRequired ? new Set([...refused, ...refusedProperties(api, part, view.direction)]) : refused;
    if (part.allOf) result['allOf'] = part.allOf.map((item) => print(item, hidden));
    // Validators pass over a property of the name `__proto__`, but not over a pattern that means it.
    const proto = part.properties?.get('__proto__');
    const patterns = [...(part.patternProperties ?? []), ...(proto ? [['^__proto__$', proto] as const] : [])];
    if (part.properties) result['properties'] = object([...part.properties].filter(([item]) => item !== '__proto__'), (item) => property(item));
    if (patterns.length > 0) result['patternProperties'] = object(patterns, (item) => property(item));
    if (part.required) result['required'] = part.required.filter((item) => !hidden.has(item));
    if (part.dependentRequired) result['dependentRequired'] = object(part.dependentRequired, (names) => names.filter((item) => !hidden.has(item)));
    if (part.dependentSchemas) result['dependentSchemas'] = object(part.dependentSchemas, (item) => print(item));
    for (const keyword of ['if', 'then', 'else'] as const) if (part[keyword]) result[keyword] = print(part[keyword]);
    if (selected && part.discriminator) result['allOf'] = [...((result['allOf'] as Json[] | undefined) ?? []), ...choices(part.discriminator.property, selected)];
    return result;
  };

  const property = (item: Schema): JsonObject => {
    if (isRefused(api, item, view.direction)) return view.refused(mark(view.direction));
    const printed = print(item);
    const inherited = item.ref === undefined || item.default || !view.defaults ? undefined : api.schemas.get(item.ref)?.schema.default;
    return inherited ? { ...printed, default: inherited[0] } : printed;
  };

  const choices = (tag: string, mapping: ReadonlyMap<string, string>): Json[] => {
    return [
      { type: 'object', required: [tag], properties: object([[tag, [...mapping.keys()]]], (values) => ({ enum: values })) },
      ...[...mapping].map(([value, target]): JsonObject => ({ if: { required: [tag], properties: object([[tag, value]], (only) => ({ const: only })) }, then: view.reference(target) })),
    ];
  };

  return print(schema);
};
