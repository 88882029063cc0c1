import { define, type Json, type JsonObject } from '../../../src/base/json.js';
import { compare } from '../../../src/base/order.js';
import { pascal } from '../../../src/base/text.js';
import type { Api, JsonType, Schema } from '../../../src/ir/index.js';

/**
 * Models of API Gateway: JSON Schema draft 4, and of that the keywords its validator is known to apply. Every step
 * only weakens: whatever the function's validator takes, the gateway's model takes too; what is lost here the
 * function enforces.
 */
export interface Models {
  /** Model name → its schema, with references to other models as `#/components/schemas/NAME`. */
  readonly schemas: ReadonlyMap<string, JsonObject>;
  /** Keywords that were left out somewhere. */
  readonly lost: ReadonlySet<string>;
  /** Key of `Api.schemas` → name of its model. */
  readonly nameOf: (schema: string) => string;
  /** The model of a request body: a reference for a named schema, else a model of its own. */
  readonly bodyModel: (operationId: string, schema: Schema) => string;
}

export const createModels = (api: Api): Models => {
  const names = new Map<string, string>();
  const taken = new Set<string>(['empty', 'error']);
  const claim = (wanted: string): string => {
    const base = wanted.replace(/[^A-Za-z0-9]/g, '') || 'Model';
    let name = base;
    for (let suffix = 2; taken.has(name.toLowerCase()); suffix++) name = `${base}${suffix}`;
    taken.add(name.toLowerCase());
    return name;
  };
  for (const [key, named] of [...api.schemas].sort(([a], [b]) => compare(a, b))) names.set(key, claim(named.typeName));
  const schemas = new Map<string, JsonObject>();
  const lost = new Set<string>();
  const started = new Set<string>();
  const nameOf = (key: string): string => names.get(key) ?? 'Empty';
  const use = (key: string): string => {
    const name = nameOf(key);
    const schema = api.schemas.get(key)?.schema;
    if (schema && !started.has(key)) {
      started.add(key);
      schemas.set(name, nonEmpty(draft4(schema, use, lost)));
    }
    return name;
  };
  return {
    schemas,
    lost,
    nameOf,
    bodyModel: (operationId, schema) => {
      if (schema.ref !== undefined) return use(schema.ref);
      const name = claim(`${pascal(operationId)}Body`);
      schemas.set(name, nonEmpty(draft4(schema, use, lost)));
      return name;
    },
  };
};

/** The service refuses a blank model. */
const nonEmpty = (schema: JsonObject): JsonObject => (Object.keys(schema).length === 0 ? { title: 'Any' } : schema);

type Use = (key: string) => string;

const draft4 = (schema: Schema, use: Use, lost: Set<string>): JsonObject => {
  if (schema.ref !== undefined) {
    for (const sibling of constraining) if (schema[sibling] !== undefined) lost.add(sibling);
    return { $ref: `#/components/schemas/${use(schema.ref)}` };
  }
  const sub = (child: Schema): JsonObject => draft4(child, use, lost);
  const result: Record<string, Json> = {};
  const put = (key: string, value: Json | undefined): void => {
    if (value !== undefined) result[key] = value;
  };
  put('type', types(schema.types));
  put('enum', plainEnum(schema, lost));
  for (const keyword of ['minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const) put(keyword, schema[keyword]);
  if (schema.uniqueItems === true) put('uniqueItems', true);
  if (schema.pattern !== undefined) {
    if (portablePattern.test(schema.pattern) && safeText(schema.pattern)) put('pattern', schema.pattern);
    else lost.add('pattern');
  }
  exclusive(schema, 'exclusiveMinimum', 'minimum', result, lost);
  exclusive(schema, 'exclusiveMaximum', 'maximum', result, lost);
  if (schema.items && !schema.prefixItems) put('items', sub(schema.items));
  if (schema.properties) put('properties', objectOf([...schema.properties].filter(([name]) => safeText(name)).map(([name, child]) => [name, sub(child)])));
  const required = requiredInRequests(schema);
  if (required.length > 0) put('required', required);
  const closed = schema.additionalProperties;
  if (closed && !schema.patternProperties && ![...(schema.properties?.keys() ?? [])].some((name) => !safeText(name))) put('additionalProperties', isFalse(closed) ? false : sub(closed));
  for (const keyword of ['allOf', 'anyOf'] as const) if (schema[keyword]?.length) put(keyword, schema[keyword].map(sub));
  if (schema.oneOf?.length) {
    // Weakened branches may overlap where the real ones do not: only "at least one" is sure.
    if (!schema.anyOf?.length) put('anyOf', schema.oneOf.map(sub));
    lost.add('oneOf');
  }
  for (const keyword of ['not', 'if', 'contains', 'prefixItems', 'patternProperties', 'propertyNames', 'dependentRequired', 'dependentSchemas', 'unevaluatedProperties', 'unevaluatedItems'] as const) {
    if (schema[keyword] !== undefined) lost.add(keyword);
  }
  return result;
};

const constraining = ['enum', 'const', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'items', 'properties', 'required', 'allOf', 'anyOf', 'oneOf', 'not'] as const;

const types = (given: readonly JsonType[] | undefined): Json | undefined => (given === undefined || given.length === 0 ? undefined : given.length === 1 ? (given[0] as string) : [...given]);

const plainEnum = (schema: Schema, lost: Set<string>): Json | undefined => {
  const values = schema.const ?? schema.enum;
  if (!values) return undefined;
  if (values.length > 0 && values.every((value) => safeText(JSON.stringify(value)))) return [...values];
  lost.add('enum');
  return undefined;
};

const exclusive = (schema: Schema, keyword: 'exclusiveMinimum' | 'exclusiveMaximum', bound: 'minimum' | 'maximum', result: Record<string, Json>, lost: Set<string>): void => {
  const value = schema[keyword];
  if (value === undefined) return;
  // The importer drops draft 4's boolean form, so the bound alone is what is left: weaker, never stronger.
  if (!(bound in result)) result[bound] = value;
  lost.add(keyword);
};

/** A read-only property is required of answers alone. */
const requiredInRequests = (schema: Schema): string[] => (schema.required ?? []).filter((name) => schema.properties?.get(name)?.readOnly !== true && safeText(name));

const isFalse = (schema: Schema): boolean => schema.not !== undefined && Object.keys(schema.not).every((key) => key === 'origin') && schema.types === undefined;

/** Patterns that mean the same in ECMAScript and in Java: no look-behind, no class set notation, no `\p`, `\c`, `\u`, `\k`. */
const portablePattern = /^(?:[^\\[(]|\\[dDwWsSbB.*+?^$()[\]{}|\\/\-nrt]|\[(?:[^\\[\]&]|\\[dDwWsS.*+?^$()[\]{}|\\/\-nrt])+\]|\((?:\?:|\?=|\?!)?)*$/;

/** CloudFormation resolves `{{resolve:…}}` wherever it stands. */
export const safeText = (text: string): boolean => !text.includes('{{resolve:');

const objectOf = (entries: readonly (readonly [string, Json])[]): JsonObject => {
  const object: Record<string, Json> = {};
  for (const [key, value] of entries) define(object, key, value);
  return object;
};
