import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Diagnostics } from '../../src/diagnostics/collect.js';
import type { OutputFile } from '../../src/emit/emitter.js';
import { exclusively } from '../../src/emit/exclusive.js';
import { readFolder } from '../../src/emit/folder.js';
import { collectFiles, planWrites } from '../../src/emit/plan.js';
import { recover, write } from '../../src/emit/write.js';
import { gatewright, root as packageRoot, scratch } from '../support/cli.js';

const folder = mkdtempSync(join(tmpdir(), 'gatewright-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Wanted = readonly Pick<OutputFile, 'path' | 'content' | 'ownership'>[];
const generated = (files: Record<string, string>): Wanted => Object.entries(files).map(([path, content]) => ({ path, content, ownership: 'generated' }));
const scaffold = (...paths: string[]): Wanted => paths.map((path) => ({ path, content: 'stub', ownership: 'scaffold' }));
const before: Wanted = [...generated({ 'generated/a.ts': 'a', 'generated/same.ts': 'same', 'generated/gone/b.ts': 'b', 'infra/t.yaml': 't' }), ...scaffold('handlers/one.ts')];
const after: Wanted = [...generated({ 'generated/a.ts': 'a, anew', 'generated/same.ts': 'same', 'generated/new/c.ts': 'c', 'infra/t.yaml': 't, anew' }), ...scaffold('handlers/one.ts', 'handlers/two.ts')];

interface Run { readonly calls: number; readonly codes: readonly string[]; readonly done: boolean }
const build = (out: string, wanted: Wanted, how = 'none', at = 0): Run | undefined => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(packageRoot, 'test/emit/crash-child.mjs'), join(packageRoot, 'dist'), out, JSON.stringify(wanted), how, String(at)], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return stdout === '' ? undefined : (JSON.parse(stdout) as Run);
};
/** The next build, of the same. */
const mend = (out: string, wanted: Wanted): boolean => {
  const { report } = new Diagnostics();
  const files = collectFiles([['test', wanted]], () => '', report) ?? [];
  return exclusively(out, report, () => {
    const state = recover(out, report) ? readFolder(out, files.map(({ path }) => path), report) : undefined;
    const plan = state && planWrites(files, state.lock, state.disk, report);
    return plan !== undefined && write(out, plan, { compiler: '1', spec: 's', targets: [] }, report);
  }) ?? false;
};
const tree = (of: string): Record<string, string> => Object.fromEntries(readdirSync(of, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(of.length + 1), readFileSync(path, 'utf8')]));

/** A folder that was built, and worked in since. */
const start = (name: string): string => {
  const out = join(folder, name);
  build(out, before);
  writeFileSync(join(out, 'handlers/one.ts'), 'my work\r\n\u0000');
  mkdirSync(join(out, 'notes'));
  writeFileSync(join(out, 'notes/mine.md'), 'mine');
  return out;
};
const original = start('original');
const old = tree(original);
const calls = (() => {
  const out = join(folder, 'counted');
  cpSync(original, out, { recursive: true });
  return build(out, after)?.calls ?? 0;
})();
const renewed = tree(join(folder, 'counted'));

describe('a build that ends at any of its calls that change something', () => {
  it('has calls to end at', () => {
    expect(calls).toBeGreaterThan(15);
    expect(renewed['handlers/two.ts']).toBe('stub');
    expect(renewed['generated/gone/b.ts']).toBeUndefined();
  });

  it.each(['killed', 'half written', 'no space'])('%s: nothing of the developer\'s is lost, and the next build mends the rest', (how) => {
    for (let at = 1; at <= calls; at++) {
      const out = join(folder, `${how}-${at}`);
      cpSync(original, out, { recursive: true });
      const run = build(out, after, how, at);
      const place = `${how}, call ${at}`;
      if (how === 'no space') {
        if (run?.done === false) expect(run.codes, place).toContain('output/unwritable');
      } else expect(run, place).toBeUndefined();
      const left = tree(out);
      for (const [path, content] of Object.entries(left)) {
        if (!path.startsWith('.gatewright/')) expect([old[path], renewed[path]], `${place}: ${path}`).toContain(content);
      }
      for (const path of ['handlers/one.ts', 'notes/mine.md', 'generated/same.ts']) expect(left[path], place).toBe(old[path]);
      // Before there is a journal, nothing has changed.
      if (!existsSync(join(out, '.gatewright/build/journal.json')) && left['gatewright.lock.json'] === old['gatewright.lock.json']) {
        expect(Object.fromEntries(Object.entries(left).filter(([path]) => !path.startsWith('.gatewright/'))), place).toEqual(old);
      }
      expect(mend(out, after), place).toBe(true);
      expect(tree(out), place).toEqual(renewed);
    }
  }, 240_000);

  it('a stub that the developer has written while it was under way stays theirs', () => {
    // Ended as soon as the journal stood, and nothing was in its place.
    const found = Array.from({ length: calls }, (_, index) => join(folder, `killed-${index + 1}`)).find((each, index) => {
      rmSync(each, { recursive: true, force: true });
      cpSync(original, each, { recursive: true });
      build(each, after, 'killed', index + 1);
      return existsSync(join(each, '.gatewright/build/journal.json'));
    });
    const out = found ?? '';
    expect(existsSync(join(out, 'handlers/two.ts'))).toBe(false);
    writeFileSync(join(out, 'handlers/two.ts'), 'mine, too');
    expect(build(out, after)?.done).toBe(true);
    expect(readFileSync(join(out, 'handlers/two.ts'), 'utf8')).toBe('mine, too');
  });
});

describe('builds at once', () => {
  it('write one after another: the folder is as one of them leaves it', async () => {
    const out = scratch();
    const specs = ['claims', 'table'].map((name) => join(packageRoot, 'specs', name, 'openapi.yaml'));
    const want = specs.map((spec) => {
      const alone = scratch();
      gatewright(['build', spec, '--out', alone]);
      return JSON.parse(readFileSync(join(alone, 'gatewright.lock.json'), 'utf8')) as { files: Record<string, { ownership: string }> };
    });
    const codes = await Promise.all([0, 1, 0, 1, 0, 1].map((which) => new Promise<number>((resolve) => {
      execFile(process.execPath, [join(packageRoot, 'bin/gatewright.js'), 'build', specs[which] as string, '--out', out], (error) => resolve(error ? Number(error.code) : 0));
    })));
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    const generatedIn = (files: Record<string, { ownership: string }>): string[] => Object.keys(files).filter((path) => files[path]?.ownership === 'generated').sort();
    const lock = JSON.parse(readFileSync(join(out, 'gatewright.lock.json'), 'utf8')) as typeof want[number];
    expect(want.map(({ files }) => generatedIn(files))).toContainEqual(generatedIn(lock.files));
    expect(Object.keys(tree(out)).filter((path) => path.startsWith('generated/') || path.startsWith('infra/')).sort()).toEqual(generatedIn(lock.files).filter((path) => path.startsWith('generated/') || path.startsWith('infra/')));
    expect(['build', 'writing'].filter((name) => existsSync(join(out, '.gatewright', name)))).toEqual([]);
  }, 60_000);

  const reported = (mark: string): string[] => {
    const out = scratch();
    mkdirSync(join(out, '.gatewright'));
    writeFileSync(join(out, '.gatewright/writing'), mark);
    const found = new Diagnostics();
    exclusively(out, found.report, () => undefined, 1500);
    return found.all.map(({ code }) => code);
  };
  it('pass over the mark of a process that died', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(reported(`${pid} ${hostname()}\n`)).toEqual([]);
  });
  it('give up on one that does not end, and say so', () => {
    expect(reported(`${process.pid} ${hostname()}\n`)).toEqual(['output/busy']);
  });
});
