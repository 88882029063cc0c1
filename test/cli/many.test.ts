import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, scratch } from '../support/cli.js';

const document = (name: string, timeout = '5s'): string => `openapi: 3.1.0
info: { title: ${name}, version: '1' }
security: []
paths:
  /${name}:
    get:
      operationId: get-${name}
      responses: { '200': { description: ok } }
      x-gateway: { timeout: ${timeout} }
`;

/** A repository of services, each with its document. */
const repository = (services: readonly string[], config: string): string => {
  const folder = scratch();
  for (const name of services) {
    mkdirSync(join(folder, 'services', name), { recursive: true });
    writeFileSync(join(folder, 'services', name, 'openapi.yaml'), document(name));
  }
  writeFileSync(join(folder, 'gatewright.config.yaml'), config);
  return folder;
};
const filesOf = (folder: string): ReadonlyMap<string, string> => new Map(readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).map((path) => [path, `${statSync(path).mtimeMs} ${readFileSync(path, 'utf8')}`]));

const pattern = "specs: ['services/*/openapi.yaml']\n";
const names = ['alpha', 'beta', 'delta', 'gamma'];

describe('a pattern in the configuration', () => {
  const folder = repository(names, pattern);
  const first = gatewright(['build'], { cwd: folder });

  it('builds each document that it matches into its own folder, told in order, with one summary', () => {
    expect(first.code).toBe(0);
    expect(first.out.split('\n').filter((line) => line.startsWith('services/')).map((line) => line.split(':')[0])).toEqual(names.map((name) => `services/${name}/out`));
    expect(first.err).toContain('4 documents: 4 written, 0 up to date.');
  });

  it('touches nothing when nothing has changed, not even a time', () => {
    const before = filesOf(folder);
    const { code, err } = gatewright(['build'], { cwd: folder });
    expect([code, err]).toEqual([0, expect.stringContaining('4 documents: 0 written, 4 up to date.')]);
    expect(filesOf(folder)).toEqual(before);
  });

  it('builds what has changed alone', () => {
    const before = filesOf(folder);
    writeFileSync(join(folder, 'services/beta/openapi.yaml'), document('beta', '7s'));
    expect(gatewright(['build'], { cwd: folder }).err).toContain('4 documents: 1 written, 3 up to date.');
    const touched = [...filesOf(folder)].filter(([path, state]) => before.get(path) !== state).map(([path]) => path);
    expect(touched.length).toBeGreaterThan(1);
    expect(touched.filter((path) => !path.startsWith(join(folder, 'services/beta/')))).toEqual([]);
  });

  it('gives the same bytes as each document built alone', () => {
    const alone = join(folder, 'alone');
    expect(gatewright(['build', 'services/gamma/openapi.yaml', '--out', alone], { cwd: folder }).code).toBe(0);
    const bare = (root: string): Record<string, string> => Object.fromEntries([...filesOf(join(root, 'generated'))].map(([path, state]) => [path.slice(root.length), state.slice(state.indexOf(' '))]));
    expect(bare(join(folder, 'services/gamma/out'))).toEqual(bare(alone));
  });
});

describe('several documents', () => {
  it('fail with the worst of them, in stable order, and the others are built', () => {
    const folder = repository(names, pattern);
    for (const name of ['alpha', 'delta']) writeFileSync(join(folder, 'services', name, 'openapi.yaml'), document(name, 'soon'));
    const runs = [0, 1, 2].map(() => {
      for (const name of names) rmSync(join(folder, 'services', name, 'out'), { recursive: true, force: true });
      return gatewright(['build'], { cwd: folder });
    });
    expect(runs.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(new Set(runs.map(({ err }) => err)).size).toBe(1);
    expect(runs[0]?.err).toMatch(/services\/alpha\/openapi\.yaml[^]*services\/alpha\/out: nothing was written[^]*services\/delta\/openapi\.yaml[^]*4 documents: 2 written, 0 up to date, 2 failed\./);
  });

  it('are one report for a program', () => {
    const folder = repository(names, pattern);
    writeFileSync(join(folder, 'services/delta/openapi.yaml'), document('delta', 'soon'));
    const { code, out } = gatewright(['build', '--format', 'json'], { cwd: folder });
    const report = JSON.parse(out) as { readonly builds: readonly { readonly out: string; readonly failed: boolean }[]; readonly diagnostics: readonly { readonly level: string; readonly file: string; readonly line: number }[] };
    expect(code).toBe(1);
    expect(report.builds.map(({ out: where, failed }) => [where, failed])).toEqual(names.map((name) => [`services/${name}/out`, name === 'delta']));
    expect(report.diagnostics.filter(({ level }) => level === 'error')).toMatchObject([{ file: 'services/delta/openapi.yaml', line: 9 }]);
  });

  it('may differ from the pattern by an entry of their own, and what is no source is left out', () => {
    const folder = repository(names, 'target: terraform\nspecs:\n  - services/*/openapi.yaml\n  - { spec: services/beta/openapi.yaml, out: services/beta/api, target: sam }\n');
    mkdirSync(join(folder, 'services/node_modules'));
    writeFileSync(join(folder, 'services/node_modules/openapi.yaml'), document('installed'));
    expect(gatewright(['build'], { cwd: folder })).toMatchObject({ code: 0, err: expect.stringContaining('4 documents') as string });
    expect(readdirSync(join(folder, 'services/beta')).sort()).toEqual(['api', 'openapi.yaml']);
    expect(readdirSync(join(folder, 'services/beta/api/infra'))).toContain('template.yaml');
    expect(readdirSync(join(folder, 'services/alpha/out/infra'))).toContain('main.tf');
  });

  const refused: readonly [name: string, config: string, want: string][] = [
    ['a pattern that nothing matches', "specs: ['servces/*/openapi.yaml']\n", 'nothing matches `servces/*/openapi.yaml`'],
    ['two documents in one folder', 'specs: [services/alpha/openapi.yaml, services/beta/openapi.yaml]\n', 'would both be built into out'],
    ['an entry without a document', 'specs: [{ out: a }]\n', '`spec` must be the path of a document'],
  ];
  it.each(refused)('refuses %s', (_, config, want) => {
    expect(gatewright(['build'], { cwd: repository(names, config) })).toMatchObject({ code: 2, err: expect.stringContaining(want) as string });
  });

  it('fail under `--check` where one has drifted', () => {
    const folder = repository(names, pattern);
    gatewright(['build'], { cwd: folder });
    appendFileSync(join(folder, 'services/gamma/out/generated/schemas.ts'), '// edited\n');
    expect(gatewright(['build', '--check'], { cwd: folder })).toMatchObject({ code: 1, err: expect.stringContaining('services/gamma/out is out of date') as string });
  });
});
