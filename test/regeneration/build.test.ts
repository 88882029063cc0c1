import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, scratch } from '../support/cli.js';

const document = (ids: Readonly<Record<string, string>>, type = 'integer'): string => JSON.stringify({
  openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [],
  paths: Object.fromEntries(Object.entries(ids).map(([path, operationId]) => [path, { get: { operationId, parameters: [{ name: 'limit', in: 'query', schema: { type } }], responses: { 200: { description: 'Fine.' } } } }])),
});

/** A folder with a document, built once. */
const start = () => {
  const cwd = scratch();
  const describeAs = (ids: Readonly<Record<string, string>>, type?: string): void => writeFileSync(join(cwd, 'openapi.json'), document(ids, type));
  const build = (...flags: string[]) => {
    const { code, out, err } = gatewright(['build', 'openapi.json', '--out', 'api', ...flags], { cwd });
    return { code, out, err, codes: [...err.matchAll(/^\w+\[(output\/[\w-]+)\]/gm)].map(([, found]) => found) };
  };
  const at = (path: string): string => join(cwd, 'api', path);
  describeAs({ '/a': 'getA', '/b': 'getB' });
  expect(build().code).toBe(0);
  return { cwd, describeAs, build, at };
};

describe('a generated file that somebody edited', () => {
  it('is kept with the rest, and shown, until --force', () => {
    const { build, at, describeAs } = start();
    appendFileSync(at('generated/schemas.ts'), '// \u001b[31mmine\n');
    describeAs({ '/a': 'getA', '/b': 'getB', '/c': 'getC' });
    const refused = build();
    expect(refused).toMatchObject({ code: 1, codes: ['output/edited'] });
    expect(refused.err).toContain('-// <U+001B>[31mmine');
    expect(existsSync(at('handlers/get-c.ts'))).toBe(false);
    expect(readFileSync(at('generated/schemas.ts'), 'utf8')).toContain('mine');
    const forced = build('--force');
    expect(forced).toMatchObject({ code: 0, codes: ['output/edit-replaced'] });
    expect(readFileSync(at('generated/schemas.ts'), 'utf8')).not.toContain('mine');
    expect(build('--check').code).toBe(0);
  });

  it('fails --check with the difference, as does a file that nobody generates', () => {
    const { build, at } = start();
    appendFileSync(at('generated/schemas.ts'), '// mine\n');
    writeFileSync(at('generated/contract/old.ts'), '');
    const { code, codes, out } = build('--check');
    expect([code, codes]).toEqual([1, ['output/unknown-file', 'output/drift']]);
    expect(out).toContain('--- generated/schemas.ts');
    expect(out).toContain('-// mine');
  });

  it('is told whole to programs', () => {
    const { build, at } = start();
    appendFileSync(at('generated/schemas.ts'), '// mine\n');
    const { builds } = JSON.parse(build('--format', 'json').out) as { builds: readonly { failed: boolean; differences: readonly { path: string; text: string }[] }[] };
    expect(builds[0]).toMatchObject({ failed: true, differences: [{ path: 'generated/schemas.ts' }] });
    expect(builds[0]?.differences[0]?.text).toContain('-// mine');
  });
});

describe('an operation that was renamed', () => {
  it('gives the developer\'s file its new name when asked, byte for byte', () => {
    const { build, at, describeAs } = start();
    writeFileSync(at('handlers/get-a.ts'), 'my work\r\n');
    describeAs({ '/a': 'fetchA', '/b': 'getB' });
    const told = build();
    expect(told).toMatchObject({ code: 0, codes: ['output/orphan'] });
    expect(told.err).toContain('--move');
    expect(readFileSync(at('handlers/get-a.ts'), 'utf8')).toBe('my work\r\n');
    expect(build('--move')).toMatchObject({ code: 0, codes: ['output/moved'] });
    expect(readFileSync(at('handlers/fetch-a.ts'), 'utf8')).toBe('my work\r\n');
    expect(existsSync(at('handlers/get-a.ts'))).toBe(false);
    expect(build()).toMatchObject({ code: 0, codes: [] });
  });

  it('moves nothing over what the developer has begun anew', () => {
    const { build, at, describeAs } = start();
    writeFileSync(at('handlers/get-a.ts'), 'my work');
    describeAs({ '/a': 'fetchA', '/b': 'getB' });
    build();
    writeFileSync(at('handlers/fetch-a.ts'), 'my new work');
    expect(build('--move').codes).toEqual(['output/orphan']);
    expect([readFileSync(at('handlers/get-a.ts'), 'utf8'), readFileSync(at('handlers/fetch-a.ts'), 'utf8')]).toEqual(['my work', 'my new work']);
  });
});

describe('an operation that is no more', () => {
  it('leaves a stub nobody wrote into, which --prune puts aside', () => {
    const { build, at, describeAs } = start();
    describeAs({ '/a': 'getA' });
    expect(build()).toMatchObject({ code: 0, codes: ['output/orphan'] });
    expect(build('--prune')).toMatchObject({ code: 2 });
    expect(existsSync(at('handlers/get-b.ts'))).toBe(true);
    expect(build('--prune', '--yes')).toMatchObject({ code: 0, codes: ['output/put-aside'] });
    expect([existsSync(at('handlers/get-b.ts')), existsSync(at('.gatewright/pruned/handlers/get-b.ts'))]).toEqual([false, true]);
    expect(build('--check').code).toBe(0);
  });

  it('leaves work of the developer, which nothing puts aside', () => {
    const { build, at, describeAs } = start();
    writeFileSync(at('handlers/get-b.ts'), 'my work');
    describeAs({ '/a': 'getA' });
    expect(build('--prune', '--yes', '--move').codes).toEqual(['output/orphan']);
    expect(readFileSync(at('handlers/get-b.ts'), 'utf8')).toBe('my work');
  });
});

describe('a stub', () => {
  it('is renewed while nobody has written into it', () => {
    const { build, at, describeAs } = start();
    const before = readFileSync(at('handlers/get-b.ts'), 'utf8');
    appendFileSync(at('handlers/get-a.ts'), '// mine\n');
    const mine = readFileSync(at('handlers/get-a.ts'), 'utf8');
    describeAs({ '/a': 'getA', '/b': 'getB' }, 'boolean');
    expect(build()).toMatchObject({ code: 0, codes: ['output/signature-changed'] });
    expect(readFileSync(at('handlers/get-b.ts'), 'utf8')).not.toBe(before);
    expect(readFileSync(at('handlers/get-a.ts'), 'utf8')).toBe(mine);
  });

  it('that stood there before the first build is the developer\'s', () => {
    const cwd = scratch();
    writeFileSync(join(cwd, 'openapi.json'), document({ '/a': 'getA' }));
    mkdirSync(join(cwd, 'api/handlers'), { recursive: true });
    writeFileSync(join(cwd, 'api/handlers/get-a.ts'), 'mine before');
    expect(gatewright(['build', 'openapi.json', '--out', 'api'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'api/handlers/get-a.ts'), 'utf8')).toBe('mine before');
  });
});
