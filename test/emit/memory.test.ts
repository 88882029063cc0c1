import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { same } from '../../src/base/same.js';
import { Memory } from '../../src/emit/memory.js';
import type { LoadOptions } from '../../src/load/options.js';
import { root } from '../support/cli.js';
import { compileAll } from '../support/compile.js';
import { sample } from '../hostile/sample.js';

type Random = () => number;
const seeded = (seed: number): Random => () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
const pick = <Value>(values: readonly Value[], random: Random): Value | undefined => values[Math.floor(random() * values.length)];
type Mutable = Record<string, unknown>;

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const operationsOf = (document: Mutable): { readonly item: Mutable; readonly method: string; readonly operation: Mutable }[] =>
  Object.values(document['paths'] as Record<string, Mutable>).flatMap((item) => methods.flatMap((method) => (item[method] ? [{ item, method, operation: item[method] as Mutable }] : [])));

/** A place below a value, an object or a list with something in it. */
const below = (value: unknown, random: Random): Mutable | unknown[] | undefined => {
  const inner = Object.values(value as object).filter((each) => typeof each === 'object' && each !== null && Object.keys(each as object).length > 0);
  const next = random() < 0.75 ? pick(inner, random) : undefined;
  return next === undefined ? (value as Mutable) : below(next, random);
};

/** What somebody does to a document: a key or an item goes, a value changes, an operation comes from another, or goes. */
const edit = (document: Mutable, random: Random): void => {
  const operations = operationsOf(document);
  const one = pick(operations, random);
  const chance = random();
  if (!one) return;
  if (chance < 0.1 && operations.length > 2) delete one.item[one.method];
  else if (chance < 0.2) {
    const paths = document['paths'] as Record<string, Mutable>;
    const name = `copy${Math.floor(random() * 1e6)}`;
    paths[`/${name}`] = { [one.method]: { ...structuredClone(one.operation), operationId: name, parameters: [] } };
  } else {
    const place = below(chance < 0.3 ? document : one.operation, random);
    const key = pick(Object.keys(place ?? {}), random);
    if (!place || key === undefined || key === 'operationId') return;
    const value = (place as Mutable)[key];
    if (typeof value === 'number') (place as Mutable)[key] = value + 1;
    else if (key === 'description' || key === 'summary') (place as Mutable)[key] = `${String(value)} more`;
    else if (Array.isArray(place)) place.splice(Number(key), 1);
    else delete place[key];
  }
};

const read = (name: string): Json => load(readFileSync(join(root, name, 'openapi.yaml'), 'utf8')) as Json;
/** The same API with all of its paths below one. */
const underV1 = (document: Json): Json => {
  const { paths, ...rest } = document as { readonly paths: Readonly<Record<string, Json>> };
  return { ...rest, paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [`/v1${path}`, item])) };
};

const documents: readonly (readonly [string, string, Json])[] = [
  ['the sample with something of everything', root, sample],
  ['specs/orders, below /v1', join(root, 'specs/orders'), underV1(read('specs/orders'))],
  ...['specs/orders', 'specs/versions', 'specs/workflow', 'specs/composition', 'test/mutation/stays'].map((name) => [name, join(root, name), read(name)] as const),
];

describe.each(documents)('%s', (_, cwd, document) => {
  it('gives, build after build, what a first build gives', async () => {
    let sound = 0;
    for (const seed of [1, 2]) {
      const random = seeded(seed * 7919);
      const memory = new Memory();
      let current = structuredClone(document) as Mutable;
      for (let step = 0; step < 15; step++) {
        const next = structuredClone(current);
        edit(next, random);
        const input = { stdin: JSON.stringify(next) };
        const options = { cwd } satisfies Partial<LoadOptions>;
        const first = await compileAll(input, options);
        const later = await compileAll(input, { ...options, memory });
        expect(later.files?.map(({ path, content, hash, from, signature }) => ({ path, content, hash, from, signature }))).toEqual(first.files?.map(({ path, content, hash, from, signature }) => ({ path, content, hash, from, signature })));
        expect(later.diagnostics).toEqual(first.diagnostics);
        if (first.files) {
          current = next;
          sound++;
        }
      }
    }
    expect(sound).toBeGreaterThan(10);
  });
});

describe('what is the same', () => {
  it.each<readonly [string, unknown, unknown, boolean]>([
    ['numbers, texts and nothing', [1, 'a', null, undefined, true], [1, 'a', null, undefined, true], true],
    ['a number and its text', 1, '1', false],
    ['objects', { a: { b: [1] } }, { a: { b: [1] } }, true],
    ['objects in another order, which is printed', { a: 1, b: 2 }, { b: 2, a: 1 }, false],
    ['an object with a key more', { a: 1 }, { a: 1, b: undefined }, false],
    ['an object and a list', {}, [], false],
    ['a list and one that is longer', [1], [1, 2], false],
    ['maps', new Map([['a', { b: 1 }]]), new Map([['a', { b: 1 }]]), true],
    ['maps with another value', new Map([['a', { b: 1 }]]), new Map([['a', { b: 2 }]]), false],
    ['maps in another order', new Map([['a', 1], ['b', 1]]), new Map([['b', 1], ['a', 1]]), false],
    ['a map and an object', new Map([['a', 1]]), { a: 1 }, false],
    ['things of which nothing is known', new Set([1]), new Set([1]), false],
  ])('%s', (_, one, other, wanted) => {
    expect(same(one, other)).toBe(wanted);
    expect(same(other, one)).toBe(wanted);
  });
});

describe('what one operation says of another elsewhere', () => {
  const object = (properties: Json): Json => ({ 'application/json': { schema: { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' }, ...(properties as Record<string, Json>) } } } });
  const answer = { description: 'The thing.', content: object({}) };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
  const document = (paths: Json): Json => ({
    openapi: '3.1.0', info: { title: 'Things', version: '1' }, security: [],
    paths: {
      '/hosts/{id}': { get: { operationId: 'getHost', parameters: [id], responses: { 200: answer } } },
      '/stays': { post: { operationId: 'addStay', requestBody: { required: true, content: object({ hostId: { type: 'string', format: 'uuid' } }) }, responses: { 201: answer } } },
      ...(paths as Record<string, Json>),
    },
  });
  const makes = { '/hosts': { post: { operationId: 'addHost', requestBody: { required: true, content: object({}) }, responses: { 201: answer } } } };
  it('is not kept once the other is gone', async () => {
    const memory = new Memory();
    const plan = async (value: Json): Promise<string | undefined> => (await compileAll({ stdin: JSON.stringify(value) }, { memory, levels: new Map([['auth/mutation-open', { level: 'off', reason: 'a test' }]]) })).files?.find(({ path }) => path.endsWith('add-stay.test.ts'))?.content;
    expect(await plan(document(makes))).toContain('addHost');
    expect(await plan(document({}))).not.toContain('addHost');
    expect(await plan(document(makes))).toContain('addHost');
  });
  it('is not kept of the root, either, which makes what the first variable names', async () => {
    const memory = new Memory();
    const plan = async (made: string): Promise<string | undefined> => (await compileAll({ stdin: JSON.stringify(document({
      '/': { post: { operationId: 'addThing', requestBody: { required: true, content: object({}) }, responses: { 201: { description: 'The thing.', content: { 'application/json': { schema: { type: 'object', required: [made], properties: { [made]: { type: 'string', format: 'uuid' } } } } } } } } },
      '/{id}': { get: { operationId: 'getThing', parameters: [id], responses: { 200: answer } } },
    })) }, { memory, levels: new Map([['auth/mutation-open', { level: 'off', reason: 'a test' }]]) })).files?.find(({ path }) => path.endsWith('get-thing.test.ts'))?.content;
    expect(await plan('id')).toContain('addThing');
    expect(await plan('other')).not.toContain('addThing');
  });
});
