import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generators } from '../../generators/index.js';
import { catalog } from '../../src/catalog.js';
import { runtimeSources } from '../../src/cli/project.js';
import { compile } from '../../src/compile.js';
import { pageCodes, readPage } from '../../src/diagnostics/pages.js';
import { root } from '../support/cli.js';

/** Targets may share a code: it is the same one. */
const own = [...new Set(generators.flatMap(({ diagnostics = [] }) => diagnostics))];
const codes = [...catalog, ...own].map(({ definition }) => definition.code);
const block = (page: string, heading: string) => /^## (\w+)\n\n```(\w+)\n([\s\S]*?)\n```/m.exec(page.slice(page.indexOf(`## ${heading}`)));
const texts = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? texts(join(folder, entry.name)) : entry.name.endsWith('.ts') ? [readFileSync(join(folder, entry.name), 'utf8')] : []));
const tests = texts(join(root, 'test')).join('\n');

const codesOf = async (text: string): Promise<Set<string>> => {
  const { diagnostics } = await compile({ stdin: text }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: generators, runtime: runtimeSources() });
  return new Set(diagnostics.map(({ code }) => code));
};

describe('the catalog', () => {
  it('has each code once', () => expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]));
  // Pages of changes between two documents are executed in test/diff.
  it('has a page for each code, and no page without one', () => expect(pageCodes().filter((code) => !code.startsWith('diff/')).sort()).toEqual([...codes].sort()));
  it('names codes as group and name', () => expect(codes.filter((code) => !/^[a-z]+\/[a-z0-9-]+$/.test(code))).toEqual([]));
});

describe.each(codes)('%s', (code) => {
  const page = readPage(code) ?? '';
  const [, , language, fails = ''] = block(page, 'Fails') ?? [];
  const [, , , passes = ''] = block(page, 'Passes') ?? [];

  it('has a page in the common form', () => {
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect(page.match(/^## .*$/gm)).toEqual(['## Why it matters', '## Fails', '## Passes', '## How to allow it']);
  });
  if (language === 'yaml') it('is what the failing document brings through the whole compiler, and the passing one does not', async () => {
    expect([...await codesOf(fails)]).toContain(code);
    expect([...await codesOf(passes)]).not.toContain(code);
  });
  else it('is proved by a test that names it', () => {
    expect(tests.includes(`'${code}'`) || tests.includes(`[${code}]`)).toBe(true);
  });
});
