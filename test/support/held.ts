import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { pageCodes } from '../../src/diagnostics/pages.js';
import { root } from './cli.js';

/** A known hazard by its id on a facts sheet, and what holds it here: a test (its file, and a part of its title), a diagnostic (its code), or the reason why it cannot come up. */
export type Held =
  | readonly [id: string, by: 'test', file: string, title: string]
  | readonly [id: string, by: 'code', code: string]
  | readonly [id: string, by: 'reason', reason: string];

/** The tests and codes that a table names are there; none where all are. */
export const expectHeld = (table: readonly Held[]): void => {
  const texts = new Map<string, string>();
  const textOf = (file: string): string => texts.get(file) ?? texts.set(file, existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '').get(file) ?? '';
  const codes = new Set(pageCodes());
  expect(table.flatMap((row) => {
    if (row[1] === 'test') return textOf(row[2]).includes(row[3]) ? [] : [`${row[0]}: ${row[2]} has no ${row[3]}`];
    return row[1] === 'code' && !codes.has(row[2]) ? [`${row[0]}: there is no ${row[2]}`] : [];
  })).toEqual([]);
};

/** A sheet beside the project; the tables stand without it. */
export const sheet = (name: string): string | undefined => {
  const path = join(root, '../shared/reference', name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};
