import { lstatSync, writeFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../src/emit/hash.js';
import { Seen } from '../../src/emit/seen.js';
import { scratch } from '../support/cli.js';

/** A file, and what the system would say of it had it been written so many milliseconds earlier. */
const written = (content: string, earlier: number): readonly [string, Stats] => {
  const path = join(scratch(), 'file');
  writeFileSync(path, content);
  const stats = lstatSync(path);
  return [path, Object.assign(stats, { ctimeMs: stats.ctimeMs - earlier + 0.5, mtimeMs: stats.mtimeMs - earlier + 0.5 })];
};

describe('what was seen of a file', () => {
  it('holds while the system says the same of it, and it was older than the look', () => {
    const [path, stats] = written('one', 5000);
    const seen = new Seen();
    expect(seen.hash(path, stats)).toBe(hashOf('one'));
    writeFileSync(path, 'two');
    expect(seen.hash(path, stats)).toBe(hashOf('one'));
    for (const other of [{ size: 4 }, { ctimeMs: 1.5 }, { mtimeMs: 1.5 }, { ino: 1 }]) expect(seen.hash(path, Object.assign(Object.create(stats) as Stats, other))).toBe(hashOf('two'));
  });
  it.each<readonly [string, (stats: Stats) => number]>([
    ['was written just now', ({ ctimeMs }) => ctimeMs + 1000.5],
    ['lies where only whole seconds are kept', ({ ctimeMs }) => Math.ceil(ctimeMs / 1000) * 1000],
  ])('does not hold for a file that %s: another look of it may look the same', (_, changed) => {
    const [path, stats] = written('one', 0);
    stats.ctimeMs = changed(stats);
    const seen = new Seen();
    expect(seen.hash(path, stats)).toBe(hashOf('one'));
    writeFileSync(path, 'two');
    expect(seen.hash(path, stats)).toBe(hashOf('two'));
  });
});
