import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root, scratch, specs } from '../support/cli.js';

const npm = (words: readonly string[], cwd: string) => spawnSync('npm', words, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

/** A project that has the packed tarball installed, with the dependencies that are here already. */
const project = scratch();
const installed = join(project, 'node_modules', 'gatewright');

beforeAll(() => {
  const { stdout } = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', project], root);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  mkdirSync(installed, { recursive: true });
  spawnSync('tar', ['-xzf', join(project, filename), '--strip-components=1', '-C', installed]);
  const present = readdirSync(join(root, 'node_modules')).filter((name) => !name.startsWith('.') && name !== 'gatewright');
  for (const name of present) symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  mkdirSync(join(project, 'node_modules', '.bin'));
  symlinkSync('../gatewright/bin/gatewright.js', join(project, 'node_modules', '.bin', 'gatewright'));
  writeFileSync(join(project, 'package.json'), '{ "name": "p", "private": true, "type": "module" }');
});

describe('the packed tarball', () => {
  it('runs as `npx gatewright`', () => {
    const { status, stdout, stderr } = npm(['exec', '--no', '--', 'gatewright', 'build', join(specs, 'claims/openapi.yaml'), '--out', 'api'], project);
    expect(stderr).not.toContain('bug of gatewright');
    expect(status).toBe(0);
    expect(stdout).toContain('api: ');
    expect(existsSync(join(project, 'api/generated/runtime/serve.ts'))).toBe(true);
    expect(npm(['exec', '--no', '--', 'gatewright', 'init', 'fresh'], project).stdout).toContain('.gitignore');
    expect(npm(['exec', '--no', '--', 'gatewright', 'explain', 'auth/mutation-open'], project).stdout).toContain('# auth/mutation-open');
  });

  it('has a door for programs, with types, and the schemas', () => {
    writeFileSync(join(project, 'use.mjs'), "import { compile, features } from 'gatewright'; import { createRequire } from 'node:module'; console.log(typeof compile, Object.keys(features).length > 40, createRequire(import.meta.url)('gatewright/schema.json').title);");
    expect(spawnSync(process.execPath, ['use.mjs'], { cwd: project, encoding: 'utf8' }).stdout).toBe('function true OpenAPI with x-gateway\n');
    writeFileSync(join(project, 'mine.ts'), "import type { Emitter } from 'gatewright';\nconst mine: Emitter = { name: 'mine', summary: 'm', runs: 'target', emit: (api) => [{ path: 'm.txt', ownership: 'generated', content: api.title }] };\nexport default mine;\n");
    const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', '', 'mine.ts'], { cwd: project, encoding: 'utf8' });
    expect(tsc.stdout).toBe('');
  });

  it('carries what it needs and nothing else', () => {
    const { files } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toContain('dist');
    expect(readdirSync(installed).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'bin', 'ci', 'dist', 'docs', 'package.json', 'schema', 'src', 'templates']);
    expect(readdirSync(join(installed, 'src')).sort()).toEqual(['integrations', 'runtime', 'suite']);
    expect(readdirSync(join(installed, 'src/integrations/queue'))).toEqual(['explain.md']);
  });
});
