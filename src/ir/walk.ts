import type { Api } from './api.js';
import type { Schema } from './schema.js';

/**
 * How a schema within another one applies: to the same value always (`all`), to the same value perhaps (`some`), or to a
 * value inside of it (`inside`).
 */
export type Relation = 'all' | 'some' | 'inside';
export interface Child { readonly schema: Schema; readonly relation: Relation }

const one = (found: Child[], schema: Schema | undefined, relation: Relation): void => {
  if (schema) found.push({ schema, relation });
};
const each = (found: Child[], schemas: Iterable<Schema> | undefined, relation: Relation): void => {
  if (schemas) for (const schema of schemas) found.push({ schema, relation });
};

/** The schemas that stand in a schema, without what it refers to. */
export const children = (schema: Schema): readonly Child[] => {
  const found: Child[] = [];
  each(found, schema.properties?.values(), 'inside');
  each(found, schema.patternProperties?.values(), 'inside');
  for (const keyword of ['additionalProperties', 'unevaluatedProperties', 'propertyNames', 'items'] as const) one(found, schema[keyword], 'inside');
  each(found, schema.prefixItems, 'inside');
  for (const keyword of ['contains', 'unevaluatedItems'] as const) one(found, schema[keyword], 'inside');
  each(found, schema.allOf, 'all');
  each(found, schema.anyOf, 'some');
  each(found, schema.oneOf, 'some');
  one(found, schema.not, 'some');
  each(found, schema.dependentSchemas?.values(), 'some');
  for (const keyword of ['if', 'then', 'else'] as const) one(found, schema[keyword], 'some');
  return found;
};

/** A schema, and all that stand in it: each before what stands in it, in the order of `children`. */
export const within = (schema: Schema): readonly Schema[] => {
  const found: Schema[] = [];
  const open = [schema];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    const inner = children(next);
    for (let index = inner.length - 1; index >= 0; index--) open.push((inner[index] as Child).schema);
  }
  return found;
};

/** The names that a schema, or one within it, refers to. */
export const references = (schema: Schema): Set<string> => {
  const names = new Set<string>();
  for (const { ref, discriminator } of within(schema)) {
    if (ref !== undefined) names.add(ref);
    if (discriminator) for (const name of discriminator.mapping.values()) names.add(name);
  }
  return names;
};

/** The names that can be reached from schemas over references, with those of the schemas themselves. */
export const reachable = (api: Pick<Api, 'schemas'>, from: Iterable<Schema>): Set<string> => {
  const found = new Set<string>();
  const open = [...from];
  for (let schema = open.pop(); schema; schema = open.pop()) {
    for (const name of references(schema)) {
      const target = api.schemas.get(name);
      if (found.has(name) || !target) continue;
      found.add(name);
      open.push(target.schema);
    }
  }
  return found;
};

/** Follows the references of a schema that has nothing but a reference; the end of the chain. */
export const resolve = (api: Pick<Api, 'schemas'>, schema: Schema): Schema => {
  const seen = new Set<string>();
  let place = schema;
  while (place.ref !== undefined && !seen.has(place.ref)) {
    seen.add(place.ref);
    const target = api.schemas.get(place.ref)?.schema;
    if (!target) break;
    place = target;
  }
  return place;
};

/** A schema and all that it includes by `allOf`, over references: whatever each of them says holds of the same value. */
export const included = (api: Pick<Api, 'schemas'>, schema: Schema, outer: readonly Schema[] = []): readonly Schema[] => {
  const target = resolve(api, schema);
  return outer.includes(target) ? [] : [target, ...(target.allOf ?? []).flatMap((each) => included(api, each, [...outer, target]))];
};
