import { describe, expect, it } from 'vitest';
import { changeRules } from '../../src/diff/rules/index.js';
import { rows } from './rows/index.js';
import { changesOf, compiled, raised, said } from './support.js';

/** What a row's document may have against it: policy that is judged elsewhere, and nothing that hides what it means. */
const judged = /^(auth|time|cache|load|schema|target|response|design|boundedness|limits|cors|payload|stage|resource|errors|operation|gateway|integration)\//;

describe('changes, by what they do', () => {
  it('has a row for each rule', () => {
    const told = new Set(rows.flatMap(([, , , want]) => want.map((each) => `diff/${each.split(' ')[1] ?? ''}`)));
    expect(changeRules.map(({ definition }) => definition.code).filter((code) => !told.has(code) && code !== 'diff/api-version-kept')).toEqual([]);
    expect(rows.length).toBeGreaterThan(150);
  });

  it.each(rows)('%s', async (_, before, after, want) => {
    expect(said(await changesOf(JSON.stringify(before), JSON.stringify(raised(after))))).toEqual([...want].sort());
  });

  it.each(rows)('no change of itself: %s', async (_, before, after) => {
    expect(await changesOf(JSON.stringify(before), JSON.stringify(before))).toEqual([]);
    expect(await changesOf(JSON.stringify(after), JSON.stringify(after))).toEqual([]);
  });

  it('each row is understood', async () => {
    const strange: string[] = [];
    for (const [name, before, after] of rows) {
      for (const doc of [before, after]) for (const { code, level, message } of (await compiled(JSON.stringify(doc))).diagnostics) if (level === 'error' && !judged.test(code)) strange.push(`${name}: ${code} ${message}`);
    }
    expect(strange).toEqual([]);
  });
});
