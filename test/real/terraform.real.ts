import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcomes } from '../corpus/outcomes.js';
import { root } from '../support/cli.js';
import { compileCorpus, compileSpec, filesOf, hasCorpus } from '../support/compile.js';
import { temporary } from '../support/generated.js';

/** A folder of providers, as `terraform providers mirror` makes it: in a place of the user's, or of the machine's. */
const findMirror = (): string | undefined => {
  const below = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  const places = [process.env['TF_PLUGIN_DIR'] ?? '', join(homedir(), '.terraform.d/plugins'), '/usr/local/share/terraform/plugins', ...below('/opt')];
  return places.find((place) => place !== '' && existsSync(join(place, 'registry.terraform.io/hashicorp/aws')));
};
const mirror = findMirror();
const hasTerraform = spawnSync('terraform', ['version']).status === 0 && mirror !== undefined;
const tfCheck = resolve(root, '../shared/toolchain/tf-check');

if (!hasTerraform) {
  if (process.env['CI'] === 'true') throw new Error('terraform and a mirror of its AWS provider (TF_PLUGIN_DIR) are needed');
  console.warn('terraform, or a mirror of its AWS provider (TF_PLUGIN_DIR), is not there: no configuration is judged.');
}

const folder = temporary();
const specs = readdirSync(join(root, 'specs')).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));

/** One set of unpacked providers for all folders. */
const terraform = (cwd: string, ...words: readonly string[]) =>
  spawnSync('terraform', words, { cwd, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, TF_DATA_DIR: join(folder, 'data'), TF_IN_AUTOMATION: '1' } });

const configurationIn = (name: string, files: ReadonlyMap<string, string>): string => {
  const output = join(folder, name, 'infra');
  mkdirSync(output, { recursive: true });
  for (const [path, content] of files) if (dirname(path) === 'infra' && /\.(?:tf|tfvars)$/.test(path)) writeFileSync(join(folder, name, path), content);
  return output;
};

describe.runIf(hasTerraform)('terraform has no complaint of the configuration of', () => {
  const lockFile = '.terraform.lock.hcl';
  beforeAll(async () => {
    const first = configurationIn('first', filesOf(await compileSpec('claims')));
    const { status, stderr } = terraform(first, 'init', '-backend=false', '-input=false', `-plugin-dir=${mirror}`);
    expect(status, stderr).toBe(0);
  });

  const judged = (name: string, files: ReadonlyMap<string, string>): void => {
    const output = configurationIn(name, files);
    copyFileSync(join(folder, 'first/infra', lockFile), join(output, lockFile));
    expect(terraform(output, 'fmt', '-check', '-diff', '-no-color').stdout).toBe('');
    const { stdout, stderr } = terraform(output, 'validate', '-json');
    const { diagnostics } = JSON.parse(stdout || '{}') as { diagnostics?: readonly unknown[] };
    expect(diagnostics, stderr).toEqual([]);
  };

  it.each(specs)('specs/%s', async (name) => judged(name, filesOf(await compileSpec(name))));
  it.runIf(hasCorpus).each(outcomes.filter(([, outcome]) => outcome === 'builds').map(([document]) => document))('%s', async (document) => {
    judged(document.replace(/\W+/g, '-'), filesOf(await compileCorpus(document)));
  });
});

describe.runIf(hasTerraform && existsSync(tfCheck))('an emulated account takes, does not change a second time, and gives up', () => {
  it.each(['claims', 'table'])('specs/%s', async (name) => {
    const output = configurationIn(`${name}-account`, filesOf(await compileSpec(name)));
    const { status, stdout, stderr } = spawnSync('python3', [tfCheck, output], { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ...(mirror === undefined ? {} : { TF_PLUGIN_DIR: mirror }) } });
    expect(status, `${stdout}${stderr}`.slice(-4000)).toBe(0);
  });
});
