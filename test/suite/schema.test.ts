import { Ajv2020 } from 'ajv/dist/2020.js';
import { array, assert, boolean, constant, dictionary, integer, oneof, property, record, string, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonSchema } from '../../src/suite/plan.js';
import { faultsOf } from '../../src/suite/schema.js';

const schemas = { Node: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, next: { $ref: 'Node' } } } } as const;
const rules = (schema: JsonSchema, value: Json, closed = true): string[] => faultsOf(schema, value, { schemas, closed }).map(({ pointer, rule }) => `${pointer} ${rule}`);

describe('what is wrong with a value', () => {
  it.each<[string, JsonSchema, Json, string[]]>([
    ['a value of the type', { type: 'string' }, 'a', []],
    ['another type', { type: ['string', 'null'] }, 1, [' type']],
    ['a number that is whole', { type: 'integer' }, 1.0, []],
    ['a bound', { type: 'integer', maximum: 3 }, 4, [' maximum']],
    ['a bound that is left out', { exclusiveMinimum: 3 }, 3, [' exclusiveMinimum']],
    ['a multiple of a decimal', { multipleOf: 0.01 }, 19.99, []],
    ['no multiple of it', { multipleOf: 0.01 }, 19.995, [' multipleOf']],
    ['letters counted as people count them', { maxLength: 1 }, '🎉', []],
    ['a format', { format: 'date' }, '2026-02-30', [' format']],
    ['what is missing', { type: 'object', required: ['a'] }, {}, [' required']],
    ['what a reference says', { $ref: 'Node' }, { id: 'a', next: { id: 1 } }, ['/next/id type']],
    ['a property that nobody lists', { properties: { a: {} } }, { a: 1, b: 2 }, ['/b properties']],
    ['one that some part lists', { allOf: [{ properties: { a: {} } }, { properties: { b: {} } }] }, { a: 1, b: 2 }, []],
    ['one that the chosen alternative lists', { properties: { a: {} }, oneOf: [{ required: ['b'], properties: { b: { type: 'string' } } }, { required: ['c'] }] }, { a: 1, b: 'x' }, []],
    ['one that only another alternative lists', { anyOf: [{ required: ['b'], properties: { b: {} } }, { required: ['c'], properties: { c: {} } }] }, { b: 1, d: 1 }, ['/d properties']],
    ['others where they are allowed', { properties: { a: {} }, additionalProperties: {} }, { a: 1, b: 2 }, []],
    ['an object without a list of properties', { type: 'object' }, { a: 1 }, []],
    ['two alternatives of which one is to hold', { oneOf: [{ type: 'integer' }, { minimum: 1 }] }, 2, [' oneOf']],
    ['items that are the same', { uniqueItems: true }, [{ a: 1 }, { a: 1 }], [' uniqueItems']],
    ['what nothing evaluated', { properties: { a: {} }, unevaluatedProperties: { not: {} } }, { a: 1, b: 1 }, ['/b unevaluatedProperties']],
  ])('%s', (_, schema, value, wanted) => expect(rules(schema, value)).toEqual(wanted));
});

describe('agrees with ajv', () => {
  const scalar = oneof(integer({ min: -3, max: 3 }), string({ maxLength: 3 }), boolean(), constant(null));
  const name = oneof(constant('a'), constant('b'), constant('c'));
  const around = (inner: Arbitrary<unknown>): Arbitrary<unknown> => oneof(scalar, array(inner, { maxLength: 3 }), dictionary(name, inner, { maxKeys: 3 }));
  const value = around(around(scalar));
  const small = integer({ min: 0, max: 3 });
  const plain = record({
    type: oneof(constant('integer'), constant('string'), constant('array'), constant('object'), constant(['string', 'null'])), minimum: small, exclusiveMaximum: small, minLength: small, maxLength: small,
    minItems: small, maxItems: small, uniqueItems: boolean(), required: array(name, { maxLength: 1 }), minProperties: small, enum: array(scalar, { minLength: 1, maxLength: 2 }),
  }, { requiredKeys: [] });
  const nested = (inner: Arbitrary<object>): Arbitrary<object> => oneof(plain, ...[
    record({ items: inner, prefixItems: array(inner, { minLength: 1, maxLength: 2 }) }), record({ properties: record({ a: inner, b: inner }), additionalProperties: oneof(constant(false), inner) }),
    ...(['allOf', 'anyOf', 'oneOf'] as const).map((keyword) => record({ [keyword]: array(inner, { minLength: 1, maxLength: 2 }) })),
    record({ not: inner }), record({ if: inner, then: inner, else: inner }), record({ contains: inner, maxContains: small }), record({ propertyNames: inner }),
    record({ properties: record({ a: inner }), anyOf: array(inner, { minLength: 2, maxLength: 2 }), unevaluatedProperties: constant(false) }),
  ]);
  it('whatever schema and value are drawn', () => {
    assert(property(nested(nested(nested(plain))), value, (drawn, given) => {
      const ajv = new Ajv2020({ strict: false, validateSchema: false });
      expect(rules(drawn as JsonSchema, given as Json, false).length === 0).toBe(ajv.validate(drawn, given));
    }), { numRuns: 200, seed: 7 });
  });
});
