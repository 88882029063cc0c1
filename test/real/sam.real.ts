import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcomes } from '../corpus/outcomes.js';
import { root } from '../support/cli.js';
import { compileCorpus, compileSpec, filesOf, hasCorpus } from '../support/compile.js';
import { temporary } from '../support/generated.js';

const python = (words: readonly string[]) => spawnSync('python3', words, { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, AWS_DEFAULT_REGION: 'eu-west-1' } });
const hasTools = python(['-c', 'import cfnlint, samtranslator, yaml']).status === 0;
const samCheck = resolve(root, '../shared/toolchain/sam-check');

if (!hasTools) {
  if (process.env['CI'] === 'true') throw new Error('cfn-lint and aws-sam-translator are needed: pip install cfn-lint aws-sam-translator');
  console.warn('cfn-lint and aws-sam-translator are not installed: no template is judged.');
}

/** Complaints that hold, each with its reason. */
const tooLarge: readonly (readonly [complaint: RegExp, reason: string])[] = [[/^E3010 .* more than 500/, 'a function for each operation; the build warns with target/too-many-resources']];
const accepted: Readonly<Record<string, typeof tooLarge>> = {
  'box/openapi.json': tooLarge, 'spotify/fixed-spotify-open-api.yml': tooLarge, 'netlify-20/swagger.yml': tooLarge, 'meilisearch/open-api.json': tooLarge,
};

const folder = temporary();
const templateIn = (name: string, files: ReadonlyMap<string, string>): string => {
  const path = join(folder, name, 'infra/template.yaml');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, files.get('infra/template.yaml') ?? '');
  for (const file of files.keys()) {
    // Where the functions' code would be after `npm run build`.
    const entry = /^generated\/entry\/(.+)\.ts$/.exec(file)?.[1];
    if (entry !== undefined) mkdirSync(join(folder, name, 'dist', entry), { recursive: true });
  }
  return path;
};

const specs = readdirSync(join(root, 'specs')).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));

const built = hasCorpus ? outcomes.filter(([, outcome]) => outcome === 'builds').map(([document]) => document) : [];

describe.runIf(hasTools)('cfn-lint and the SAM translator', () => {
  const complaints = new Map<string, readonly string[]>();
  beforeAll(async () => {
    const paths = new Map<string, string>();
    for (const name of specs) paths.set(templateIn(name, filesOf(await compileSpec(name))), `specs/${name}`);
    for (const document of built) paths.set(templateIn(document.replace(/\W+/g, '-'), filesOf(await compileCorpus(document))), document);
    const { stdout, stderr, status } = python([join(import.meta.dirname, 'judge.py'), ...paths.keys()]);
    if (status !== 0) throw new Error(stderr);
    for (const [path, found] of Object.entries(JSON.parse(stdout) as Record<string, string[]>)) complaints.set(paths.get(path) ?? path, found);
  });

  it.each([...specs.map((name) => `specs/${name}`), ...built])('have no complaint of the template of %s', (name) => {
    const found = complaints.get(name);
    const exceptions = accepted[name] ?? [];
    expect(found?.filter((complaint) => !exceptions.some(([pattern]) => pattern.test(complaint)))).toEqual([]);
    expect(exceptions.filter(([pattern]) => !found?.some((complaint) => pattern.test(complaint))), 'These exceptions are no longer needed.').toEqual([]);
  });
});

describe.runIf(hasTools && existsSync(samCheck))('an emulated account takes the stack of', () => {
  // Not queue: the emulator gives an ordered queue that has no name of its own one that it then refuses.
  it.each(['claims', 'orders', 'workflow', 'uploads', 'topic', 'bus', 'stream'])('specs/%s', async (name) => {
    const { status, stdout, stderr } = python([samCheck, templateIn(`${name}-stack`, filesOf(await compileSpec(name)))]);
    expect(status, `${stdout}${stderr}`.slice(-4000)).toBe(0);
  });
});
