import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeRules, verdictOf, type Verdict } from '../../src/diff/rules/index.js';
import { openApiRows } from './rows/index.js';

/**
 * What oasdiff says, recorded: `checks.tsv` is its own list (`oasdiff checks changelog --format json`, id and level), `rules.tsv` what
 * stands here for each of them and why where that differs, `rows.tsv` both verdicts of each row (`oasdiff changelog`, its worst level).
 */
const table = (name: string): readonly (readonly string[])[] =>
  readFileSync(join(import.meta.dirname, 'oasdiff', name), 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));

const checks = table('checks.tsv');
const rules = new Map(table('rules.tsv').map(([id = '', code = '', reason = '']) => [id, { code, reason }]));
const ours = new Map(changeRules.map(({ definition: { code, level } }) => [code, verdictOf[level]]));
const theirs: Readonly<Record<string, Verdict>> = { error: 'breaking', warning: 'risky', info: 'safe' };
const order = ['none', 'safe', 'risky', 'breaking'];

describe('the rules of oasdiff', () => {
  it('are all looked at', () => expect([...rules.keys()]).toEqual(checks.map(([id]) => id)));

  it('have a code here, or the reason why not', () => {
    expect([...rules].filter(([, { code, reason }]) => (code === '-' ? reason === '' : !ours.has(code)))).toEqual([]);
  });

  it('say the same, or there is a reason', () => {
    const different = checks.filter(([id = '', level = '']) => {
      const rule = rules.get(id);
      return rule && rule.code !== '-' && rule.reason === '' && ours.get(rule.code) !== theirs[level];
    });
    expect(different).toEqual([]);
  });
});

describe('the verdicts of oasdiff', () => {
  const rows = table('rows.tsv');

  it('are recorded for each row of OpenAPI', () => {
    const worst = (want: readonly string[]): string => order[Math.max(0, ...want.map((each) => order.indexOf(each.split(' ')[0] ?? '')))] ?? '';
    expect(rows.map(([name, own]) => [name, own])).toEqual(openApiRows.map(([name, , , want]) => [name, worst(want)]));
  });

  it('differ only where a rule says why, or where oasdiff does not look', () => {
    const unexplained = rows.filter(([, own, other, ids = '']) => own !== other && other !== 'none' && !ids.split(' ').some((id) => (rules.get(id)?.reason ?? '') !== ''));
    expect(unexplained.map(([name]) => name)).toEqual([]);
  });
});
