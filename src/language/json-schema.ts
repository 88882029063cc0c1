import type { Json, JsonObject } from '../base/json.js';
import type { Shape } from './shape.js';
import { durationPattern, sizePattern } from './values.js';

export interface SchemaOptions {
  /** Strict: no `x-` keys inside the language's own blocks. */
  readonly form: 'normal' | 'strict';
  /** Shapes that have a definition of their own, by its name: wherever they occur, a reference is written. */
  readonly shared: ReadonlyMap<Shape, string>;
}

const meta = (shape: Shape): JsonObject => ({
  description: shape.description,
  ...(shape.default === undefined ? {} : { default: shape.default }),
  ...(shape.examples === undefined ? {} : { examples: shape.examples }),
});

const reference: JsonObject = { type: 'object', properties: { $ref: { type: 'string' } }, required: ['$ref'], additionalProperties: false };
const orReference = (schema: JsonObject): JsonObject => ({ anyOf: [reference, schema] });
const removable = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null', description: 'Removes what was inherited.' }] });

const objectSchema = (fields: Readonly<Record<string, Shape>>, options: SchemaOptions, extra: JsonObject): JsonObject => ({
  type: 'object',
  ...extra,
  properties: Object.fromEntries(Object.entries(fields).map(([key, shape]) => [key, removable(toJsonSchema(shape, options))])),
  ...(options.form === 'strict' ? {} : { patternProperties: { '^x-': {} } }),
  additionalProperties: false,
});

/** A shape as JSON Schema (draft-07, which editors read best). Keys that the cascade may bring are not required. */
export const toJsonSchema = (shape: Shape, options: SchemaOptions): JsonObject => {
  const name = options.shared.get(shape);
  return name === undefined ? spellOut(shape, options) : { $ref: `#/definitions/${name}` };
};

/** The same, also where the shape has a definition: for the definition itself. */
export const spellOut = (shape: Shape, options: SchemaOptions): JsonObject => {
  const about = meta(shape);
  switch (shape.kind) {
    case 'text':
      return { ...about, type: 'string', ...(shape.pattern === undefined ? {} : { pattern: shape.pattern }) };
    case 'choice':
      return { ...about, type: 'string', enum: shape.values };
    case 'number':
      return {
        ...about,
        type: shape.integer === true ? 'integer' : 'number',
        ...(shape.above === undefined ? {} : { exclusiveMinimum: shape.above }),
        ...(shape.minimum === undefined ? {} : { minimum: shape.minimum }),
        ...(shape.maximum === undefined ? {} : { maximum: shape.maximum }),
      };
    case 'boolean':
      return { ...about, type: 'boolean' };
    case 'duration':
      return { ...about, type: 'string', pattern: durationPattern };
    case 'size':
      return { ...about, type: 'string', pattern: sizePattern };
    case 'template':
      return about;
    case 'list':
      return { ...about, type: 'array', items: toJsonSchema(shape.items, options), ...(shape.nonEmpty === true ? { minItems: 1 } : {}) };
    case 'map':
      return {
        ...about,
        ...orReference({
          type: 'object',
          additionalProperties: removable(toJsonSchema(shape.values, options)),
          ...(shape.keys ? { propertyNames: { pattern: shape.keys.pattern } } : {}),
        }),
      };
    case 'object':
      return { ...about, ...orReference(objectSchema(shape.fields, options, {})) };
    case 'tagged':
      return {
        ...about,
        anyOf: [reference, ...Object.entries(shape.variants).map(([name, variant]): JsonObject =>
          objectSchema({ [shape.tag]: { kind: 'choice', description: variant.description, values: [name] }, ...variant.fields }, options, { description: variant.description, required: [shape.tag] }))],
      };
    case 'keyed':
      return {
        ...about,
        anyOf: [reference, ...Object.entries(shape.variants).map(([name, variant]): JsonObject =>
          objectSchema(variant.fields, options, { description: variant.description, required: [name] }))],
      };
    case 'either':
      return { ...about, anyOf: shape.of.map((each): Json => toJsonSchema(each, options)) };
  }
};
