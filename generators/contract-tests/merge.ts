import type { Json } from '../../src/base/json.js';
import type { Origin } from '../../src/base/origin.js';
import type { Api, JsonType, Schema } from '../../src/ir/index.js';
import { isFalse, isRefused } from '../../src/ir/views.js';

/** Keywords that bound a value, each with what is the tighter of two. */
const tighter = {
  minLength: Math.max, maxLength: Math.min, minimum: Math.max, maximum: Math.min, exclusiveMinimum: Math.max, exclusiveMaximum: Math.min, multipleOf: Math.max,
  minItems: Math.max, maxItems: Math.min, minProperties: Math.max, maxProperties: Math.min,
} as const;
export type Bound = keyof typeof tighter;
const bounds = Object.keys(tighter) as Bound[];

/** All that applies to one value, of a schema and of what it includes, each with the place that says so. */
export interface Merged {
  readonly origin: Origin;
  readonly types?: { readonly value: readonly JsonType[]; readonly origin: Origin };
  readonly options?: { readonly value: readonly Json[]; readonly origin: Origin };
  readonly bounds: ReadonlyMap<Bound, { readonly value: number; readonly origin: Origin }>;
  readonly pattern?: { readonly value: string; readonly origin: Origin };
  readonly format?: { readonly value: string; readonly origin: Origin };
  readonly unique?: Origin;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  /** Those that may travel in a request. */
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: ReadonlyMap<string, Origin>;
  /** Others are not allowed. */
  readonly closed?: Origin;
  readonly examples: readonly Json[];
  /** What is wrong at one place within it makes the whole wrong, and what is right there leaves it right: all of it holds at once, place by place. */
  readonly simple: boolean;
}

/** Keywords by which one place says something of another. */
const involved = [
  'not', 'if', 'dependentRequired', 'dependentSchemas', 'propertyNames', 'contains', 'unevaluatedItems', 'unevaluatedProperties', 'patternProperties', 'minProperties', 'maxProperties', 'uniqueItems', 'enum', 'const',
] as const satisfies readonly (keyof Schema)[];

type Building = { -readonly [Key in keyof Merged]: Merged[Key] } & { bounds: Map<Bound, { value: number; origin: Origin }>; properties: Map<string, Schema>; required: Map<string, Origin>; examples: Json[] };

/** `choice`: which of several alternatives is meant, wherever there are some. */
export const merge = (api: Pick<Api, 'schemas'>, schema: Schema, choice = 0): Merged => {
  const known = memory.get(schema)?.[choice];
  if (known) return known;
  const merged: Building = { origin: schema.origin, bounds: new Map(), properties: new Map(), required: new Map(), examples: [], simple: true };
  add(api, merged, schema, choice, new Set());
  // Most say little, and there is one of these for each schema of a document.
  if (merged.bounds.size === 0) merged.bounds = nothing.bounds;
  if (merged.properties.size === 0) merged.properties = nothing.properties;
  if (merged.required.size === 0) merged.required = nothing.required;
  const all = memory.get(schema) ?? [];
  all[choice] = merged;
  memory.set(schema, all);
  return merged;
};

/** Alternatives of a schema that are looked into, by their index. */
export const alternatives: readonly number[] = [0, 1, 2, 3];

const nothing: Pick<Building, 'bounds' | 'properties' | 'required'> = { bounds: new Map(), properties: new Map(), required: new Map() };

/** What was merged before: a schema belongs to one API. */
const memory = new WeakMap<Schema, Merged[]>();

const add = (api: Pick<Api, 'schemas'>, merged: Building, schema: Schema, choice: number, seen: ReadonlySet<string>): void => {
  const { origin } = schema;
  if (schema.types) merged.types = { value: merged.types ? intersect(merged.types.value, schema.types) : schema.types, origin };
  if (involved.some((keyword) => schema[keyword] !== undefined)) merged.simple = false;
  const options = schema.const ? [schema.const[0]] : schema.enum;
  if (options) merged.options = { value: options, origin };
  for (const keyword of bounds) {
    const own = schema[keyword];
    if (own === undefined) continue;
    const before = merged.bounds.get(keyword);
    if (!before || tighter[keyword](before.value, own) !== before.value) merged.bounds.set(keyword, { value: own, origin });
  }
  if (schema.pattern !== undefined) merged.pattern = { value: schema.pattern, origin };
  if (schema.format !== undefined) merged.format = { value: schema.format, origin };
  if (schema.uniqueItems === true) merged.unique = origin;
  if (schema.items) merged.items = schema.items;
  if (schema.prefixItems) merged.prefixItems = schema.prefixItems;
  if (schema.additionalProperties && isFalse(schema.additionalProperties)) merged.closed = origin;
  if (schema.unevaluatedProperties && isFalse(schema.unevaluatedProperties)) merged.closed = origin;
  for (const [name, property] of schema.properties ?? []) {
    if (isRefused(api, property, 'request')) continue;
    const before = merged.properties.get(name);
    merged.properties.set(name, before ? { origin: property.origin, allOf: [before, property] } : property);
  }
  for (const name of schema.required ?? []) if (!merged.required.has(name)) merged.required.set(name, origin);
  if (schema.default) merged.examples.push(schema.default[0]);
  merged.examples.unshift(...(schema.examples ?? []));
  if (schema.ref !== undefined && !seen.has(schema.ref)) {
    const target = api.schemas.get(schema.ref)?.schema;
    if (target) add(api, merged, target, choice, new Set([...seen, schema.ref]));
  }
  for (const part of schema.allOf ?? []) add(api, merged, part, choice, seen);
  for (const members of [schema.oneOf, schema.anyOf]) {
    if (!members || members.length === 0) continue;
    const member = members[choice % members.length];
    merged.simple = false;
    if (!member) continue;
    add(api, merged, member, choice, seen);
    const { discriminator } = schema;
    const value = discriminator && [...discriminator.mapping].find(([, target]) => target === member.ref)?.[0];
    if (discriminator && value !== undefined) merged.properties.set(discriminator.property, { origin, types: ['string'], const: [value] });
  }
};

const intersect = (a: readonly JsonType[], b: readonly JsonType[]): readonly JsonType[] => {
  const both = a.filter((type) => b.includes(type) || (type === 'integer' && b.includes('number')));
  return both.length > 0 ? both : b.filter((type) => type === 'integer' && a.includes('number'));
};
