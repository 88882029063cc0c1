import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../corpus/outcomes.js';
import { root } from '../support/cli.js';
import { compileCorpus, compileSpec, filesOf, hasCorpus } from '../support/compile.js';
import { temporary } from '../support/generated.js';
import { asModule, mirror } from '../support/terraform.js';

const hasTerraform = spawnSync('terraform', ['version']).status === 0 && mirror !== undefined;

if (!hasTerraform) {
  if (process.env['CI'] === 'true') throw new Error('terraform and a mirror of its AWS provider (TF_PLUGIN_DIR) are needed');
  console.warn('terraform, or a mirror of its AWS provider (TF_PLUGIN_DIR), is not there: no configuration is judged.');
}

const folder = temporary();
const below = (place: string): string[] => readdirSync(join(root, 'specs', place)).map((name) => join(place, name)).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));
const specs = [...below(''), ...below('patterns')];

/** One set of unpacked providers for all folders. */
const terraform = (cwd: string, ...words: readonly string[]) =>
  spawnSync('terraform', words, { cwd, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, TF_DATA_DIR: join(folder, 'data'), TF_IN_AUTOMATION: '1' } });

const configurationIn = (name: string, files: ReadonlyMap<string, string>): string => {
  const output = join(folder, name, 'infra');
  mkdirSync(output, { recursive: true });
  for (const [path, content] of files) if (dirname(path) === 'infra' && /\.(?:tf|tfvars)$/.test(path)) writeFileSync(join(folder, name, path), content);
  return output;
};

describe.runIf(hasTerraform)('terraform has no complaint of the configurations of', () => {
  const judged = async (title: string, configurations: readonly (readonly [name: string, files: ReadonlyMap<string, string>])[]): Promise<void> => {
    const whole = join(folder, title);
    for (const [name, files] of configurations) configurationIn(join(title, name), files);
    expect(terraform(whole, 'fmt', '-check', '-diff', '-recursive', '-no-color').stdout).toBe('');
    writeFileSync(join(whole, 'main.tf'), configurations.map(([name, files]) => asModule(name, files)).join(''));
    const initialised = terraform(whole, 'init', '-backend=false', '-input=false', '-no-color', `-plugin-dir=${mirror}`);
    expect(initialised.status, initialised.stderr).toBe(0);
    const { stdout, stderr } = terraform(whole, 'validate', '-json');
    expect((JSON.parse(stdout || '{}') as { diagnostics?: readonly unknown[] }).diagnostics, stderr).toEqual([]);
  };

  it('specs/', async () => {
    await judged('specs', await Promise.all(specs.map(async (name) => [name.replace(/\W+/g, '-'), filesOf(await compileSpec(name))] as const)));
  });

  it.runIf(hasCorpus)('real descriptions', async () => {
    const documents = outcomes.filter(([, outcome]) => outcome === 'builds').map(([document]) => document);
    await judged('corpus', await Promise.all(documents.map(async (document) => [document.replace(/\W+/g, '-'), filesOf(await compileCorpus(document))] as const)));
  });
});
