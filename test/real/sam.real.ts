import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../corpus/outcomes.js';
import { root } from '../support/cli.js';
import type { Compilation } from '../../src/compile.js';
import { compileCorpus, compileSpec, filesOf, hasCorpus } from '../support/compile.js';
import { temporary } from '../support/generated.js';

const python = (words: readonly string[]) => spawnSync('python3', words, { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, AWS_DEFAULT_REGION: 'eu-west-1' } });
const hasTools = python(['-c', 'import cfnlint, samtranslator, yaml']).status === 0;

if (!hasTools) {
  if (process.env['CI'] === 'true') throw new Error('cfn-lint and aws-sam-translator are needed: pip install cfn-lint aws-sam-translator');
  console.warn('cfn-lint and aws-sam-translator are not installed: no template is judged.');
}

const folder = temporary();

/** The templates of a build, the one that is deployed first. */
const templatesIn = (name: string, files: ReadonlyMap<string, string>): readonly string[] => {
  mkdirSync(join(folder, name, 'infra'), { recursive: true });
  for (const file of files.keys()) {
    // Where the functions' code would be after `npm run build`.
    const entry = /^generated\/entry\/(.+)\.ts$/.exec(file)?.[1];
    if (entry !== undefined) mkdirSync(join(folder, name, 'build', entry), { recursive: true });
  }
  return [...files].filter(([path]) => /^infra\/.*\.yaml$/.test(path)).sort(([path]) => (path === 'infra/template.yaml' ? -1 : 1)).map(([path, content]) => {
    writeFileSync(join(folder, name, path), content);
    return join(folder, name, path);
  });
};

const below = (folder: string): string[] => readdirSync(join(root, 'specs', folder)).map((name) => join(folder, name)).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));
const specs = [...below(''), ...below('patterns')];

const built = hasCorpus ? outcomes.filter(([, outcome]) => outcome === 'builds').map(([document]) => document) : [];

describe.runIf(hasTools)('cfn-lint and the SAM translator', () => {
  const judged = async (documents: readonly string[], compiled: (document: string) => Promise<Compilation>, ...words: readonly string[]): Promise<Record<string, string[]>> => {
    const templates = new Map<string, string>();
    for (const document of documents) for (const path of templatesIn(document.replace(/\W+/g, '-'), filesOf(await compiled(document)))) templates.set(path, document);
    const { stdout, stderr, status } = python([join(import.meta.dirname, 'judge.py'), ...words, ...templates.keys()]);
    if (status !== 0) throw new Error(stderr);
    const complaints: Record<string, string[]> = Object.fromEntries(documents.map((document) => [document, []]));
    for (const [path, found] of Object.entries(JSON.parse(stdout) as Record<string, string[]>)) complaints[templates.get(path) ?? '']?.push(...found);
    return complaints;
  };
  const none = (documents: readonly string[]): Record<string, string[]> => Object.fromEntries(documents.map((document) => [document, []]));

  it('have no complaint of the templates of specs/, nor of what is made of them', async () =>
    expect(await judged(specs, (name) => compileSpec(name), '--thorough')).toEqual(none(specs)));

  it('have no complaint of the templates of real descriptions, and no stack has too many resources', async () =>
    expect(await judged(built, (document) => compileCorpus(document))).toEqual(none(built)));
});
