import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { generators } from '../../generators/index.js';
import { layout } from '../../src/emit/layout.js';
import { root } from '../support/cli.js';
import { compileSpec, filesOf } from '../support/compile.js';

const fixtures = join(root, 'out-fixtures');
const update = process.env['UPDATE_GOLDEN'] === '1';
const specs = readdirSync(join(root, 'specs')).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml'))).sort();

const targets = generators.filter(({ runs }) => runs === 'target').map(({ name }) => name).sort();

/** What is the same for every document is kept once, with the first of them. */
const common = (path: string): boolean => path.startsWith('generated/runtime/') || (path.startsWith('test/contract/support/') && path !== layout.contractApi) || ['tsconfig.json', layout.testCompilerOptions, layout.testConfig].includes(path);

const filesBelow = (folder: string): string[] => !existsSync(folder) ? [] : readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/')).sort();

/** What a build for one target gives; but for `infra/`, every target gives the same, which is kept with the first. */
const expected = async (name: string, target: string): Promise<Map<string, string>> => {
  const emitters = generators.filter((generator) => generator.runs === 'always' || generator.name === target);
  const files = filesOf(await compileSpec(name, { emitters }));
  return new Map([...files].filter(([path]) => (target === targets[0] ? name === specs[0] || !common(path) : path.startsWith('infra/'))));
};

describe('the output is byte for byte what out-fixtures has', () => {
  it.each(specs.flatMap((name) => targets.map((target) => [name, target] as const)))('%s for %s', async (name, target) => {
    const folder = join(fixtures, name, target);
    const files = await expected(name, target);
    if (update) {
      rmSync(folder, { recursive: true, force: true });
      for (const [path, content] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    }
    expect(filesBelow(folder), 'UPDATE_GOLDEN=1 writes them anew').toEqual([...files.keys()].sort());
    for (const [path, content] of files) expect(content, path).toBe(readFileSync(join(folder, path), 'utf8'));
  });

  afterAll(() => {
    if (!update) return;
    for (const entry of readdirSync(fixtures, { withFileTypes: true })) if (entry.isDirectory() && !specs.includes(entry.name)) rmSync(join(fixtures, entry.name), { recursive: true });
  });

  it('and nothing that no spec gives', () => {
    const kept = existsSync(fixtures) ? readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];
    expect(kept.filter((name) => !specs.includes(name))).toEqual([]);
  });
});
