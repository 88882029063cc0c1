import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageCodes } from '../../src/diagnostics/pages.js';
import { root } from '../support/cli.js';
import { pitfalls } from './table.js';

const sheet = join(root, '../shared/reference/aws-gateway-pitfalls.md');

describe('pitfalls', () => {
  it.runIf(existsSync(sheet))('are all in the table, and no others', () => {
    const ids = [...readFileSync(sheet, 'utf8').matchAll(/^\| (P\d+) \|/gm)].map(([, id]) => id ?? '');
    expect(ids.length).toBe(133);
    expect([...new Set(pitfalls.map(([id]) => id))]).toEqual(ids);
  });

  it('are held by tests that there are', () => {
    const texts = new Map<string, string>();
    const textOf = (file: string): string => texts.get(file) ?? texts.set(file, readFileSync(join(root, file), 'utf8')).get(file) ?? '';
    expect(pitfalls.flatMap(([id, by, file, title]) => (by === 'test' && !textOf(file).includes(title) ? [`${id}: ${file} has no ${title}`] : []))).toEqual([]);
  });

  it('are told by diagnostics that there are', () => {
    const codes = new Set(pageCodes());
    expect(pitfalls.flatMap(([id, by, code]) => (by === 'code' && !codes.has(code) ? [`${id}: ${code}`] : []))).toEqual([]);
  });

  it('that do not concern us are few', () => expect(pitfalls.filter(([, by]) => by === 'reason').length).toBeLessThan(15));
});
