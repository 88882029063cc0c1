import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

/** What docs/monorepo.md shows, read from there: what is recommended is what is tried. */
const page = readFileSync(join(root, 'docs/monorepo.md'), 'utf8');
const shown = (name: string): string => new RegExp(`^\`${name.replaceAll('.', '\\.')}\`[^\\n]*\\n\\n\`\`\`\\w+\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1] ?? '';

const folder = scratch();
const tools = join(folder, 'tools');
mkdirSync(tools);
writeFileSync(join(tools, 'package.json'), '{ "private": true }');
const installed = spawnSync('npm', ['install', 'turbo@2.11.11', '--no-audit', '--no-fund', '--silent'], { cwd: tools, encoding: 'utf8', timeout: 180_000 });
const missing = installed.status !== 0 || !existsSync(join(tools, 'node_modules/.bin/turbo'));
if (missing) {
  if (process.env['CI']) throw new Error(`turbo cannot be installed: ${installed.stderr}`);
  console.warn('LEFT OUT: nothing is built under Turborepo, since it cannot be installed here');
}

const repo = join(folder, 'repo');
const services = ['alpha', 'beta'];
const put = (path: string, text: string): void => {
  mkdirSync(join(repo, path, '..'), { recursive: true });
  writeFileSync(join(repo, path), text);
};
const document = (name: string): string => `openapi: 3.1.0
info: { title: ${name}, version: '1' }
security: []
paths:
  /${name}:
    get: { operationId: get-${name}, responses: { '200': { description: ok } } }
`;
const turbo = (): string => {
  const { status, stdout, stderr } = spawnSync(join(tools, 'node_modules/.bin/turbo'), ['run', 'gateway', '--output-logs=new-only', '--no-color'], {
    cwd: repo, encoding: 'utf8', env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  expect([status, stderr]).toEqual([0, expect.anything()]);
  return stdout;
};
const cached = (output: string): string => /Cached:\s+(\d+ cached, \d+ total)/.exec(output)?.[1] ?? output;

describe.skipIf(missing)('under Turborepo', () => {
  it('builds each package once, and what was cached comes back as it was built', () => {
    put('package.json', JSON.stringify({ private: true, packageManager: 'npm@10.8.0', workspaces: ['services/*'] }));
    put('turbo.json', shown('turbo.json'));
    put('.gitignore', shown('.gitignore'));
    for (const name of services) {
      put(`services/${name}/package.json`, JSON.stringify({ ...(JSON.parse(shown('services/alpha/package.json')) as object), name, version: '1.0.0' }));
      put(`services/${name}/gatewright.config.yaml`, shown('services/alpha/gatewright.config.yaml'));
      put(`services/${name}/openapi.yaml`, document(name));
    }
    put('package-lock.json', JSON.stringify({ name: 'repo', lockfileVersion: 3, packages: { '': { workspaces: ['services/*'] }, ...Object.fromEntries(services.flatMap((name) => [[`node_modules/${name}`, { resolved: `services/${name}`, link: true }], [`services/${name}`, { name, version: '1.0.0' }]])) } }));
    mkdirSync(join(repo, 'node_modules/.bin'), { recursive: true });
    symlinkSync(join(root, 'bin/gatewright.js'), join(repo, 'node_modules/.bin/gatewright'));
    const git = (...words: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], { cwd: repo, encoding: 'utf8' });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '-m', 'begin');

    expect(cached(turbo())).toBe('0 cached, 2 total');
    expect(cached(turbo())).toBe('2 cached, 2 total');
  });

  it('gives back a folder that `build --check` and a later build find up to date', () => {
    const api = join(repo, 'services/alpha/api');
    const { files } = JSON.parse(readFileSync(join(api, 'gatewright.lock.json'), 'utf8')) as { readonly files: Readonly<Record<string, { readonly ownership: string }>> };
    const generated = Object.keys(files).filter((path) => files[path]?.ownership === 'generated');
    for (const path of [...generated, 'gatewright.lock.json']) rmSync(join(api, path));
    expect(cached(turbo())).toBe('2 cached, 2 total');
    const checked = gatewright(['build', '--check'], { cwd: join(repo, 'services/alpha') });
    expect([checked.code, checked.out]).toEqual([0, expect.stringContaining('api is up to date')]);
  });

  it('leaves the handlers to their author, whose edits are no reason to build', () => {
    const handler = join(repo, 'services/alpha/api/handlers/get-alpha.ts');
    appendFileSync(handler, '// mine\n');
    rmSync(join(repo, 'services/alpha/api/generated'), { recursive: true });
    expect(cached(turbo())).toBe('2 cached, 2 total');
    expect(readFileSync(handler, 'utf8')).toContain('// mine');
  });

  it('builds what has changed alone', () => {
    appendFileSync(join(repo, 'services/beta/openapi.yaml'), '# changed\n');
    expect(cached(turbo())).toBe('1 cached, 2 total');
  });
});
