import type { Json } from '../base/json.js';
import type { Shape } from '../runtime/contract.js';
import type { Api } from './api.js';
import type { JsonType, Schema } from './schema.js';
import { isFalse } from './views.js';

type Schemas = Pick<Api, 'schemas'>;

/** The specific before the general: what text can be is tried in this order. */
const order: readonly JsonType[] = ['null', 'boolean', 'integer', 'number', 'array', 'object', 'string'];

const typeOf = (value: Json): JsonType =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : (typeof value as 'string' | 'boolean' | 'object');

const rank = (shape: Shape): number => (shape === 'any' ? order.length : order.indexOf(typeof shape === 'string' ? shape : 'array' in shape ? 'array' : 'object'));

/** One shape of several; an empty text or `null` stays text where text is allowed. */
const union = (shapes: readonly Shape[]): Shape => {
  const flat = shapes.flatMap((shape) => (typeof shape === 'object' && 'union' in shape ? shape.union : [shape]));
  const unique = [...new Map(flat.map((shape) => [JSON.stringify(shape), shape] as const)).values()].sort((a, b) => rank(a) - rank(b));
  const hasText = unique.includes('string');
  const kept = unique.filter((shape) => !(shape === 'null' && hasText) && !(shape === 'any' && unique.length > 1) && !(shape === 'integer' && unique.includes('number')));
  const [only] = kept;
  return only !== undefined && kept.length === 1 ? only : { union: kept };
};

const merge = (a: Shape, b: Shape): Shape => {
  if (a === 'any') return b;
  if (typeof a === 'object' && typeof b === 'object' && 'object' in a && 'object' in b) {
    const names = new Map([...a.object, ...b.object]);
    const rest = a.rest ?? b.rest;
    return { object: [...names], ...(rest === undefined ? {} : { rest }) };
  }
  return a;
};

/** What text becomes under a schema. */
export const shapeOf = (api: Schemas, schema: Schema, seen: ReadonlySet<string> = new Set()): Shape => {
  if (schema.ref !== undefined) {
    const target = seen.has(schema.ref) ? undefined : api.schemas.get(schema.ref);
    return merge(ownShape(api, schema, seen), target ? shapeOf(api, target.schema, new Set([...seen, schema.ref])) : 'any');
  }
  return ownShape(api, schema, seen);
};

const ownShape = (api: Schemas, schema: Schema, seen: ReadonlySet<string>): Shape => {
  const values = schema.const ?? schema.enum;
  const types = schema.types ?? (schema.properties ? ['object' as const] : schema.items || schema.prefixItems ? ['array' as const] : values?.map(typeOf));
  const own = types === undefined || types.length === 0 ? 'any' : union(types.map((type) => typed(api, schema, type, seen)));
  const whole = (schema.allOf ?? []).reduce<Shape>((shape, part) => merge(shape, shapeOf(api, part, seen)), own);
  const members = schema.oneOf ?? schema.anyOf;
  return whole === 'any' && members ? union(members.map((member) => shapeOf(api, member, seen))) : whole;
};

const typed = (api: Schemas, schema: Schema, type: JsonType, seen: ReadonlySet<string>): Shape => {
  if (type === 'array') return { array: schema.items ? shapeOf(api, schema.items, seen) : 'any' };
  if (type !== 'object') return type;
  const object = [...(schema.properties ?? [])].map(([name, property]) => [name, shapeOf(api, property, seen)] as const);
  return { object, ...(schema.additionalProperties && !isFalse(schema.additionalProperties) ? { rest: shapeOf(api, schema.additionalProperties, seen) } : {}) };
};
