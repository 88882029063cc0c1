import { describe, expect, test } from 'vitest';
import { answering, lowerText } from './support.js';

/** The lowered schema of the answer without its origins, and the codes reported. */
const lowerSchema = async (version: string, schema: unknown, schemas: object = {}) => {
  const { lowered, diagnostics } = await lowerText(answering(version, schema, schemas));
  return { schema: plain(lowered?.operations[0]?.shape.responses[0]?.contents[0]?.schema), codes: diagnostics.map(({ code }) => code), named: lowered?.schemas };
};
const plain = (value: unknown): unknown =>
  value instanceof Map ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]))
  : Array.isArray(value) ? value.map(plain)
  : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'origin').map(([key, item]) => [key, plain(item)]))
  : value;

describe('OpenAPI 3.0', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['nullable', { type: 'string', nullable: true }, { types: ['null', 'string'] }, []],
    ['nullable beside an enum without null', { type: 'string', nullable: true, enum: ['a'] }, { types: ['null', 'string'], enum: ['a'] }, ['schema/nullable-enum']],
    ['nullable beside allOf only', { nullable: true, allOf: [{ type: 'object' }] }, { allOf: [{ types: ['object'] }] }, ['schema/ineffective-keyword']],
    ['nullable alone stands for null', { anyOf: [{ type: 'string' }, { nullable: true }] }, { anyOf: [{ types: ['string'] }, { types: ['null'] }] }, []],
    ['strict bounds as flags', { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }, { types: ['number'], exclusiveMinimum: 1, maximum: 9 }, []],
    ['example', { type: 'string', example: 'x' }, { types: ['string'], examples: ['x'] }, []],
    ['bytes in base64', { type: 'string', format: 'byte' }, { types: ['string'], contentEncoding: 'base64' }, []],
    ['bytes', { type: 'string', format: 'binary' }, { types: ['string'], format: 'binary' }, []],
    ['keywords of 3.1', { type: 'string', const: 'x' }, { types: ['string'] }, ['schema/ineffective-keyword']],
    ['a list of types', { type: ['string', 'null'] }, {}, ['document/wrong-type']],
    ['siblings of a reference', { $ref: '#/components/schemas/A', description: 'x' }, { ref: 'A' }, []],
  ])('%s', async (_, given, want, codes) => {
    expect(await lowerSchema('3.0.3', given, { A: { type: 'string' } })).toMatchObject({ schema: want, codes });
  });
});

describe('OpenAPI 3.1', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['lists of types', { type: ['string', 'null'] }, { types: ['null', 'string'] }, []],
    ['const null', { const: null }, { const: [null] }, []],
    ['boolean schemas', { properties: { a: true, b: false } }, { properties: { a: {}, b: { not: {} } } }, []],
    ['no values', { type: 'string', enum: [] }, { not: {} }, ['schema/empty-enum']],
    ['a map by reference', { properties: { $ref: '#/components/schemas/A/properties' } }, { properties: { a: { ref: 'AA' } } }, []],
    ['strict bounds', { exclusiveMinimum: 1 }, { exclusiveMinimum: 1 }, []],
    ['strict bounds as flags', { minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false }, { exclusiveMinimum: 1, maximum: 9 }, ['schema/older-notation', 'schema/older-notation']],
    ['a strict bound as a flag without a bound', { exclusiveMaximum: true }, {}, ['schema/older-notation']],
    ['siblings of a reference', { $ref: '#/components/schemas/A', maxLength: 3 }, { ref: 'A', maxLength: 3 }, []],
    ['tuples', { prefixItems: [{ type: 'string' }], items: false }, { prefixItems: [{ types: ['string'] }], items: { not: {} } }, []],
    ['conditions', { if: { required: ['a'] }, then: { required: ['b'] }, else: true }, { if: { required: ['a'] }, then: { required: ['b'] }, else: {} }, []],
    ['names of properties that are hostile', JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"null"}}}'), JSON.parse('{"properties":{"__proto__":{"types":["string"]},"constructor":{"types":["null"]}}}'), []],
    ['patterns that only older grammars take', { pattern: '^[\\w-:]+$' }, { pattern: '^[\\w-:]+$' }, []],
    ['dependencies', { dependentRequired: { a: ['c', 'b'] }, dependentSchemas: { a: { minProperties: 2 } } }, { dependentRequired: { a: ['b', 'c'] }, dependentSchemas: { a: { minProperties: 2 } } }, []],
  ])('%s', async (_, given, want, codes) => {
    const found = await lowerSchema('3.1.0', given, { A: { type: 'string', properties: { a: { type: 'string' } } } });
    expect(found.codes).toEqual(codes);
    expect(found.schema).toEqual(want);
  });
});

test('the 3.0 and the 3.1 way of saying the same become the same', async () => {
  const older = await lowerSchema('3.0.3', { type: 'object', properties: { a: { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true, example: 1 }, b: { type: 'string', format: 'byte' } } });
  const newer = await lowerSchema('3.1.0', { type: 'object', properties: { a: { type: ['integer', 'null'], exclusiveMinimum: 0, examples: [1] }, b: { type: 'string', contentEncoding: 'base64' } } });
  expect(older.schema).toEqual(newer.schema);
});

describe('names', () => {
  test('collide neither in types nor in files', async () => {
    const schemas = { String: { type: 'string' }, 'a-b': {}, aB: {}, AB: {}, con: {}, constructor: {}, '2fa': {}, '名前': {} };
    const { named } = await lowerSchema('3.1.0', { anyOf: Object.keys(schemas).map((name) => ({ $ref: `#/components/schemas/${name}` })) }, schemas);
    const values = [...(named?.values() ?? [])];
    expect(values).toHaveLength(8);
    expect(new Set(values.map(({ typeName }) => typeName.toLowerCase())).size).toBe(8);
    expect(new Set(values.map(({ fileName }) => fileName)).size).toBe(8);
    for (const { typeName, fileName } of values) {
      expect(typeName).toMatch(/^[A-Za-z_]\w*$/);
      expect(fileName).toMatch(/^[a-z0-9-]+$/);
    }
    expect(named?.get('String')?.typeName).toBe('String_');
    expect(named?.get('con')?.fileName).toBe('con-file');
  });

  test('schemas that nothing refers to are left out, recursion goes through names', async () => {
    const { named } = await lowerSchema('3.1.0', { $ref: '#/components/schemas/Tree' }, { Tree: { properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } }, Unused: {} });
    expect([...(named?.keys() ?? [])]).toEqual(['Tree']);
    expect(plain(named?.get('Tree')?.schema)).toEqual({ properties: { children: { items: { ref: 'Tree' } } } });
  });

  test('a map that stands within itself is not followed without end', async () => {
    const { schema, named, codes } = await lowerSchema('3.1.0', { $ref: '#/components/schemas/Tree' }, { Tree: { type: 'object', properties: { left: { type: 'object', properties: { $ref: '#/components/schemas/Tree/properties' } } } } });
    expect([schema, codes, [...(named?.keys() ?? [])]]).toEqual([{ ref: 'Tree' }, [], ['Tree', 'TreeLeft']]);
  });

  test('a place inside a component gets a name that can be read', async () => {
    const { schema, named } = await lowerSchema('3.1.0', { $ref: '#/components/schemas/Order/properties/lines/items' }, { Order: { properties: { lines: { items: { type: 'string' } } } } });
    expect(schema).toEqual({ ref: 'OrderLinesItem' });
    expect(named?.has('OrderLinesItem')).toBe(true);
  });
});

describe('discriminators', () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  test('implicit values beside mapped ones', async () => {
    const { schema } = await lowerSchema('3.1.0', { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind', mapping: { tabby: '#/components/schemas/Cat', cat: 'Cat' } } }, { Cat: {}, Dog: {} });
    expect(schema).toMatchObject({ discriminator: { property: 'kind', mapping: { Dog: 'Dog', cat: 'Cat', tabby: 'Cat' } } });
  });

  test('a hierarchy finds its children and theirs', async () => {
    const { named, codes } = await lowerSchema('3.0.3', ref('Pet'), {
      Pet: { type: 'object', discriminator: { propertyName: 'kind', mapping: { dog: ref('Dog').$ref } } },
      Cat: { allOf: [ref('Pet')] }, Dog: { allOf: [ref('Pet')] }, Kitten: { allOf: [ref('Cat')] },
    });
    expect(codes).toEqual([]);
    expect(plain(named?.get('Pet')?.schema)).toMatchObject({ discriminator: { mapping: { Cat: 'Cat', Kitten: 'Kitten', dog: 'Dog' } } });
    expect([...(named?.keys() ?? [])]).toEqual(['Cat', 'Dog', 'Kitten', 'Pet']);
  });
});
