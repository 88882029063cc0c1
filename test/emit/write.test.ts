import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../src/diagnostics/collect.js';
import type { OutputFile } from '../../src/emit/emitter.js';
import { readFolder } from '../../src/emit/folder.js';
import { hashOf } from '../../src/emit/hash.js';
import { collectFiles, planWrites } from '../../src/emit/plan.js';
import { recover, write } from '../../src/emit/write.js';

let root: string;
beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'gatewright-write-')); });
afterEach(() => rmSync(root, { recursive: true, force: true }));

const build = (files: Record<string, string>, scaffolds: Record<string, string> = {}, folder = root) => {
  const found = new Diagnostics();
  const outputs: OutputFile[] = [
    ...Object.entries(files).map(([path, content]) => ({ path, ownership: 'generated' as const, content })),
    ...Object.entries(scaffolds).map(([path, content]) => ({ path, ownership: 'scaffold' as const, content })),
  ];
  const wanted = collectFiles([['test', outputs]], () => '', found.report) ?? [];
  const state = recover(folder, found.report) ? readFolder(folder, wanted.map(({ path }) => path), found.report) : undefined;
  const plan = state && planWrites(wanted, state.lock, state.disk, found.report);
  const done = plan !== undefined && write(folder, plan, { compiler: '1', spec: 's', targets: [] }, found.report);
  return { done, codes: found.all.map(({ code }) => code) };
};
const tree = (folder = root): Record<string, string> => Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));

describe('writing', () => {
  it('writes, and writes nothing the second time', () => {
    expect(build({ 'a/b.ts': '1', 'c.ts': '2' }).done).toBe(true);
    const before = statSync(join(root, 'a/b.ts'), { bigint: true }).mtimeNs;
    const lockBefore = statSync(join(root, 'gatewright.lock.json'), { bigint: true }).mtimeNs;
    build({ 'a/b.ts': '1', 'c.ts': '2' });
    expect(statSync(join(root, 'a/b.ts'), { bigint: true }).mtimeNs).toBe(before);
    expect(statSync(join(root, 'gatewright.lock.json'), { bigint: true }).mtimeNs).toBe(lockBefore);
    expect(existsSync(join(root, '.gatewright'))).toBe(false);
  });

  it('removes what is stale with the folders it leaves empty, and keeps the developer\'s files byte for byte', () => {
    build({ 'generated/old/x.ts': '1' }, { 'handlers/a.ts': 'stub' });
    writeFileSync(join(root, 'handlers/a.ts'), 'my work\r\n\u0000');
    build({ 'generated/y.ts': '2' }, { 'handlers/a.ts': 'another stub' });
    expect(Object.keys(tree()).sort()).toEqual(['gatewright.lock.json', 'generated/y.ts', 'handlers/a.ts']);
    expect(readFileSync(join(root, 'handlers/a.ts'), 'utf8')).toBe('my work\r\n\u0000');
  });

  it('keeps the mode of a file it replaces', () => {
    build({ 'run.sh': '1' });
    chmodSync(join(root, 'run.sh'), 0o755);
    build({ 'run.sh': '2' });
    expect(statSync(join(root, 'run.sh')).mode & 0o777).toBe(0o755);
  });

  it.each([['the folder', ''], ['a folder in it', 'generated']])('refuses when %s is a symbolic link, and leaves its target alone', (_, inner) => {
    const target = mkdtempSync(join(tmpdir(), 'gatewright-target-'));
    const out = join(root, 'out');
    if (inner === '') symlinkSync(target, out);
    else {
      mkdirSync(out);
      symlinkSync(target, join(out, inner));
    }
    expect(build({ 'generated/a.ts': '1' }, {}, out)).toEqual({ done: false, codes: ['output/symlink'] });
    expect(readdirSync(target)).toEqual([]);
  });

  it('refuses when a file is a symbolic link', () => {
    const target = join(root, 'victim');
    writeFileSync(target, 'precious');
    mkdirSync(join(root, 'out'));
    symlinkSync(target, join(root, 'out', 'a.ts'));
    expect(build({ 'a.ts': '1' }, {}, join(root, 'out')).codes).toContain('output/symlink');
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  it('says in one diagnostic that a file stands where a folder is needed, and changes nothing', () => {
    writeFileSync(join(root, 'generated'), 'mine');
    expect(build({ 'generated/a.ts': '1', 'generated/b.ts': '2' })).toEqual({ done: false, codes: ['output/unwritable'] });
    expect(tree()).toEqual({ generated: 'mine' });
  });

  it('refuses a lock that is not one', () => {
    writeFileSync(join(root, 'gatewright.lock.json'), '<<<<<<< ours');
    expect(build({ 'a.ts': '1' })).toEqual({ done: false, codes: ['output/bad-lock'] });
  });
});

describe('a build that died', () => {
  /** What a process leaves that was ended between the journal and the last rename. */
  const interrupt = (done: readonly string[], left: Record<string, string>, remove: readonly string[]): void => {
    for (const [path, content] of Object.entries(left)) {
      mkdirSync(join(root, '.gatewright/build/stage', path, '..'), { recursive: true });
      writeFileSync(join(root, '.gatewright/build/stage', path), content);
    }
    const was = (path: string): { path: string; was?: string } => ({ path, ...(existsSync(join(root, path)) ? { was: hashOf(readFileSync(join(root, path))) } : {}) });
    writeFileSync(join(root, '.gatewright/build/journal.json'), JSON.stringify({ move: [], put: [...done, ...Object.keys(left)].map(was), remove: remove.map(was) }));
  };

  it('is finished by the next one', () => {
    build({ 'a.ts': 'old', 'b.ts': 'old', 'c.ts': 'old' });
    const lock = readFileSync(join(root, 'gatewright.lock.json'), 'utf8');
    writeFileSync(join(root, 'a.ts'), 'new');
    interrupt(['a.ts'], { 'b.ts': 'new', 'gatewright.lock.json': lock.replace('"compiler": "1"', '"compiler": "2"') }, ['c.ts']);
    expect(recover(root, () => undefined)).toBe(true);
    expect(tree()).toMatchObject({ 'a.ts': 'new', 'b.ts': 'new' });
    expect(Object.keys(tree()).sort()).toEqual(['a.ts', 'b.ts', 'gatewright.lock.json']);
    expect(readFileSync(join(root, 'gatewright.lock.json'), 'utf8')).toContain('"compiler": "2"');
  });

  it('does not touch what somebody has changed since', () => {
    build({ 'a.ts': 'old', 'b.ts': 'old' });
    interrupt([], { 'a.ts': 'new', 'c.ts': 'new' }, ['b.ts']);
    for (const path of ['a.ts', 'b.ts', 'c.ts']) writeFileSync(join(root, path), 'mine');
    expect(recover(root, () => undefined)).toBe(true);
    expect(tree()).toMatchObject({ 'a.ts': 'mine', 'b.ts': 'mine', 'c.ts': 'mine' });
  });

  it('has whole folders put in place, but for those that somebody has made since', () => {
    interrupt([], { 'new/deep/a.ts': 'new', 'made/a.ts': 'new', 'made/deep/b.ts': 'new', 'gatewright.lock.json': '{}' }, []);
    mkdirSync(join(root, 'made'));
    writeFileSync(join(root, 'made/a.ts'), 'mine');
    expect(recover(root, () => undefined)).toBe(true);
    expect(tree()).toEqual({ 'new/deep/a.ts': 'new', 'made/a.ts': 'mine', 'made/deep/b.ts': 'new', 'gatewright.lock.json': '{}' });
    expect(existsSync(join(root, '.gatewright'))).toBe(false);
  });

  it('is undone when it had only staged', () => {
    build({ 'a.ts': 'old' });
    mkdirSync(join(root, '.gatewright/build/stage'), { recursive: true });
    writeFileSync(join(root, '.gatewright/build/stage/a.ts'), 'new');
    recover(root, () => undefined);
    expect(readFileSync(join(root, 'a.ts'), 'utf8')).toBe('old');
    expect(existsSync(join(root, '.gatewright'))).toBe(false);
  });

  it('does not follow a journal out of the folder', () => {
    const victim = join(root, 'victim');
    writeFileSync(victim, 'precious');
    const out = join(root, 'out');
    mkdirSync(join(out, '.gatewright/build'), { recursive: true });
    writeFileSync(join(out, '.gatewright/build/journal.json'), JSON.stringify({ move: [], put: [], remove: [{ path: '../victim', was: hashOf('precious') }] }));
    recover(out, () => undefined);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    renameSync(victim, join(root, 'moved'));
  });
});
