import type { Json } from '../base/json.js';
import { canonical, compare } from '../base/order.js';
import { nearest } from '../base/text.js';
import type { Cursor } from '../document/cursor.js';
import type { JsonType, Schema } from '../ir/index.js';
import { checkPattern } from './pattern.js';
import * as faults from './schema-diagnostics.js';

/** A schema while it is put together. */
export type SchemaDraft = { -readonly [K in keyof Schema]: Schema[K] };

/** What a keyword's reader may ask: the dialect, and that a schema within be lowered. */
export interface KeywordContext {
  readonly dialect: '3.0' | '3.1';
  readonly schema: (place: Cursor) => Schema;
  /** A reference to a schema, which becomes one of the named ones. */
  readonly named: (place: Cursor) => Schema;
}

/** Reads one keyword, given the place of its value, into the draft. */
export type KeywordReader = (place: Cursor, draft: SchemaDraft, context: KeywordContext) => void;

type FieldsOf<T> = { [K in keyof Schema]-?: NonNullable<Schema[K]> extends T ? (T extends NonNullable<Schema[K]> ? K : never) : never }[keyof Schema];

const put = <K extends keyof Schema>(draft: SchemaDraft, field: K, value: Schema[K] | undefined): void => {
  if (value !== undefined) draft[field] = value as SchemaDraft[K];
};

const prose = (field: 'title' | 'description' | 'format' | 'contentEncoding' | 'contentMediaType'): KeywordReader =>
  (place, draft) => put(draft, field, place.prose(`the schema's \`${field}\``));
const flag = (field: FieldsOf<boolean>): KeywordReader => (place, draft) => put(draft, field, place.boolean(`\`${field}\``));
const bound = (field: FieldsOf<number>): KeywordReader => (place, draft) => put(draft, field, place.number(`\`${field}\``));

/** A number of characters, items or properties. */
const size = (field: FieldsOf<number>): KeywordReader => (place, draft) => {
  const value = place.number(`\`${field}\``);
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && value >= 0) draft[field] = value;
  else place.report(faults.invalidKeyword({ keyword: field, wanted: 'a whole number, 0 or more' }, place.origin));
};

/** The strict bounds: a number since 3.1, a flag beside the plain bound in 3.0. */
const exclusive = (field: 'exclusiveMinimum' | 'exclusiveMaximum', plain: 'minimum' | 'maximum'): KeywordReader => (place, draft, { dialect }) => {
  if (dialect === '3.1' && typeof place.value !== 'boolean') return put(draft, field, place.number(`\`${field}\``));
  if (dialect === '3.1') place.report(faults.olderNotation({ written: `${field}: ${String(place.value)}`, meant: place.value === true && draft[plain] !== undefined ? `${field}: ${draft[plain]}` : 'nothing' }, place.origin));
  if (place.boolean(`\`${field}\``) !== true) return;
  put(draft, field, draft[plain]);
  delete draft[plain];
};

const one = (field: 'items' | 'contains' | 'unevaluatedItems' | 'additionalProperties' | 'unevaluatedProperties' | 'propertyNames' | 'not' | 'if' | 'then' | 'else'): KeywordReader =>
  (place, draft, { schema }) => { draft[field] = schema(place); };

const many = (field: 'allOf' | 'anyOf' | 'oneOf' | 'prefixItems'): KeywordReader => (place, draft, { schema }) => {
  const members = place.items(`\`${field}\``).map(schema);
  if (members.length > 0) draft[field] = members;
  else if (Array.isArray(place.value)) place.report(faults.invalidKeyword({ keyword: field, wanted: 'a list of at least one schema' }, place.origin));
};

const byName = (field: 'properties' | 'patternProperties' | 'dependentSchemas'): KeywordReader => (place, draft, { schema, named }) => {
  // A text under `$ref` is no schema: authors who split their documents mean the whole map, and bundlers follow it. It may stand within itself.
  const entries = place.follow()?.entries(`\`${field}\``) ?? [];
  const read = place.reference === undefined ? schema : named;
  if (field === 'patternProperties') for (const [pattern, at] of entries) checkPattern(pattern, at);
  if (entries.length > 0) draft[field] = new Map(entries.map(([name, at]) => [name, read(at)]));
};

const strings = (place: Cursor, keyword: string): string[] =>
  [...new Set(place.items(`\`${keyword}\``).flatMap((item) => item.string(`each name in \`${keyword}\``) ?? []))].sort(compare);

const types = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const satisfies readonly JsonType[];

const readType: KeywordReader = (place, draft, { dialect }) => {
  const listed = dialect === '3.1' && Array.isArray(place.value) ? place.items('`type`') : [place];
  const found = listed.flatMap((item): JsonType[] => {
    const type = item.string('`type`');
    if (type === undefined) return [];
    const known = types.find((candidate) => candidate === type && (candidate !== 'null' || dialect === '3.1'));
    if (!known) item.report(faults.unknownType({ type, dialect, near: nearest(type, types) }, item.origin));
    return known ? [known] : [];
  });
  if (found.length > 0) draft.types = types.filter((type) => found.includes(type));
};

const readEnum: KeywordReader = (place, draft) => {
  const values = place.items('`enum`').map((item) => canonical(item.value));
  if (!Array.isArray(place.value)) return;
  draft.enum = values;
  if (values.length === 0) place.report(faults.emptyEnum({}, place.origin));
};

const readExamples: KeywordReader = (place, draft) => {
  if (Array.isArray(place.value)) draft.examples = [...(draft.examples ?? []), ...(place.value as readonly Json[]).map((item: Json) => canonical(item))];
};

const readMultipleOf: KeywordReader = (place, draft) => {
  const value = place.number('`multipleOf`');
  if (value !== undefined && !(value > 0)) place.report(faults.invalidKeyword({ keyword: 'multipleOf', wanted: 'a number above 0' }, place.origin));
  else put(draft, 'multipleOf', value);
};

const readDependentRequired: KeywordReader = (place, draft) => {
  const entries = place.entries('`dependentRequired`').map(([name, at]) => [name, strings(at, 'dependentRequired')] as const);
  if (entries.length > 0) draft.dependentRequired = new Map(entries);
};

const readPattern: KeywordReader = (place, draft) => {
  const pattern = place.string('`pattern`');
  if (pattern !== undefined && checkPattern(pattern, place)) draft.pattern = pattern;
};

const nothing: KeywordReader = () => undefined;

/**
 * Every keyword, with its reader, in the order in which they are read: plain bounds before the strict ones.
 * `since31`: JSON Schema keywords that OpenAPI 3.0 does not have.
 */
export const keywords: ReadonlyMap<string, { readonly read: KeywordReader; readonly since31?: true; readonly unsupported?: true }> = new Map(Object.entries({
  type: { read: readType },
  title: { read: prose('title') },
  description: { read: prose('description') },
  format: { read: prose('format') },
  enum: { read: readEnum },
  const: { read: (place, draft) => { draft.const = [canonical(place.value)]; }, since31: true },
  default: { read: (place, draft) => { draft.default = [canonical(place.value)]; } },
  example: { read: (place, draft) => { draft.examples = [canonical(place.value)]; } },
  examples: { read: readExamples, since31: true },
  deprecated: { read: flag('deprecated') },
  readOnly: { read: flag('readOnly') },
  writeOnly: { read: flag('writeOnly') },
  minLength: { read: size('minLength') },
  maxLength: { read: size('maxLength') },
  pattern: { read: readPattern },
  contentEncoding: { read: prose('contentEncoding'), since31: true },
  contentMediaType: { read: prose('contentMediaType'), since31: true },
  minimum: { read: bound('minimum') },
  maximum: { read: bound('maximum') },
  exclusiveMinimum: { read: exclusive('exclusiveMinimum', 'minimum') },
  exclusiveMaximum: { read: exclusive('exclusiveMaximum', 'maximum') },
  multipleOf: { read: readMultipleOf },
  items: { read: one('items') },
  prefixItems: { read: many('prefixItems'), since31: true },
  contains: { read: one('contains'), since31: true },
  minContains: { read: size('minContains'), since31: true },
  maxContains: { read: size('maxContains'), since31: true },
  minItems: { read: size('minItems') },
  maxItems: { read: size('maxItems') },
  uniqueItems: { read: flag('uniqueItems') },
  unevaluatedItems: { read: one('unevaluatedItems'), since31: true },
  properties: { read: byName('properties') },
  patternProperties: { read: byName('patternProperties'), since31: true },
  additionalProperties: { read: one('additionalProperties') },
  unevaluatedProperties: { read: one('unevaluatedProperties'), since31: true },
  propertyNames: { read: one('propertyNames'), since31: true },
  required: { read: (place, draft) => { const names = strings(place, 'required'); if (names.length > 0) draft.required = names; } },
  minProperties: { read: size('minProperties') },
  maxProperties: { read: size('maxProperties') },
  dependentRequired: { read: readDependentRequired, since31: true },
  dependentSchemas: { read: byName('dependentSchemas'), since31: true },
  allOf: { read: many('allOf') },
  anyOf: { read: many('anyOf') },
  oneOf: { read: many('oneOf') },
  not: { read: one('not') },
  if: { read: one('if'), since31: true },
  then: { read: one('then'), since31: true },
  else: { read: one('else'), since31: true },
  $id: { read: nothing, since31: true, unsupported: true },
  $dynamicRef: { read: nothing, since31: true, unsupported: true },
  $recursiveRef: { read: nothing, since31: true, unsupported: true },
  contentSchema: { read: nothing, since31: true, unsupported: true },
  $ref: { read: nothing },
  nullable: { read: nothing },
  discriminator: { read: nothing },
  xml: { read: nothing },
  externalDocs: { read: nothing },
  $defs: { read: nothing },
  definitions: { read: nothing },
  $anchor: { read: nothing },
  $dynamicAnchor: { read: nothing },
  $recursiveAnchor: { read: nothing },
  $schema: { read: nothing },
  $vocabulary: { read: nothing },
  $comment: { read: nothing },
} satisfies Record<string, { read: KeywordReader; since31?: true; unsupported?: true }>));
