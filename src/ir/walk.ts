import type { Api } from './api.js';
import type { Schema } from './schema.js';

/**
 * How a schema within another one applies: to the same value always (`all`), to the same value perhaps (`some`), or to a
 * value inside of it (`inside`).
 */
export type Relation = 'all' | 'some' | 'inside';
export interface Child { readonly schema: Schema; readonly relation: Relation }

/** The schemas that stand in a schema, without what it refers to. */
export const children = (schema: Schema): readonly Child[] => {
  const found: Child[] = [];
  const one = (inner: Schema | undefined, relation: Relation): void => {
    if (inner) found.push({ schema: inner, relation });
  };
  const each = (inner: Iterable<Schema> | undefined, relation: Relation): void => {
    if (inner) for (const next of inner) found.push({ schema: next, relation });
  };
  each(schema.properties?.values(), 'inside');
  each(schema.patternProperties?.values(), 'inside');
  for (const keyword of ['additionalProperties', 'unevaluatedProperties', 'propertyNames', 'items'] as const) one(schema[keyword], 'inside');
  each(schema.prefixItems, 'inside');
  for (const keyword of ['contains', 'unevaluatedItems'] as const) one(schema[keyword], 'inside');
  each(schema.allOf, 'all');
  each(schema.anyOf, 'some');
  each(schema.oneOf, 'some');
  one(schema.not, 'some');
  each(schema.dependentSchemas?.values(), 'some');
  for (const keyword of ['if', 'then', 'else'] as const) one(schema[keyword], 'some');
  return found;
};

/** A schema, and all that stand in it: each before what stands in it, in the order of `children`. */
export const within = function* (schema: Schema): Generator<Schema> {
  const open = [schema];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    open.push(...children(next).map((child) => child.schema).reverse());
  }
};

/** The names that a schema, or one within it, refers to. */
export const references = (schema: Schema): Set<string> =>
  new Set([...within(schema)].flatMap(({ ref, discriminator }) => [...(ref === undefined ? [] : [ref]), ...(discriminator ? discriminator.mapping.values() : [])]));

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
