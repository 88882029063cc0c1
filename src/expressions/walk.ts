import type { JsonType, NamedSchema, Schema } from '../ir/index.js';

type Schemas = ReadonlyMap<string, NamedSchema>;

/** A schema with all that applies to the same value: over references and compositions, each once. */
export const facets = (schema: Schema, schemas: Schemas, seen = new Set<Schema>()): readonly Schema[] => {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const named = schema.ref === undefined ? undefined : schemas.get(schema.ref)?.schema;
  const parts = [...(named ? [named] : []), ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []),
    ...(schema.if ? [schema.if] : []), ...(schema.then ? [schema.then] : []), ...(schema.else ? [schema.else] : [])];
  return [schema, ...parts.flatMap((part) => facets(part, schemas, seen))];
};

/** The types a value may have, as far as its schema says; empty: any. */
export const typesOf = (schema: Schema, schemas: Schemas): readonly JsonType[] => [
  ...new Set(facets(schema, schemas).flatMap((facet) => [
    ...(facet.types ?? []),
    ...(facet.types === undefined && facet.properties ? ['object' as const] : []),
    ...(facet.types === undefined && facet.items ? ['array' as const] : []),
  ])),
];

/** Where a pointer leads: a schema, something that no schema describes but allows, or nowhere. */
export type Found =
  | { readonly kind: 'schema'; readonly schema: Schema; readonly optional: boolean }
  | { readonly kind: 'free' }
  | { readonly kind: 'nowhere'; readonly token: string; readonly known: readonly string[] };

const isIndex = (token: string): boolean => /^(0|[1-9][0-9]*)$/.test(token);

/** Follows a JSON Pointer through schemas. */
export const follow = (schema: Schema, pointer: readonly string[], schemas: Schemas): Found => {
  let here = schema;
  let optional = false;
  for (const token of pointer) {
    const all = facets(here, schemas);
    const property = all.flatMap((facet) => facet.properties?.get(token) ?? [])[0];
    const item = isIndex(token) ? all.flatMap((facet) => facet.prefixItems?.[Number(token)] ?? facet.items ?? [])[0] : undefined;
    const next = property ?? item ?? all.flatMap((facet) => patternOf(facet, token))[0]
      ?? all.flatMap((facet) => (facet.additionalProperties && facet.additionalProperties.not === undefined ? [facet.additionalProperties] : []))[0];
    if (!next) {
      const known = [...new Set(all.flatMap((facet) => [...(facet.properties?.keys() ?? [])]))].sort();
      const described = all.some((facet) => facet.properties !== undefined || facet.types !== undefined || facet.items !== undefined);
      const types = typesOf(here, schemas);
      const open = known.length === 0 && (types.length === 0 || types.includes('object')) && all.every((facet) => facet.additionalProperties?.not === undefined);
      return described && !open ? { kind: 'nowhere', token, known } : { kind: 'free' };
    }
    if (!(property && all.some((facet) => facet.required?.includes(token) === true))) optional = true;
    here = next;
  }
  return { kind: 'schema', schema: here, optional };
};

const patternOf = (facet: Schema, token: string): readonly Schema[] =>
  [...(facet.patternProperties ?? [])].flatMap(([pattern, schema]) => {
    try {
      return new RegExp(pattern, 'u').test(token) ? [schema] : [];
    } catch {
      return [];
    }
  });
