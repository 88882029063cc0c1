import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { gatewright, scratch } from '../support/cli.js';

const document = `openapi: 3.1.0
info: { title: T, version: '1' }
security: []
paths:
  /a:
    get:
      operationId: getA
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: 'shared.yaml#/A' } } } } }
`;
const overlay = `overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n  - target: $.paths['/a'].get\n    update: { x-gateway: { timeout: 5s } }\n`;

let store: string;
let first: string;
const checkout = (): string => {
  const folder = scratch();
  writeFileSync(join(folder, 'openapi.yaml'), document);
  writeFileSync(join(folder, 'shared.yaml'), 'A: { type: object, requierd: [n], properties: { n: { type: integer } } }\n');
  writeFileSync(join(folder, 'overlay.yaml'), overlay);
  writeFileSync(join(folder, 'gatewright.config.yaml'), `spec: openapi.yaml\nout: api\noverlay: overlay.yaml\ncache: ${JSON.stringify(store)}\n`);
  return folder;
};
const build = (cwd: string, ...flags: readonly string[]) => gatewright(['build', ...flags], { cwd });
const results = (): readonly string[] => readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json.gz')).map((name) => join(store, name));
const schemas = (cwd: string): string => readFileSync(join(cwd, 'api/generated/schemas.ts'), 'utf8');
/** Makes what the store has recognisable. */
const mark = (): void => {
  for (const path of results()) writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)).toString('utf8').replaceAll('n?: number', 'n?: 42')));
};

beforeEach(() => {
  store = join(scratch(), 'store');
  first = checkout();
  expect(build(first).code).toBe(0);
  expect(results()).toHaveLength(1);
});

describe('a store of results', () => {
  it('gives another checkout what the first one made, and says what the first one said', () => {
    const [again, alone] = [checkout(), checkout()];
    writeFileSync(join(alone, 'gatewright.config.yaml'), 'spec: openapi.yaml\nout: api\noverlay: overlay.yaml\n');
    const [stored, fresh] = [build(again), build(alone)];
    expect(stored).toEqual(fresh);
    expect(stored.err).toMatch(/warning\[.*\n.*shared\.yaml:1/);
    for (const path of readdirSync(join(alone, 'api'), { recursive: true, withFileTypes: true })) {
      if (!path.isFile() || path.name === 'inputs.json') continue;
      const file = join(path.parentPath, path.name);
      expect(readFileSync(file.replace(alone, again), 'utf8'), file).toBe(readFileSync(file, 'utf8'));
    }
    const third = checkout();
    mark();
    build(third);
    expect(schemas(third)).toContain('n?: 42');
  });

  it('has what was built before a change that was taken back', () => {
    const shared = join(first, 'shared.yaml');
    const before = readFileSync(shared, 'utf8');
    mark();
    writeFileSync(shared, before.replace('integer', 'boolean'));
    expect(build(first).code).toBe(0);
    expect(schemas(first)).toContain('n?: boolean');
    writeFileSync(shared, before);
    expect(build(first).code).toBe(0);
    expect(schemas(first)).toContain('n?: 42');
  });

  it.each<[string, (cwd: string) => readonly string[]]>([
    ['the document', (cwd) => (writeFileSync(join(cwd, 'openapi.yaml'), document.replace("'1'", "'2'")), [])],
    ['an overlay', (cwd) => (writeFileSync(join(cwd, 'overlay.yaml'), overlay.replace('5s', '6s')), [])],
    ['a target', () => ['--target', 'terraform']],
    ['a rule', (cwd) => (writeFileSync(join(cwd, 'gatewright.config.yaml'), `${readFileSync(join(cwd, 'gatewright.config.yaml'), 'utf8')}rules: { auth/open: { level: note, reason: Everybody may. } }\n`), [])],
  ])('makes anew what depends on something else: %s', (_, change) => {
    mark();
    const cwd = checkout();
    expect(build(cwd, ...change(cwd)).code).toBe(0);
    expect(schemas(cwd)).toContain('n?: number');
  });

  it.each<[string, () => void]>([
    ['half a result', () => { for (const path of results()) writeFileSync(path, readFileSync(path).subarray(0, 100)); }],
    ['no result', () => { for (const path of results()) rmSync(path); }],
    ['a file where it should be', () => { rmSync(store, { recursive: true }); writeFileSync(store, ''); }],
  ])('is no hindrance with %s', (_, harm) => {
    harm();
    const cwd = checkout();
    expect(build(cwd).code).toBe(0);
    expect(schemas(cwd)).toContain('n?: number');
  });

  it('keeps nothing of a document with errors', () => {
    const cwd = checkout();
    writeFileSync(join(cwd, 'shared.yaml'), 'A: { type: nothing }\n');
    expect(build(cwd).code).toBe(1);
    expect(results()).toHaveLength(1);
  });

  it('holds the last twenty results of a document', () => {
    const [made = ''] = results();
    for (let age = 1; age <= 25; age++) {
      const path = join(dirname(made), `older${age}.json.gz`);
      writeFileSync(path, '');
      utimesSync(path, new Date(), new Date(Date.now() - age * 60_000));
    }
    const cwd = checkout();
    writeFileSync(join(cwd, 'shared.yaml'), 'A: { type: object, properties: { n: { type: boolean } } }\n');
    expect(build(cwd).code).toBe(0);
    expect(results()).toHaveLength(20);
    expect(results()).toContain(made);
    expect(results().filter((path) => path.includes('older'))).toHaveLength(18);
  });

  it('serves several documents that are built side by side', () => {
    const monorepo = (): string => {
      const folder = scratch();
      for (const name of ['a', 'b']) {
        mkdirSync(join(folder, name));
        cpSync(join(first, 'openapi.yaml'), join(folder, name, 'openapi.yaml'));
        cpSync(join(first, 'shared.yaml'), join(folder, name, 'shared.yaml'));
      }
      writeFileSync(join(folder, 'gatewright.config.yaml'), `specs: ['*/openapi.yaml']\ncache: ${JSON.stringify(store)}\n`);
      return folder;
    };
    const [one, other] = [monorepo(), monorepo()];
    expect(build(one).code).toBe(0);
    mark();
    expect(build(other).code).toBe(0);
    for (const name of ['a', 'b']) expect(readFileSync(join(other, name, 'out/generated/schemas.ts'), 'utf8')).toContain('n?: 42');
  });
});
