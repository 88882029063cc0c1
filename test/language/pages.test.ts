import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/bind/allowances.js';
import { all as bind } from '../../src/bind/diagnostics.js';
import { catalog } from '../../src/catalog.js';
import { all as expressions } from '../../src/expressions/diagnostics.js';
import { all as integrations } from '../../src/integrations/diagnostics.js';
import { all as language } from '../../src/language/diagnostics.js';
import { all as lint } from '../../src/lint/diagnostics.js';
import { all as gateway } from '../../src/lower/gateway-diagnostics.js';
import { lowerSpec } from './support.js';

const codes = [...language, ...bind, ...integrations, ...expressions, ...gateway, ...lint].map(({ definition }) => definition.code);

const block = (page: string, heading: string): string => new RegExp(`## ${heading}\\n\\n\`\`\`yaml\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

const codesOf = async (text: string): Promise<readonly string[]> => {
  const { document, diagnostics } = await lowerSpec({ stdin: text });
  return [...new Set((document ? createJudge(document, catalog)(diagnostics) : diagnostics).map(({ code }) => code))];
};

describe('the page of each code of the language', () => {
  it.each(codes)('%s', async (code) => {
    expect(existsSync(`docs/diagnostics/${code}.md`)).toBe(true);
    const page = readFileSync(`docs/diagnostics/${code}.md`, 'utf8');
    expect(await codesOf(block(page, 'Fails'))).toEqual([code]);
    expect(await codesOf(block(page, 'Passes'))).toEqual([]);
  });
});
