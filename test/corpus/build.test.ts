import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RuleLevel } from '../../src/bind/allowances.js';
import { root } from '../support/cli.js';
import { compileCorpus, errorsOf, filesOf, hasCorpus } from '../support/compile.js';
import { temporary } from '../support/generated.js';
import { alarms, outcomes } from './outcomes.js';

/** Rules that real descriptions break for want of policy: relaxed, so that what is generated can be judged. */
const relaxed = new Map<string, RuleLevel>([['auth/mutation-open', { level: 'warning', reason: 'the description says nothing of callers' }]]);

const folderOf = (document: string): string => document.replace(/\W+/g, '-');

describe.runIf(hasCorpus)('real descriptions, built as they are', () => {
  const folder = temporary();
  const written: string[] = [];
  const told = new Map<string, Map<string, number>>();
  let operations = 0;

  it.each(outcomes)('%s: %s', async (document, want) => {
    const compilation = await compileCorpus(document);
    const [first] = errorsOf(compilation);
    const codes = [...new Set(compilation.diagnostics.filter(({ level }) => level === 'error').map(({ code }) => code))].sort();
    const got = !compilation.failed ? 'builds' : codes.length === 0 ? compilation.diagnostics.map(({ code }) => code).join(', ') : `${codes.join(', ')} from ${first?.split(' ')[1] ?? ''}`;
    expect(got, 'The outcome changed. If it is a better one, say so in its row.').toBe(want);
    operations += compilation.api?.operations.size ?? 0;
    for (const { level, code } of compilation.diagnostics) {
      if (level === 'note') continue;
      const counts = told.get(code) ?? new Map<string, number>();
      told.set(code, counts.set(document, (counts.get(document) ?? 0) + 1));
    }

    const built = compilation.failed ? await compileCorpus(document, { levels: relaxed }) : compilation;
    if (!built.files) return;
    for (const [path, content] of filesOf(built)) {
      const full = join(folder, folderOf(document), path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
    }
    written.push(document);
  }, 30_000);

  it('have each of their alarms looked at, and found right', () => {
    const counts = [...told].map(([code, documents]) => [code, [...documents.values()].reduce((sum, count) => sum + count, 0)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    console.log(`${counts.reduce((sum, [, count]) => sum + count, 0)} errors and warnings on ${operations} operations of ${outcomes.length} descriptions`);
    expect(counts, 'Alarms came or went. Look at each: is it right?').toEqual(alarms);
  });

  describe('generated TypeScript', () => {
    let complaints = '';
    beforeAll(async () => {
      const [first = ''] = written;
      const { compilerOptions, include } = JSON.parse(readFileSync(join(folder, folderOf(first), 'tsconfig.json'), 'utf8')) as { compilerOptions: object; include: string[] };
      // One program for all: what they share of the standard library is checked once.
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: written.flatMap((document) => include.map((each) => `${folderOf(document)}/${each}`)) }));
      complaints = await promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { maxBuffer: 1 << 26 }).then(() => '', ({ stdout }: { stdout: string }) => stdout);
    }, 120_000);
    it('is there for every description but two', () => {
      expect(outcomes.map(([document]) => document).filter((document) => !written.includes(document))).toEqual(['ga4gh-drs/data_repository_service.openapi.yaml', 'learn-oai/webhook-example.yaml']);
    });
    it('passes tsc --strict', () => {
      expect(complaints.slice(0, 3000)).toBe('');
    });
  });
});
