import { isObject, typeName, type Json } from '../../base/json.js';
import { at, type Origin } from '../../base/origin.js';
import { canonical } from '../../base/order.js';
import type { Api, Discriminator, JsonType, Schema } from '../../ir/index.js';
import { isFalse } from '../../ir/views.js';

type Schemas = Pick<Api, 'schemas'>;

/** Schemas that all apply to one value; none: anything goes. */
export type Conjunction = readonly Schema[];

/** A bound of a number: the value itself may be shut out. */
export interface Bound { readonly value: number; readonly exclusive: boolean }

export const lowerBounds = ['minLength', 'minItems', 'minProperties', 'minContains'] as const;
export const upperBounds = ['maxLength', 'maxItems', 'maxProperties', 'maxContains'] as const;
type Count = (typeof lowerBounds)[number] | (typeof upperBounds)[number];

/**
 * What a conjunction says, however it was written: references followed, `allOf` taken apart, a choice of one form taken
 * for that form, and null apart from the other types.
 */
export interface Facts {
  readonly origin: Origin;
  /** Without null; a number may be an integer. Absent: any. */
  readonly types?: ReadonlySet<JsonType>;
  readonly nullable: boolean;
  /** The values it may have but null, by their text. */
  readonly values?: ReadonlyMap<string, Json>;
  readonly counts: ReadonlyMap<Count, number>;
  readonly lower?: Bound;
  readonly upper?: Bound;
  readonly multipleOf?: number;
  readonly unique: boolean;
  readonly patterns: ReadonlySet<string>;
  readonly formats: ReadonlySet<string>;
  readonly items: Conjunction;
  readonly prefix: readonly Conjunction[];
  readonly properties: ReadonlyMap<string, Conjunction>;
  readonly patternProperties: ReadonlyMap<string, Conjunction>;
  readonly additional: Conjunction;
  readonly closed: boolean;
  readonly required: ReadonlySet<string>;
  readonly unions: readonly (readonly Schema[])[];
  /** Keyword (and key) → a schema that must hold in some way, or the text of what must. */
  readonly conditions: ReadonlyMap<string, Schema | string>;
  readonly discriminator?: Discriminator;
  readonly default?: string;
  readonly deprecated: boolean;
  /** Where a keyword stands. */
  readonly where: (keyword: string) => Origin;
}

export const textOf = (value: Json): string => JSON.stringify(canonical(value));

const isNull = ({ schemas }: Schemas, schema: Schema): boolean => {
  const target = schema.ref === undefined ? schema : schemas.get(schema.ref)?.schema ?? schema;
  return (target.types?.length === 1 && target.types[0] === 'null') || (target.const !== undefined && target.const[0] === null) || (target.enum?.length === 1 && target.enum[0] === null);
};

const allowsNull = (api: Schemas, schema: Schema, seen: ReadonlySet<Schema> = new Set()): boolean => {
  if (seen.has(schema)) return true;
  const inner = new Set([...seen, schema]);
  const values = schema.const ?? schema.enum;
  const target = schema.ref === undefined ? undefined : api.schemas.get(schema.ref)?.schema;
  return (schema.types?.includes('null') ?? true) && (values?.includes(null) ?? true) && (!target || allowsNull(api, target, inner))
    && (schema.allOf ?? []).every((part) => allowsNull(api, part, inner))
    && [schema.anyOf, schema.oneOf].every((members) => !members || members.some((member) => allowsNull(api, member, inner)));
};

/** All that applies to the same value for certain, each schema once, and the choices among several forms that remain. */
const partsOf = ({ schemas }: Schemas, conjunction: Conjunction): { readonly parts: readonly Schema[]; readonly unions: readonly (readonly Schema[])[] } => {
  const parts = new Set<Schema>();
  const unions: (readonly Schema[])[] = [];
  const visit = (schema: Schema): void => {
    if (parts.has(schema)) return;
    parts.add(schema);
    const target = schema.ref === undefined ? undefined : schemas.get(schema.ref)?.schema;
    if (target) visit(target);
    schema.allOf?.forEach(visit);
    for (const members of [schema.anyOf, schema.oneOf]) {
      const forms = members?.filter((member) => !isNull({ schemas }, member)) ?? [];
      if (forms.length === 1 && forms[0]) visit(forms[0]);
      else if (forms.length > 1) unions.push(forms);
    }
  };
  conjunction.forEach(visit);
  return { parts: [...parts], unions };
};

const single = ['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedItems'] as const;
const jsonTypes: Readonly<Record<string, JsonType>> = { 'an object': 'object', 'a list': 'array', 'a string': 'string', 'a number': 'number', 'a boolean': 'boolean' };

const typesOf = ({ types, const: one, enum: several }: Schema): ReadonlySet<JsonType> | undefined => {
  const values = one ?? several;
  const all = types ?? values?.flatMap((value) => (value === null ? [] : Number.isInteger(value) ? ['integer' as const] : [jsonTypes[typeName(value)] ?? 'string']));
  return all && new Set(all.flatMap((type): JsonType[] => (type === 'null' ? [] : type === 'number' ? ['integer', 'number'] : [type])));
};

const formatsOf = ({ format, contentEncoding, contentMediaType }: Schema): readonly string[] =>
  [format === 'binary' ? undefined : format, contentEncoding, contentMediaType === 'application/octet-stream' ? undefined : contentMediaType].filter((each) => each !== undefined);

const conditionsOf = (schema: Schema): readonly (readonly [string, Schema | string])[] => [
  ...single.flatMap((keyword) => (schema[keyword] ? [[keyword, schema[keyword]] as const] : [])),
  ...(schema.unevaluatedProperties && !isFalse(schema.unevaluatedProperties) ? [['unevaluatedProperties', schema.unevaluatedProperties] as const] : []),
  ...[...(schema.dependentSchemas ?? [])].map(([name, inner]) => [`dependentSchemas/${name}`, inner] as const),
  ...[...(schema.dependentRequired ?? [])].map(([name, names]) => [`dependentRequired/${name}`, [...names].sort().join(' ')] as const),
];

const together = <T>(sets: readonly (ReadonlySet<T> | undefined)[]): ReadonlySet<T> | undefined =>
  sets.reduce((one, other) => (one && other ? new Set([...one].filter((item) => other.has(item))) : one ?? other), undefined);

const grouped = <T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const [name, item] of entries) groups.set(name, [...(groups.get(name) ?? []), item]);
  return groups;
};

const tightest = (bounds: readonly (Bound | undefined)[], tighter: (one: number, other: number) => boolean): Bound | undefined =>
  bounds.reduce((one, other) => (!one || (other && (tighter(other.value, one.value) || (other.value === one.value && other.exclusive))) ? other ?? one : one), undefined);
const bound = (value: number | undefined, exclusive: boolean): Bound | undefined => (value === undefined ? undefined : { value, exclusive });

/** `nobody` is the place of a conjunction of nothing. */
export const factsOf = (api: Schemas, conjunction: Conjunction, nobody: Origin): Facts => {
  const { parts, unions } = partsOf(api, conjunction);
  const origin = conjunction[0]?.origin ?? nobody;
  const types = together(parts.map(typesOf));
  const texts = together(parts.map(({ const: one, enum: several }) => (one ?? several) && new Set((one ?? several ?? []).filter((value) => value !== null).map(textOf))));
  const counts = new Map<Count, number>();
  for (const [names, pick, neutral] of [[lowerBounds, Math.max, 0], [upperBounds, Math.min, Infinity]] as const) {
    for (const name of names) {
      const value = parts.reduce((tight, part) => pick(tight, part[name] ?? neutral), neutral as number);
      if (value !== neutral) counts.set(name, value);
    }
  }
  const lower = tightest(parts.flatMap((part) => [bound(part.minimum, false), bound(part.exclusiveMinimum, true)]), (one, other) => one > other);
  const upper = tightest(parts.flatMap((part) => [bound(part.maximum, false), bound(part.exclusiveMaximum, true)]), (one, other) => one < other);
  const multiples = parts.flatMap(({ multipleOf }) => multipleOf ?? []);
  const prefixed = Math.max(0, ...parts.map(({ prefixItems }) => prefixItems?.length ?? 0));
  const standard = parts.find((part) => part.default)?.default;
  const discriminator = parts.find((part) => part.discriminator)?.discriminator;
  return {
    origin,
    ...(types ? { types } : {}),
    nullable: conjunction.every((schema) => allowsNull(api, schema)),
    ...(texts ? { values: new Map([...texts].map((text) => [text, JSON.parse(text) as Json])) } : {}),
    counts,
    ...(lower ? { lower } : {}),
    ...(upper ? { upper } : {}),
    ...(multiples.length === 0 ? {} : { multipleOf: multiples.reduce((one, other) => (one % other === 0 ? one : one * other)) }),
    unique: parts.some(({ uniqueItems }) => uniqueItems === true),
    patterns: new Set(parts.flatMap(({ pattern }) => pattern ?? [])),
    formats: new Set(parts.flatMap(formatsOf)),
    items: parts.flatMap(({ items }) => items ?? []),
    prefix: Array.from({ length: prefixed }, (_, index) => parts.flatMap(({ prefixItems, items }) => prefixItems?.[index] ?? items ?? [])),
    properties: grouped(parts.flatMap(({ properties }) => [...(properties ?? [])])),
    patternProperties: grouped(parts.flatMap(({ patternProperties }) => [...(patternProperties ?? [])])),
    additional: parts.flatMap(({ additionalProperties }) => (additionalProperties && !isFalse(additionalProperties) && Object.keys(additionalProperties).length > 1 ? [additionalProperties] : [])),
    closed: parts.some(({ additionalProperties, unevaluatedProperties }) => [additionalProperties, unevaluatedProperties].some((each) => each !== undefined && isFalse(each))),
    required: new Set(parts.flatMap(({ required }) => required ?? [])),
    unions,
    conditions: new Map(parts.flatMap(conditionsOf)),
    ...(discriminator ? { discriminator } : {}),
    ...(standard ? { default: textOf(standard[0]) } : {}),
    deprecated: parts.some(({ deprecated }) => deprecated === true),
    where: (keyword) => {
      const holder = parts.find((part) => isObject(part) && Object.hasOwn(part, keyword));
      return holder ? at(holder.origin, keyword) : origin;
    },
  };
};
