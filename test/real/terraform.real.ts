import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../corpus/outcomes.js';
import { root } from '../support/cli.js';
import { compileCorpus, compileSpec, filesOf, hasCorpus } from '../support/compile.js';
import { temporary } from '../support/generated.js';
import { meaningOf } from '../support/inventory.js';

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

/** A configuration as one module of a greater one, so that the provider's schemas are read once for all of them. */
const asModule = (name: string, files: ReadonlyMap<string, string>): string => {
  const needed = [...(files.get('infra/variables.tf') ?? '').matchAll(/^variable "(\w+)" \{\n([^]*?)\n\}$/gm)].filter(([, , body]) => !/^ {2}default +=/m.test(body ?? ''));
  const [stage = 'dev'] = [...files.keys()].flatMap((path) => /^infra\/(.*)\.tfvars$/.exec(path)?.[1] ?? []);
  const given = needed.map(([, variable, body]) => `  ${variable} = ${/type += list/.test(body ?? '') ? '["given"]' : `"${variable === 'stage' ? stage : 'given'}"`}\n`);
  return `module "${name}" {\n  source = "./${name}/infra"\n${given.join('')}}\n`;
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
    await judged('specs', await Promise.all(specs.map(async (name) => [name, filesOf(await compileSpec(name))] as const)));
  });

  it.runIf(hasCorpus)('real descriptions', async () => {
    const documents = outcomes.filter(([, outcome]) => outcome === 'builds').map(([document]) => document);
    await judged('corpus', await Promise.all(documents.map(async (document) => [document.replace(/\W+/g, '-'), filesOf(await compileCorpus(document))] as const)));
  });
});

describe.runIf(hasTerraform && existsSync(tfCheck))('an emulated account takes, does not change a second time, and gives up', () => {
  const run = (program: string, words: readonly string[]): string => {
    const result = join(folder, `${words[0]?.replace(/\W+/g, '-')}.json`);
    const { status, stdout, stderr } = spawnSync('python3', [program, ...words, '--json', result], { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ...(mirror === undefined ? {} : { TF_PLUGIN_DIR: mirror }) } });
    expect(status, `${stdout}${stderr}`.slice(-4000)).toBe(0);
    return readFileSync(result, 'utf8');
  };

  it.each(['claims', 'table'])('specs/%s, and has from SAM the same API', async (name) => {
    const files = filesOf(await compileSpec(name));
    const deployed = meaningOf(run(tfCheck, [configurationIn(`${name}-account`, files)]));
    const template = join(folder, name, 'template.yaml');
    mkdirSync(dirname(template), { recursive: true });
    writeFileSync(template, files.get('infra/template.yaml') ?? '');
    expect(deployed).toEqual(meaningOf(run(resolve(root, '../shared/toolchain/sam-check'), [template])));
  });
});
