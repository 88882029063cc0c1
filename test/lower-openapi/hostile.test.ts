import { expect, test } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { publish } from '../../src/lower/public-document.js';
import { documentOf, lowerText } from './support.js';

const sample = JSON.parse(documentOf('3.0.3', {
  tags: [{ name: 'a' }],
  paths: { '/a/{id}': {
    parameters: [{ $ref: '#/components/parameters/Id' }, { name: 'q', in: 'query', style: 'form', schema: { type: 'array', items: { type: 'string', pattern: '^a' } } }],
    post: {
      operationId: 'postA', tags: ['a'], security: [{ key: [] }],
      requestBody: { required: true, content: { 'multipart/form-data': { schema: { $ref: '#/components/schemas/Pet' }, encoding: { f: { contentType: 'image/png' } }, example: { a: 1 } } } },
      responses: { 200: { description: 'It', headers: { X: { schema: { type: 'integer', minimum: 1 } } }, content: { 'application/json': { schema: { oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: 'k', mapping: { c: 'Cat' } } } } } } },
      callbacks: { done: { '{$request.query.q}': { post: { requestBody: { content: { 'application/json': {} } }, responses: { 200: { description: 'Ok' } } } } } },
    },
  } },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } },
    schemas: { Pet: { type: 'object', required: ['k'], properties: { k: { type: 'string', enum: ['c'] } }, discriminator: { propertyName: 'k' } }, Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }] } },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  },
})) as Json;

type Path = readonly (string | number)[];
const pathsIn = (value: Json, path: Path = []): Path[] => [
  path,
  ...(typeof value === 'object' && value !== null ? Object.keys(value).flatMap((key) => pathsIn((value as Record<string, Json>)[key] as Json, [...path, Array.isArray(value) ? Number(key) : key])) : []),
];
const replaced = (value: Json, [key, ...rest]: Path, by: Json): Json => {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as readonly Json[])] : { ...(value as object) }) as Record<string | number, Json>;
  copy[key] = replaced(copy[key] as Json, rest, by);
  return copy as unknown as Json;
};

test('the sample itself is sound', async () => {
  expect((await lowerText(JSON.stringify(sample))).diagnostics).toEqual([]);
});

test.each<[string, Json]>([['null', null], ['a list', []], ['an object', {}], ['an empty text', ''], ['0', 0], ['true', true], ['a reference to itself', { $ref: '#' }], ['a reference in a circle', { $ref: '#/components/schemas/Pet' }]])('any value replaced by %s never throws', async (_, by) => {
  for (const path of pathsIn(sample)) {
    const { document, diagnostics, lowered } = await lowerText(JSON.stringify(replaced(sample, path, by)));
    if (document) publish(document);
    expect(lowered !== undefined || diagnostics.some(({ level }) => level === 'error')).toBe(true);
  }
});

const shuffled = (value: Json, random: () => number): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, Json>).map(([key, item]) => [random(), key, shuffled(item, random)] as const);
  return Object.fromEntries(entries.sort((a, b) => a[0] - b[0]).map(([, key, item]) => [key, item]));
};

test('the order of keys makes no difference', async () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647);
  const snapshot = async (value: Json): Promise<string> => {
    const { lowered, document } = await lowerText(JSON.stringify(value));
    const shapes = lowered?.operations.map(({ shape }) => shape);
    const text = JSON.stringify([shapes, [...(lowered?.schemas.values() ?? [])]], (_, item: unknown) => (item instanceof Map ? [...item] : item));
    return text + JSON.stringify(document && publish(document).document);
  };
  const want = await snapshot(sample);
  for (let round = 0; round < 10; round++) expect(await snapshot(shuffled(sample, random))).toBe(want);
});

test('a chain of references that each stand on the way to the next is given up, not followed without end', async () => {
  const links = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`S${n}`, { $ref: `#/components/schemas/S${n + 1}/properties` }]));
  const { diagnostics } = await lowerText(documentOf('3.1.0', { paths: { '/a': { get: { responses: { 200: { $ref: '#/components/schemas/S0/x' } } } } }, components: { schemas: { ...links, S3000: {} } } }));
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['reference/unresolved']));
});
