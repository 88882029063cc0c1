import type { Api } from './api.js';
import type { Schema } from './schema.js';

/**
 * How a schema within another one applies: to the same value always (`all`), to the same value perhaps (`some`), or to a
 * value inside of it (`inside`).
 */
export type Relation = 'all' | 'some' | 'inside';
export interface Child { readonly schema: Schema; readonly relation: Relation }

const each = (schemas: Iterable<Schema> | undefined, relation: Relation): Child[] => [...(schemas ?? [])].map((schema) => ({ schema, relation }));
const one = (schema: Schema | undefined, relation: Relation): Child[] => (schema ? [{ schema, relation }] : []);

/** The schemas that stand in a schema, without what it refers to. */
export const children = (schema: Schema): readonly Child[] => [
  ...each(schema.properties?.values(), 'inside'), ...each(schema.patternProperties?.values(), 'inside'), ...one(schema.additionalProperties, 'inside'),
  ...one(schema.unevaluatedProperties, 'inside'), ...one(schema.propertyNames, 'inside'),
  ...one(schema.items, 'inside'), ...each(schema.prefixItems, 'inside'), ...one(schema.contains, 'inside'), ...one(schema.unevaluatedItems, 'inside'),
  ...each(schema.allOf, 'all'), ...each(schema.anyOf, 'some'), ...each(schema.oneOf, 'some'), ...one(schema.not, 'some'),
  ...each(schema.dependentSchemas?.values(), 'some'), ...one(schema.if, 'some'), ...one(schema.then, 'some'), ...one(schema.else, 'some'),
];

/** A schema, and all that stand in it. */
export const within = function* (schema: Schema): Generator<Schema> {
  yield schema;
  for (const child of children(schema)) yield* within(child.schema);
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
