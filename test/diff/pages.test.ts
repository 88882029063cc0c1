import { describe, expect, it } from 'vitest';
import { changeRules, verdictOf } from '../../src/diff/rules/index.js';
import { pageCodes, readPage } from '../../src/diagnostics/pages.js';
import { changesOf } from './support.js';

const codes = changeRules.map(({ definition }) => definition.code);
const block = (page: string, heading: string): string => /```yaml\n([\s\S]*?)\n```/.exec(page.slice(page.indexOf(`## ${heading}\n`)))?.[1] ?? '';
const codesOf = async (before: string, after: string): Promise<readonly string[]> => (await changesOf(before, after)).map(({ code }) => code);

it('there is a page for each rule, and no page without one', () => {
  expect(pageCodes().filter((code) => code.startsWith('diff/'))).toEqual([...codes].sort());
});

describe.each(changeRules.map(({ definition: { code, level } }) => [code, level] as const))('%s', (code, level) => {
  const page = readPage(code) ?? '';

  it('has a page in the common form', () => {
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect(page).toContain(`This is ${verdictOf[level]}.`);
    expect(page.match(/^## .*$/gm)).toEqual(['## Why it matters', '## Before', '## After', '## Not this', '## How to allow it']);
  });

  it('is what the pair brings, and the other one does not', async () => {
    const [before, after, instead] = [block(page, 'Before'), block(page, 'After'), block(page, 'Not this')];
    expect(await codesOf(before, after)).toContain(code);
    const reversed = page.includes('The other way round it is another change');
    expect(await (reversed ? codesOf(after, before) : codesOf(before, instead))).not.toContain(code);
  });
});
