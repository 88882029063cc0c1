import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/define.js';
import { pageCodes, readPage } from '../../src/diagnostics/pages.js';
import { all as document } from '../../src/document/diagnostics.js';
import { all as load } from '../../src/load/diagnostics.js';
import { all as openapi } from '../../src/lower/openapi-diagnostics.js';
import { all as schema } from '../../src/lower/schema-diagnostics.js';
import { lowerText } from '../lower-openapi/support.js';

const codes = [...document, ...load, ...openapi, ...schema].map(({ definition }) => definition.code);
const blockOf = (page: string, heading: string): { language: string; text: string } => {
  const found = new RegExp(`## ${heading}\\n\\n\`\`\`(\\w+)\\n([\\s\\S]*?)\\n\`\`\``).exec(page);
  return { language: found?.[1] ?? '', text: found?.[2] ?? '' };
};
const codesOf = async (text: string): Promise<string[]> => [...new Set((await lowerText(text)).diagnostics.map(({ code }: Diagnostic) => code))];

describe.each(codes)('%s', (code) => {
  const page = readPage(code) ?? '';

  test('has a page in the common form', () => {
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect(page.match(/^## .*$/gm)).toEqual(['## Why it matters', '## Fails', '## Passes', '## How to allow it']);
  });

  test.runIf(blockOf(page, 'Fails').language === 'yaml')('is what the failing document brings, and the passing one does not', async () => {
    expect(await codesOf(blockOf(page, 'Fails').text)).toEqual([code]);
    expect(await codesOf(blockOf(page, 'Passes').text)).toEqual([]);
  });
});

test('codes that no one document can bring are proved by the tests of reading and overlays', () => {
  const proofs = ['../load/load.test.ts', '../load/overlay.test.ts'].map((file) => new URL(file, import.meta.url)).filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8')).join('\n');
  const unproved = codes.filter((code) => blockOf(readPage(code) ?? '', 'Fails').language === 'text' && !proofs.includes(`'${code}'`));
  expect(unproved).toEqual([]);
});

test('a code that is no code has no page', () => {
  expect(readPage('../../package')).toBeUndefined();
  expect(readPage('load/nothing')).toBeUndefined();
  expect(pageCodes()).toContain('load/syntax');
});
