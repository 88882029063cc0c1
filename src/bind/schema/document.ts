import type { Json, JsonObject } from '../../base/json.js';
import { spellOut, toJsonSchema, type SchemaOptions } from '../../language/json-schema.js';
import type { Shape } from '../../language/shape.js';
import { allowances, components, componentsShape, methods, places } from './places.js';
import { policyFields } from './policy.js';

const pointer = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` });
const withAllowances = (properties: JsonObject): JsonObject => ({ type: 'object', properties: { ...properties, 'x-gateway-allow': pointer('allowances') } });

/** What several places of the language have in common: described once. */
const shared: ReadonlyMap<Shape, string> = new Map([
  ...Object.entries(policyFields).map(([name, shape]): [Shape, string] => [shape, `policy.${name}`]),
  ...Object.entries(components).filter(([, shape]) => !Object.values<Shape>(places).includes(shape)).map(([kind, shape]): [Shape, string] => [shape, `block.${kind}`]),
]);

/**
 * The published schema: an OpenAPI document of which only the parts of the gateway are described, so that editors
 * complete and check them wherever they may stand. What OpenAPI itself says is left to its own schema.
 */
export const documentSchema = (form: SchemaOptions['form']): JsonObject => {
  const options: SchemaOptions = { form, shared };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: form === 'strict' ? 'OpenAPI with x-gateway, strict' : 'OpenAPI with x-gateway',
    ...withAllowances({
      openapi: { type: 'string', pattern: '^3\\.[01]\\.[0-9]+', description: 'OpenAPI 3.0 or 3.1.' },
      'x-gateway': pointer('root'),
      paths: { type: 'object', additionalProperties: pointer('paths') },
      components: {
        type: 'object',
        properties: {
          'x-gateway': pointer('components'),
          securitySchemes: { type: 'object', additionalProperties: withAllowances({ 'x-gateway': pointer('security') }) },
        },
      },
    }),
    required: ['openapi'],
    definitions: {
      ...Object.fromEntries(Object.entries(places).map(([name, shape]): [string, Json] => [name, spellOut(shape, options)])),
      ...Object.fromEntries([...shared].map(([shape, name]): [string, Json] => [name, spellOut(shape, options)])),
      components: toJsonSchema(componentsShape, options),
      allowances: toJsonSchema(allowances, options),
      paths: withAllowances({
        'x-gateway': pointer('pathItem'),
        ...Object.fromEntries(methods.map((method): [string, Json] => [method, withAllowances({ 'x-gateway': pointer('operation') })])),
      }),
    },
  };
};
