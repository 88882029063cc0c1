import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../src/base/json.js';
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
  /** The same content, its schemas and one path elsewhere. */
  const split = (value: Record<string, Json>): Record<string, Json> => {
    const components = value['components'] as Record<string, Json>;
    const paths = value['paths'] as Record<string, Json>;
    const schemas = components['schemas'] as Record<string, Json>;
    const moved = JSON.parse(JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/')) as Json;
    return {
      'openapi.json': { ...value, paths: { ...paths, '/loans/{loanId}': { $ref: 'loan.json' } }, components: { ...components, schemas: Object.fromEntries(Object.keys(schemas).map((name) => [name, { $ref: `schemas.json#/${name}` }])) } },
      'loan.json': JSON.parse(JSON.stringify(paths['/loans/{loanId}']).replaceAll('#/components/', 'openapi.json#/components/')) as Json,
      'schemas.json': moved,
    };
  };
  it('means what it means in one: only places differ', async () => {
    const folder = scratch();
    for (const [path, content] of Object.entries(split(sample as Record<string, Json>))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(content));
    }
    writeFileSync(join(folder, 'whole.json'), JSON.stringify(sample));
    const inOne = filesOf(await compileAll('whole.json', { cwd: folder }));
    const inMany = filesOf(await compileAll('openapi.json', { cwd: folder }));
    expect([...inMany.keys()]).toEqual([...inOne.keys()]);
    const withoutPlaces = (text = ''): string => text.replace(/(?:whole|openapi|loan|schemas)\.json(?:#[^\s"]*)?/g, 'PLACE');
    for (const path of inOne.keys()) if (path !== 'generated/openapi.json') expect(withoutPlaces(inMany.get(path)), path).toBe(withoutPlaces(inOne.get(path)));
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
