import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../src/diagnostics/collect.js';
import type { OutputFile } from '../../src/emit/emitter.js';
import { hashOf } from '../../src/emit/hash.js';
import { emptyLock, parseLock, printLock, type Lock, type LockedFile } from '../../src/emit/lock.js';
import { pathFault } from '../../src/emit/paths.js';
import { collectFiles, planWrites } from '../../src/emit/plan.js';

const place = (pointer: string) => ({ file: 'a.yaml', pointer });
const label = ({ pointer }: { readonly pointer: string }): string => `a.yaml#${pointer}`;
const generated = (path: string, content = path): OutputFile => ({ path, ownership: 'generated', content });
const scaffold = (path: string, pointer: string, signature?: Record<string, string>): OutputFile => ({ path, ownership: 'scaffold', content: path, origin: place(pointer), ...(signature ? { signature } : {}) });
const lockOf = (files: Record<string, LockedFile>): Lock => ({ ...emptyLock, files: new Map(Object.entries(files)) });

const run = (files: readonly OutputFile[], lock: Lock = emptyLock, disk: Record<string, string> = {}) => {
  const found = new Diagnostics();
  const wanted = collectFiles([['test', files]], label, found.report);
  const plan = wanted && planWrites(wanted, lock, new Map(Object.entries(disk).map(([path, content]) => [path, hashOf(content)])), found.report);
  return { plan, codes: found.all.map(({ code }) => code), messages: found.all.map(({ message }) => message) };
};

describe('paths a generator may not have', () => {
  it.each(['', '/etc/passwd', '../x', 'a/../b', 'a/./b', 'a//b', 'a\\b', 'C:x', 'a/', 'con', 'aux.ts', 'x/nul', 'a.', 'a ', 'a\u0000b', 'a:b', 'a?b', 'LPT1.txt'])('%j is refused', (path) => {
    expect(pathFault(path)).toBeTypeOf('string');
  });
  it.each(['a', 'a/b.ts', 'generated/contract/get-order.ts', '.gitignore', 'console.ts'])('%j is fine', (path) => {
    expect(pathFault(path)).toBeUndefined();
  });
});

describe('collecting files', () => {
  it('refuses two claims on one file, whatever the case', () => {
    expect(run([generated('Handlers/a.ts'), generated('handlers/A.ts')])).toMatchObject({ plan: undefined, codes: ['output/collision'] });
  });
  it('refuses two claims on one file in two normal forms', () => {
    expect(run([generated('\u00e9.ts'), generated('e\u0301.ts')]).codes).toEqual(['output/collision']);
  });
  it('refuses a path that leaves the folder, and names who wanted it', () => {
    expect(run([generated('../evil')]).messages[0]).toContain('generator `test` wants to write `../evil`');
  });
});

describe('planning', () => {
  it('creates what is missing, updates what differs, keeps what is equal', () => {
    const lock = lockOf({ b: { ownership: 'generated', hash: hashOf('old') }, c: { ownership: 'generated', hash: hashOf('c') } });
    const { plan, codes } = run([generated('a'), generated('b'), generated('c')], lock, { b: 'old', c: 'c' });
    expect(plan).toMatchObject({ create: [{ path: 'a' }], update: [{ path: 'b' }], keep: ['c'], remove: [] });
    expect(codes).toEqual([]);
  });
  it('refuses to replace a file it did not write', () => {
    expect(run([generated('a')], emptyLock, { a: 'mine' })).toMatchObject({ plan: undefined, codes: ['output/foreign-file'] });
  });
  it('takes over a file it did not write when it is equal', () => {
    expect(run([generated('a')], emptyLock, { a: 'a' })).toMatchObject({ plan: { keep: ['a'] }, codes: [] });
  });
  it('says which of the files that it would replace were edited', () => {
    const { plan } = run([generated('a'), generated('b')], lockOf({ a: { ownership: 'generated', hash: hashOf('a') }, b: { ownership: 'generated', hash: hashOf('old') } }), { a: 'edited', b: 'old' });
    expect(plan?.update.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(plan?.edited).toEqual(['a']);
  });
  it('never touches a scaffold that is there', () => {
    const { plan } = run([scaffold('handlers/a.ts', '/x')], emptyLock, { 'handlers/a.ts': 'my work' });
    expect(plan).toMatchObject({ create: [], update: [], keep: ['handlers/a.ts'] });
  });
  it('renews a stub into which nobody wrote, and no other', () => {
    const lock = lockOf({ 'handlers/a.ts': { ownership: 'scaffold', hash: hashOf('old stub') }, 'handlers/b.ts': { ownership: 'scaffold', hash: hashOf('old stub') } });
    const { plan } = run([scaffold('handlers/a.ts', '/a'), scaffold('handlers/b.ts', '/b')], lock, { 'handlers/a.ts': 'old stub', 'handlers/b.ts': 'my work' });
    expect(plan).toMatchObject({ update: [{ path: 'handlers/a.ts' }], keep: ['handlers/b.ts'], edited: [] });
    expect([plan?.files.get('handlers/a.ts')?.hash, plan?.files.get('handlers/b.ts')?.hash]).toEqual([hashOf('handlers/a.ts'), hashOf('old stub')]);
  });
  it('deletes what it wrote, and says what of it was edited', () => {
    const lock = lockOf({ a: { ownership: 'generated', hash: hashOf('a') }, b: { ownership: 'generated', hash: hashOf('b') } });
    const { plan } = run([], lock, { a: 'a', b: 'edited' });
    expect(plan).toMatchObject({ remove: ['a', 'b'], edited: ['b'] });
  });
  it('reports an orphaned handler, keeps it in the lock, and never deletes it', () => {
    const lock = lockOf({ 'handlers/a.ts': { ownership: 'scaffold', hash: 'x', from: 'a.yaml#/paths/~1a/get' } });
    const { plan, codes, messages } = run([], lock, { 'handlers/a.ts': 'my work' });
    expect(plan).toMatchObject({ remove: [], orphans: [{ path: 'handlers/a.ts', untouched: false }] });
    expect(plan?.files.has('handlers/a.ts')).toBe(true);
    expect(codes).toEqual(['output/orphan']);
    expect(messages[0]).toContain('no longer in the document');
  });
  it('names the new stub when an operation was renamed', () => {
    const lock = lockOf({ 'handlers/a.ts': { ownership: 'scaffold', hash: 'x', from: 'a.yaml#/paths/~1a/get' } });
    expect(run([scaffold('handlers/b.ts', '/paths/~1a/get')], lock, { 'handlers/a.ts': 'my work' }).messages).toEqual(['`handlers/a.ts` belongs to `a.yaml#/paths/~1a/get`, which is now served by `handlers/b.ts`']);
  });
  it.each<[string, Record<string, string>, object]>([
    ['offers the name of the new stub to work of the developer', { 'handlers/a.ts': 'my work' }, { path: 'handlers/a.ts', untouched: false, successor: 'handlers/b.ts' }],
    ['offers it when the new stub is there, and nobody wrote into it', { 'handlers/a.ts': 'my work', 'handlers/b.ts': 'handlers/b.ts' }, { path: 'handlers/a.ts', untouched: false, successor: 'handlers/b.ts' }],
    ['offers nothing over work of the developer', { 'handlers/a.ts': 'my work', 'handlers/b.ts': 'my work, too' }, { path: 'handlers/a.ts', untouched: false }],
    ['offers nothing to a stub into which nobody wrote', { 'handlers/a.ts': 'stub' }, { path: 'handlers/a.ts', untouched: true }],
  ])('when an operation was renamed, %s', (_, disk, want) => {
    const from = 'a.yaml#/paths/~1a/get';
    const lock = lockOf({ 'handlers/a.ts': { ownership: 'scaffold', hash: hashOf('stub'), from }, ...('handlers/b.ts' in disk ? { 'handlers/b.ts': { ownership: 'scaffold', hash: hashOf('handlers/b.ts'), from } as const } : {}) });
    expect(run([scaffold('handlers/b.ts', '/paths/~1a/get')], lock, disk).plan?.orphans).toEqual([want]);
  });
  it('takes files that change their name as renamed, and what is put aside as gone', () => {
    const lock = lockOf({ 'handlers/a.ts': { ownership: 'scaffold', hash: hashOf('stub') }, 'handlers/c.ts': { ownership: 'scaffold', hash: hashOf('stub') } });
    const found = new Diagnostics();
    const wanted = collectFiles([['test', [scaffold('handlers/b.ts', '/b')]]], label, found.report) ?? [];
    const moves = [{ from: 'handlers/a.ts', to: 'handlers/b.ts' }, { from: 'handlers/c.ts', to: '.gatewright/pruned/handlers/c.ts' }];
    const plan = planWrites(wanted, lock, new Map([['handlers/a.ts', hashOf('my work')], ['handlers/c.ts', hashOf('stub')]]), found.report, moves);
    expect(plan).toMatchObject({ create: [], update: [], keep: ['handlers/b.ts'], orphans: [], moves });
    expect(plan?.files.get('handlers/b.ts')?.hash).toBe(hashOf('stub'));
    expect([...(plan?.files.keys() ?? [])]).toEqual(['handlers/b.ts']);
  });
  it('says which parts of a signature changed', () => {
    const lock = lockOf({ 'handlers/a.ts': { ownership: 'scaffold', hash: 'x', signature: { 'query.limit': 'number, perhaps', 'query.page': 'number, perhaps' } } });
    const { plan } = run([scaffold('handlers/a.ts', '/x', { 'query.limit': 'number', 'answer 404': 'Problem' })], lock, { 'handlers/a.ts': 'my work' });
    expect(plan?.changed).toEqual([{ path: 'handlers/a.ts', origin: place('/x'), changes: [{ part: 'answer 404', is: 'Problem' }, { part: 'query.limit', was: 'number, perhaps', is: 'number' }, { part: 'query.page', was: 'number, perhaps' }] }]);
  });
});

describe('the lock', () => {
  it('reads what it printed', () => {
    const lock: Lock = { compiler: '1', spec: 's', targets: ['sam'], files: new Map([['a', { ownership: 'generated', hash: 'h', from: 'f', signature: { q: 's' } }]]) };
    expect(parseLock(printLock(lock))).toEqual(lock);
  });
  it.each(['', '[]', '{}', '{"version":2,"files":{}}', '{"version":1,"files":{"a":1}}', '{"version":1,"files":{"a":{"ownership":"mine","hash":"x"}}}'])('refuses %j', (text) => {
    expect(parseLock(text)).toBeUndefined();
  });
});
