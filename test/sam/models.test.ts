import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModels } from '../../generators/kit/aws/models.js';
import type { Json, JsonObject } from '../../src/base/json.js';
import { apiOf } from '../support/generated.js';

const names = ['a', 'b', 'c', '__proto__'];
const scalar = fc.oneof(fc.constantFrom<Json>(null, true, false, 0, 1, -1, 0.5, 3, 10), fc.constantFrom('', 'a', 'bb', 'ccc', 'x-1'));

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<Json>),
}));

const some = <T extends Record<string, fc.Arbitrary<unknown>>>(model: T): fc.Arbitrary<JsonObject> => fc.record(model, { requiredKeys: [] }) as unknown as fc.Arbitrary<JsonObject>;

/** OpenAPI 3.1 schemas with every keyword that the gateway's models know, lose or weaken. */
const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof({ maxDepth: 2 },
    some({ type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'object', 'array', 'null') }),
    some({ type: fc.uniqueArray(fc.constantFrom('string', 'integer', 'object', 'array', 'null'), { minLength: 1, maxLength: 3 }) }),
    some({ type: fc.constant('string'), minLength: fc.nat(2), maxLength: fc.nat(4), pattern: fc.constantFrom('^a', 'b+$', '^[a-c]*$', '\\p{L}', '(?<=a)b') }),
    some({ type: fc.constantFrom('integer', 'number'), minimum: fc.integer({ min: -1, max: 2 }), exclusiveMinimum: fc.integer({ min: -1, max: 2 }), maximum: fc.integer({ min: 0, max: 9 }), exclusiveMaximum: fc.integer({ min: 0, max: 9 }), multipleOf: fc.constantFrom(1, 0.5, 3) }),
    some({ enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3, comparator: 'SameValue' }) }),
    some({ const: value }),
    some({
      type: fc.constant('object'), required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }), properties: fc.dictionary(fc.constantFrom(...names), tie('schema'), { maxKeys: 3 }),
      additionalProperties: fc.oneof(fc.boolean(), tie('schema')), patternProperties: fc.dictionary(fc.constantFrom('^a', '^x-'), tie('schema'), { maxKeys: 1 }), propertyNames: fc.constant({ maxLength: 1 }),
      minProperties: fc.nat(1), maxProperties: fc.nat(3), dependentRequired: fc.constant({ a: ['b'] }),
    }),
    some({ type: fc.constant('array'), items: tie('schema'), prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }), minItems: fc.nat(1), maxItems: fc.nat(3), uniqueItems: fc.boolean(), contains: tie('schema') }),
    some({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }), oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }), anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }), not: tie('schema'), if: tie('schema'), then: tie('schema') }),
    fc.constant({ $ref: '#/components/schemas/Named' }),
  ) as fc.Arbitrary<JsonObject>,
}));

/** What references lead to: nothing that is only a reference to itself, which has no end. */
const named = fc.constantFrom<JsonObject>({ type: 'object', properties: { a: { $ref: '#/components/schemas/Named' } }, required: ['b'] }, { type: ['string', 'null'], maxLength: 2 }, { enum: [1, 'a', null] }, {});

const ajv = (): Ajv => new Ajv({ strict: false, logger: false, validateFormats: false });

describe('models of a REST API', () => {
  it('take whatever the document takes, for any schema and any body', async () => {
    let taken = 0;
    await fc.assert(fc.asyncProperty(schema, named, fc.array(value, { minLength: 30, maxLength: 30 }), async (body, target, bodies) => {
      const components = { schemas: { Named: target } };
      const api = await apiOf(JSON.stringify({
        openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [], components,
        paths: { '/a': { post: { operationId: 'add', security: [{}], requestBody: { content: { 'application/json': { schema: body } } }, responses: { 200: { description: 'Fine.' } } } } },
      })).catch(() => undefined);
      const lowered = api?.operations.get('add')?.body?.contents[0]?.schema;
      if (!api || !lowered) return;
      const models = createModels(api);
      const name = models.bodyModel('add', lowered);
      const model = ajv().compile({ $ref: `#/components/schemas/${name}`, components: { schemas: Object.fromEntries(models.schemas) } });
      const whole = new Ajv2020({ strict: false, logger: false, validateFormats: false }).compile({ ...body, components });
      for (const each of bodies) {
        if (whole(each) !== true) continue;
        taken++;
        expect(model(each), `${JSON.stringify(each)} is refused by ${JSON.stringify(Object.fromEntries(models.schemas))}`).toBe(true);
      }
    }), { numRuns: 150, seed: 20260101 });
    expect(taken).toBeGreaterThan(500);
  }, 60_000);
});
