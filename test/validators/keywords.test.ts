import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { OperationContract } from '../../src/runtime/contract.js';
import { explain } from '../../src/runtime/violations.js';
import { apiOf, bundle, generate, write } from '../support/generated.js';

/** A keyword, its schema, values that pass, and values that fail with the place and keyword told. */
const rows: readonly (readonly [name: string, schema: object, good: readonly unknown[], bad: readonly (readonly [value: unknown, error: string])[]])[] = [
  ['type', { type: 'string' }, ['a', ''], [[1, ' type'], [null, ' type']]],
  ['type list', { type: ['integer', 'null'] }, [1, null], [['1', ' type'], [1.5, ' type']]],
  ['integer', { type: 'integer' }, [1, 1.0, -0], [[1.1, ' type'], [true, ' type']]],
  ['enum', { enum: [1, 'a', null, { b: [1] }] }, [1, 'a', null, { b: [1] }], [['1', ' enum'], [{ b: [2] }, ' enum']]],
  ['const', { const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [[{ a: 1 }, ' const']]],
  ['const null', { const: null }, [null], [[0, ' const']]],
  ['minLength counts characters', { type: 'string', minLength: 2 }, ['ab', '😀😀'], [['😀', ' minLength']]],
  ['maxLength', { type: 'string', maxLength: 1 }, ['😀'], [['ab', ' maxLength']]],
  ['lengths of surrogates', { type: 'string', minLength: 2, maxLength: 3 }, ['\ud83d\ud83d', '\ude00\ud83d', '😀a😀', '\ud83d😀', 'é😀\ud83d'], [['\ud83d', ' minLength'], ['😀a😀a', ' maxLength'], ['😀\ud83d😀\ude00', ' maxLength']]],
  ['pattern', { type: 'string', pattern: '^\\p{Lu}/$' }, ['É/'], [['e/', ' pattern']]],
  ['pattern that takes for ever over a text that is too long anyway', { type: 'string', maxLength: 12, pattern: '^(a+)+$' }, ['aa'], [[`${'a'.repeat(100)}!`, ' maxLength'], [`${'a'.repeat(11)}!`, ' pattern']]],
  ['pattern only of the old grammar', { type: 'string', pattern: '^[\\w-.]+\\-$' }, ['a-'], [['a', ' pattern']]],
  ['minimum', { type: 'number', minimum: 1 }, [1], [[0.9, ' minimum']]],
  ['exclusive', { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 2 }, [1.5], [[1, ' exclusiveMinimum'], [2, ' exclusiveMaximum']]],
  ['multipleOf', { type: 'number', multipleOf: 0.5 }, [1.5], [[1.2, ' multipleOf']]],
  ['multipleOf a decimal', { type: 'number', multipleOf: 0.01 }, [19.99, 4.35, 0, -0.07, 1e21, 123456789.01], [[19.995, ' multipleOf'], [1e-9, ' multipleOf'], [123456789.012, ' multipleOf']]],
  ['multipleOf a whole number', { type: 'integer', multipleOf: 7 }, [0, -14, 7e15], [[13, ' multipleOf'], [7e15 + 1, ' multipleOf']]],
  ['items', { type: 'array', items: { type: 'integer' } }, [[], [1]], [[['a', 1, 'b'], '/0 type /2 type']]],
  ['prefixItems', { type: 'array', prefixItems: [{ type: 'string' }], items: false }, [[], ['a']], [[['a', 1], ' items']]],
  ['contains', { type: 'array', contains: { const: 1 }, minContains: 2 }, [[1, 1]], [[[1], ' contains']]],
  ['minItems', { type: 'array', minItems: 1, maxItems: 2 }, [[1]], [[[], ' minItems'], [[1, 2, 3], ' maxItems']]],
  ['uniqueItems', { type: 'array', uniqueItems: true }, [[1, '1', { a: 1 }]], [[[{ a: 1, b: 2 }, { b: 2, a: 1 }], ' uniqueItems']]],
  ['required', { type: 'object', required: ['a', 'toString'] }, [{ a: 1, toString: 1 }], [[{ a: 1 }, '/toString required']]],
  ['properties', { type: 'object', properties: { 'a/b': { type: 'integer' }, '~': { type: 'integer' } } }, [{ 'a/b': 1 }], [[{ 'a/b': 'x', '~': 'y' }, '/a~1b type /~0 type']]],
  ['additionalProperties', { type: 'object', properties: { a: {} }, additionalProperties: false }, [{ a: 1 }], [[{ a: 1, b: 2, c: 3 }, '/b additionalProperties /c additionalProperties']]],
  ['additionalProperties with a schema', { type: 'object', additionalProperties: { type: 'integer' } }, [{ a: 1 }], [[{ a: 'x' }, '/a type']]],
  ['patternProperties', { type: 'object', patternProperties: { '^x-': { type: 'integer' } }, additionalProperties: false }, [{ 'x-a': 1 }], [[{ 'x-a': 'x' }, '/x-a type']]],
  ['propertyNames', { type: 'object', propertyNames: { pattern: '^a' } }, [{ ab: 1 }], [[{ b: 1 }, ' pattern  propertyNames']]],
  ['minProperties', { type: 'object', minProperties: 1, maxProperties: 1 }, [{ a: 1 }], [[{}, ' minProperties'], [{ a: 1, b: 2 }, ' maxProperties']]],
  ['dependentRequired', { type: 'object', dependentRequired: { a: ['b'] } }, [{}, { a: 1, b: 1 }], [[{ a: 1 }, '/b dependentRequired']]],
  ['dependentSchemas', { type: 'object', dependentSchemas: { a: { required: ['b'] } } }, [{}, { a: 1, b: 1 }], [[{ a: 1 }, '/b required']]],
  ['allOf', { allOf: [{ type: 'object', required: ['a'] }, { type: 'object', required: ['b'] }] }, [{ a: 1, b: 1 }], [[{}, '/a required /b required']]],
  ['oneOf', { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 2 }] }, [1, 2.5], [[3, ' oneOf'], [1.5, ' type /ignored']]],
  ['not', { not: { type: 'string' } }, [1], [['a', ' not']]],
  ['if', { if: { type: 'string' }, then: { minLength: 1 }, else: { type: 'integer' } }, ['a', 1], [['', ' minLength'], [true, ' type']]],
  ['unevaluatedProperties', { type: 'object', allOf: [{ properties: { a: {} } }, { $ref: '#/components/schemas/HasC' }], properties: { b: {} }, unevaluatedProperties: false }, [{ a: 1, b: 1, c: 1 }], [[{ d: 1 }, '/d unevaluatedProperties']]],
  ['unevaluatedItems', { type: 'array', prefixItems: [{}], unevaluatedItems: false }, [[1]], [[[1, 2], ' unevaluatedItems']]],
  ['a property of the name __proto__', { type: 'object', properties: JSON.parse('{"__proto__":{"type":"integer"}}') as object, additionalProperties: false }, [JSON.parse('{"__proto__":1}')], [[JSON.parse('{"__proto__":"x"}'), '/__proto__ type']]],
  ['properties named as parts of a validator', { type: 'object', properties: { ',schemaPath:': { type: 'integer' }, '",schemaPath:"': { type: 'integer' }, '\\': { type: 'integer' } } }, [{ ',schemaPath:': 1 }], [[{ ',schemaPath:': 'x', '",schemaPath:"': 'x', '\\': 'x' }, '/",schemaPath:" type /,schemaPath: type /\\ type']]],
  ['recursion', { $ref: '#/components/schemas/Tree' }, [{ children: [{ children: [] }] }], [[{ children: [{ children: 1 }] }, '/children/0/children type']]],
  ['siblings of a reference', { $ref: '#/components/schemas/Tree', required: ['name'] }, [{ name: 1 }], [[{}, '/name required']]],
  ['date', { type: 'string', format: 'date' }, ['2024-02-29'], [['2023-02-29', ' format']]],
  ['date-time', { type: 'string', format: 'date-time' }, ['2024-01-01T00:00:00Z', '1998-12-31T23:59:60Z'], [['2024-01-01 00:00', ' format'], ['2024-01-01T25:00:00Z', ' format']]],
  ['email', { type: 'string', format: 'email' }, ['a.b@example.com'], [['a..b@example.com', ' format'], ['a@', ' format']]],
  ['uuid', { type: 'string', format: 'uuid' }, ['2EB8AA08-aa98-11ea-b4aa-73b441d16380'], [['2eb8aa08aa9811eab4aa73b441d16380', ' format']]],
  ['uri', { type: 'string', format: 'uri' }, ['https://example.com/a?b#c', 'urn:a:b'], [['/a', ' format'], ['https://a b', ' format']]],
  ['uri-reference', { type: 'string', format: 'uri-reference' }, ['/a?b', 'a/b', ''], [['\\a', ' format']]],
  ['ipv4', { type: 'string', format: 'ipv4' }, ['192.0.2.1'], [['256.1.1.1', ' format'], ['1.2.3', ' format']]],
  ['ipv6', { type: 'string', format: 'ipv6' }, ['::1', '2001:db8::', '::ffff:192.0.2.1'], [['1::2::3', ' format'], ['12345::', ' format']]],
  ['byte', { type: 'string', format: 'byte' }, ['YWI='], [['YWI', ' format']]],
  ['int32', { type: 'integer', format: 'int32' }, [2147483647], [[2147483648, ' format']]],
  ['duration', { type: 'string', format: 'duration' }, ['P1DT2H'], [['P', ' format'], ['1D', ' format']]],
  ['an unknown format says nothing', { type: 'string', format: 'colour' }, ['x'], []],
];

const contracts = new Map<string, OperationContract>();
const told = (value: unknown, name: string): string => {
  const validate = contracts.get(name)?.body?.contents[0]?.validate;
  if (!validate) throw new Error(`${name} has no validator`);
  return validate(value) ? '' : explain(value, validate.errors).map(({ pointer, keyword }) => `${pointer} ${keyword}`).join(' ');
};

beforeAll(async () => {
  const ok = { '204': { description: 'Done.' } };
  const api = await apiOf(stringify({
    openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [],
    paths: Object.fromEntries(rows.map(([, schema], index) => [`/p${index}`, { post: { operationId: `op${index}`, requestBody: { required: true, content: { 'application/json': { schema } } }, responses: ok } }])),
    components: { schemas: { Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } }, HasC: { type: 'object', properties: { c: {} } } } },
  }, { aliasDuplicateObjects: false }));
  const files = await generate(api);
  const all = [...api.operations.values()];
  files.set('all.js', all.map(({ id, fileName }) => `export { contract as ${id} } from './generated/validators/${fileName}.js';`).join('\n'));
  const { module } = await bundle(write(files), 'all.js');
  rows.forEach(([name], index) => contracts.set(name, module[`op${index}`] as OperationContract));
}, 60_000);

describe.each(rows.map(([name, , good, bad]) => ({ name, good, bad })))('$name', ({ name, good, bad }) => {
  if (good.length > 0) test.each(good.map((value) => [JSON.stringify(value), value] as const))('takes %s', (_, value) => expect(told(structuredClone(value), name)).toBe(''));
  if (bad.length > 0) test.each(bad.map(([value, error]) => [JSON.stringify(value), value, error] as const))('refuses %s', (_, value, error) => {
    if (error.endsWith('/ignored')) expect(told(structuredClone(value), name)).not.toBe('');
    else expect(told(structuredClone(value), name)).toBe(error);
  });
});
