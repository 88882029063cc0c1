import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../src/base/json.js';
import { contractTests } from '../../generators/contract-tests/index.js';
import { chooseEmitters } from '../../src/cli/emitters.js';
import { runtimeSources, suiteSources } from '../../src/cli/project.js';
import { compile } from '../../src/compile.js';
import { gatewright, root, scratch } from '../support/cli.js';
import { compileAll, corpus, digest, filesOf, hasCorpus } from '../support/compile.js';
import { sample } from '../hostile/sample.js';

const read = (path: string): Json => load(readFileSync(path, 'utf8')) as Json;
const specs = ['claims', 'table', 'composition', 'parameters'];
const documents: readonly (readonly [string, () => Json])[] = [
  ['the sample with something of everything', () => sample],
  ...specs.map((name) => [`specs/${name}`, () => read(join(root, 'specs', name, 'openapi.yaml'))] as const),
  ...(hasCorpus ? [['the museum of the corpus', () => read(join(corpus, 'museum/openapi.yaml'))] as const] : []),
];

const shuffled = (value: Json, random: () => number): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, Json>).map(([key, item]) => [random(), key, shuffled(item, random)] as const);
  return Object.fromEntries(entries.sort((a, b) => a[0] - b[0]).map(([, key, item]) => [key, item]));
};
const seeded = (seed: number) => (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;

const built = async (text: string): Promise<Map<string, string>> => filesOf(await compileAll({ stdin: text }));

describe.each(documents)('%s: the same bytes', (_, document) => {
  it('twice, with keys in any order, in JSON and in YAML', async () => {
    const value = document();
    const files = await built(JSON.stringify(value));
    expect(files.size).toBeGreaterThan(20);
    const want = digest(files);
    expect(digest(await built(JSON.stringify(value)))).toBe(want);
    expect(await built(stringify(value, { aliasDuplicateObjects: false }))).toEqual(files);
    for (const seed of [1, 2, 3]) expect(await built(JSON.stringify(shuffled(value, seeded(seed))))).toEqual(files);
  });
});

describe('a document in several files', () => {
  const elsewhere = (value: unknown, from: string, to: string): Json => JSON.parse(JSON.stringify(value).replaceAll(`"#${from}`, `"${to}`)) as Json;
  const filesOfMany = async (files: Record<string, unknown>): Promise<Map<string, string>> => {
    const folder = scratch();
    for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), JSON.stringify(content));
    return filesOf(await compileAll('openapi.json', { cwd: folder }));
  };
  const parts = (document: Json) => document as { readonly paths: Record<string, Json>; readonly components: { readonly schemas: Record<string, Json> } };

  it('gives the same bytes as in one, where its components name what is elsewhere', async () => {
    const { paths, components } = parts(sample);
    expect(await filesOfMany({
      'openapi.json': {
        ...parts(sample), paths: { ...paths, '/loans/{loanId}': { $ref: 'loan.json' } },
        components: { ...components, schemas: Object.fromEntries(Object.keys(components.schemas).map((name) => [name, { $ref: `schemas.json#/${name}` }])) },
      },
      'loan.json': elsewhere(paths['/loans/{loanId}'], '/components/', 'openapi.json#/components/'),
      'schemas.json': elsewhere(components.schemas, '/components/schemas/', '#/'),
    })).toEqual(await filesOfMany({ 'openapi.json': sample }));
  });

  it('gives the same bytes as in one, where only operations name what is elsewhere', async () => {
    const claims = read(join(root, 'specs/claims/openapi.yaml'));
    const { components, ...rest } = parts(claims);
    expect(await filesOfMany({
      'openapi.json': elsewhere({ ...rest, components: { ...components, schemas: {} } }, '/components/schemas/', 'schemas.json#/'),
      'schemas.json': elsewhere(components.schemas, '/components/schemas/', '#/'),
    })).toEqual(await filesOfMany({ 'openapi.json': claims }));
  });
});

describe('a change of one operation', () => {
  const claims = readFileSync(join(root, 'specs/claims/openapi.yaml'), 'utf8');
  const touched = async (from: string, to: string): Promise<readonly string[]> => {
    expect(claims).toContain(from);
    const [before, after] = [await built(claims), await built(claims.replace(from, to))];
    expect([...before.keys()]).toEqual([...after.keys()]);
    return [...after].flatMap(([path, text]) => (before.get(path) === text ? [] : [path]));
  };
  it('touches its own files, and those that list all operations', async () => {
    expect(await touched('format: uuid', 'maxLength: 40')).toEqual([
      'generated/model.json', 'generated/openapi.json', 'generated/validators/get-claim.js', 'test/contract/get-claim.test.ts', 'test/contract/support/api.ts',
    ]);
  });
  it('touches nothing where only a comment or the layout changes', async () => {
    expect(await touched('      operationId: getClaim\n', '      # read often\n\n      operationId:   "getClaim"\n')).toEqual([]);
  });
});

describe('a document so large that a thread of its own makes its tests', () => {
  const operation = (index: number): Json => ({
    operationId: `putThing${index}`,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
    // The name is a property like any other, whatever a prototype is.
    requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: JSON.parse('{"__proto__":{"type":"integer"},"size":{"type":"integer","minimum":-0}}') as Json } } } },
    responses: { 204: { description: 'Put.' } },
  });
  const large = { openapi: '3.1.0', info: { title: 'Large', version: '1' }, security: [], paths: Object.fromEntries(Array.from({ length: 220 }, (_, index) => [`/things${index}/{id}`, { put: operation(index) }])) };

  it('is built to what is made in one thread', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'large.json'), JSON.stringify(large));
    const files = filesOf(await compile('large.json', { cwd: folder, allowRoots: [], allowHosts: [], overlays: [], emitters: await chooseEmitters([], folder), runtime: runtimeSources(), suite: suiteSources() }));
    expect(gatewright(['build', 'large.json', '--out', 'out'], { cwd: folder }).code).toBe(0);
    expect([...files.keys()].filter((path) => path.endsWith('.test.ts')).length).toBeGreaterThan(220);
    for (const [path, content] of files) expect(readFileSync(join(folder, 'out', path), 'utf8'), path).toBe(content);
  });

  it.each([
    ['nothing can be read of', 'x'.repeat(1_200_000)],
    ['is wrong', JSON.stringify({ ...large, info: { ...large.info, description: 'x'.repeat(1_200_000) }, paths: { ...large.paths, '/broken': { get: { responses: { 200: { $ref: '#/none' } } } } } })],
  ])('ends, with nothing written, where the document %s', (_, text) => {
    const folder = scratch();
    writeFileSync(join(folder, 'large.json'), text);
    expect(gatewright(['build', 'large.json', '--out', 'out'], { cwd: folder }).code).toBe(1);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('says what went wrong in that thread as a fault of its own', async () => {
    const settings = { root: 'large.json', moved: new Map(), runtime: new Map(), suite: suiteSources(), targets: [] };
    const { EmitApart } = (await import(join(root, 'dist/src/cli/emit-apart.js'))) as typeof import('../../src/cli/emit-apart.js');
    const { api } = await compileAll({ stdin: JSON.stringify(large) });
    if (!api) throw new Error('nothing was understood');
    const broken = { ...api, schemes: undefined as unknown as typeof api.schemes };
    await expect(new EmitApart(0).run(contractTests, broken, settings)).rejects.toThrow(TypeError);
  });
});

describe('what says the same in other words', () => {
  const claims = readFileSync(join(root, 'specs/claims/openapi.yaml'), 'utf8');
  const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] => [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path)).sort();

  it('a schema that nothing uses is published, and nothing else', async () => {
    const more = claims.replace('\n    Claim:\n', '\n    Unused: { type: object, properties: { n: { type: integer } } }\n    Claim:\n');
    expect(more).not.toBe(claims);
    expect(differing(await built(claims), await built(more))).toEqual(['generated/openapi.json']);
  });

  it('a schema of another name is the same under that name', async () => {
    const renamed = await built(claims.replaceAll('NewClaim', 'NewClaix'));
    const back = new Map([...renamed].map(([path, text]) => [path.replace('new-claix', 'new-claim'), text.replaceAll('NewClaix', 'NewClaim').replaceAll('new-claix', 'new-claim')]));
    expect(differing(await built(claims), back)).toEqual([]);
    expect(differing(await built(claims), renamed).length).toBeGreaterThan(3);
  });

  it('OpenAPI 3.0 and 3.1 differ in the description that is published alone', async () => {
    const document = (version: string, schema: Json): string => JSON.stringify({
      openapi: version, info: { title: 'Things', version: '1' }, security: [],
      paths: { '/things': { get: {
        operationId: 'listThings', parameters: [{ name: 'above', in: 'query', schema: version.startsWith('3.0') ? { type: 'integer', minimum: 0, exclusiveMinimum: true } : { type: 'integer', exclusiveMinimum: 0 } }],
        responses: { 200: { description: 'All.', content: { 'application/json': { schema } } } },
      } } },
    });
    const older = document('3.0.3', { type: 'object', properties: { note: { type: 'string', nullable: true, example: 'a note' }, size: { type: 'number', maximum: 5, exclusiveMaximum: true } } });
    const newer = document('3.1.0', { type: 'object', properties: { note: { type: ['string', 'null'], examples: ['a note'] }, size: { type: 'number', exclusiveMaximum: 5 } } });
    // Places of keywords that one of the two has, and the other not, stand in the model.
    expect(differing(await built(older), await built(newer)).filter((path) => path !== 'generated/model.json')).toEqual(['generated/openapi.json']);
  });
});

describe('standard input', () => {
  it('gives what the file gives, but for its name', () => {
    const [folder, spec] = [scratch(), join(root, 'specs/claims/openapi.yaml')];
    gatewright(['build', spec, '--out', join(folder, 'file')]);
    gatewright(['build', '-', '--out', join(folder, 'stdin')], { input: readFileSync(spec, 'utf8') });
    for (const path of ['infra/template.yaml', 'generated/contract/get-claim.ts', 'generated/openapi.json', 'handlers/get-claim.ts']) {
      const plain = (which: string): string => readFileSync(join(folder, which, path), 'utf8').replace(/<stdin>|openapi\.yaml/g, 'SPEC');
      expect(plain('stdin'), path).toBe(plain('file'));
    }
  });
});
