import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { Diagnostics } from '../../src/diagnostics/collect.js';
import type { OutputFile } from '../../src/emit/emitter.js';
import { exclusively } from '../../src/emit/exclusive.js';
import { readFolder } from '../../src/emit/folder.js';
import { collectFiles, planWrites, type Move, type Plan } from '../../src/emit/plan.js';
import { recover, write } from '../../src/emit/write.js';
import { withMishap, type Mishap } from './failing-fs.js';

const base = mkdtempSync(join(tmpdir(), 'gatewright-sequences-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** An operation as far as files go: its place of the document, its name, what its handler must agree with. */
interface Operation { readonly place: string; readonly id: string; readonly type: string }
interface Spec { readonly operations: readonly Operation[]; readonly target: string }

/** What generators give for it: the shape of the real output, without the time that it takes to print. */
const filesOf = ({ operations, target }: Spec): OutputFile[] => [
  ...operations.flatMap(({ place, id, type }): OutputFile[] => [
    { path: `generated/contract/${id}.ts`, ownership: 'generated', content: `${id}: ${type}`, origin: { file: 'a.yaml', pointer: place } },
    { path: `handlers/${id}.ts`, ownership: 'scaffold', content: `stub of ${id}: ${type}`, origin: { file: 'a.yaml', pointer: place }, signature: { 'query.limit': type } },
  ]),
  { path: `infra/${target}.yaml`, ownership: 'generated', content: operations.map(({ id }) => id).join() },
  { path: 'package.json', ownership: 'scaffold', content: `{"target":"${target}"}` },
];

type Step =
  | { readonly do: 'edit' | 'delete' | 'create'; readonly which: number; readonly text: string }
  | { readonly do: 'spoil'; readonly which: number }
  | { readonly do: 'add' | 'remove' | 'rename' | 'retype'; readonly which: number; readonly name: number }
  | { readonly do: 'target'; readonly name: string }
  | { readonly do: 'build'; readonly mishap?: Mishap; readonly move: boolean; readonly prune: boolean; readonly force: boolean };
const which = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('edit', 'edit', 'delete', 'create'), which, text: fc.string({ minLength: 1, maxLength: 6 }) }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constant('spoil' as const), which }),
  fc.record({ do: fc.constantFrom('add', 'add', 'remove', 'rename', 'retype'), which, name: fc.nat(5) }) as fc.Arbitrary<Step>,
  fc.record({ do: fc.constant('target' as const), name: fc.constantFrom('sam', 'terraform') }),
  fc.record({
    do: fc.constant('build' as const), move: fc.boolean(), prune: fc.boolean(), force: fc.boolean(),
    mishap: fc.option(fc.record({ how: fc.constantFrom('killed', 'no space'), at: fc.integer({ min: 1, max: 40 }) }), { nil: undefined }),
  }) as fc.Arbitrary<Step>,
);

/** A folder that a team works in, and what must be true of it. */
class Team {
  spec: Spec = { operations: [{ place: '/p0', id: 'op0', type: 'text' }], target: 'sam' };
  /** Everything that a person wrote, by where it stands. */
  readonly theirs = new Map<string, string>();
  /** Generated files that a person spoilt; the build says so and keeps them. */
  readonly spoilt = new Set<string>();
  /** What builds wanted that did not come to their end: the next ones may still bring it. */
  readonly begun = new Map<string, Set<string | undefined>>();
  #places = 1;
  constructor(readonly out: string) {}

  tree(): Map<string, string> {
    if (!existsSync(this.out)) return new Map();
    return new Map(readdirSync(this.out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.out.length + 1)).filter((path) => path === 'gatewright.lock.json' || !path.startsWith('.gatewright/build') && path !== '.gatewright/writing')
      .map((path) => [path, readFileSync(join(this.out, path), 'utf8')]));
  }

  do(given: Step): void {
    if (given.do === 'build') return this.build(given);
    if (given.do === 'target') this.spec = { ...this.spec, target: given.name };
    else if (given.do === 'spoil') {
      const generated = [...this.tree().keys()].filter((path) => path.startsWith('generated/') || path.startsWith('infra/'));
      const path = generated[given.which % Math.max(1, generated.length)];
      if (path === undefined) return;
      writeFileSync(join(this.out, path), 'spoilt');
      this.spoilt.add(path);
    } else if ('text' in given) this.work(given);
    else this.design(given);
  }

  work({ do: what, which: at, text }: Extract<Step, { readonly text: string }>): void {
    const handlers = [...this.tree().keys()].filter((path) => path.startsWith('handlers/'));
    const path = what === 'create' ? (at % 2 === 0 ? `notes/${at}.md` : `handlers/op${at % 6}.ts`) : handlers[at % Math.max(1, handlers.length)];
    if (path === undefined) return;
    if (what === 'delete') {
      rmSync(join(this.out, path));
      this.theirs.delete(path);
      return;
    }
    mkdirSync(dirname(join(this.out, path)), { recursive: true });
    writeFileSync(join(this.out, path), `mine ${text}`);
    this.theirs.set(path, `mine ${text}`);
  }

  design({ do: what, which: at, name }: Extract<Step, { readonly do: 'add' | 'remove' | 'rename' | 'retype' }>): void {
    const { operations } = this.spec;
    const index = at % Math.max(1, operations.length);
    const id = `op${name}`;
    const taken = operations.some((each) => each.id === id);
    const change = (make: (operation: Operation) => Operation): Operation[] => operations.map((each, position) => (position === index ? make(each) : each));
    if (what === 'add' && !taken) this.spec = { ...this.spec, operations: [...operations, { place: `/p${this.#places++}`, id, type: 'text' }] };
    if (what === 'remove') this.spec = { ...this.spec, operations: operations.filter((_, position) => position !== index) };
    if (what === 'rename' && !taken) this.spec = { ...this.spec, operations: change((each) => ({ ...each, id })) };
    if (what === 'retype') this.spec = { ...this.spec, operations: change((each) => ({ ...each, type: `type ${name}` })) };
  }

  build({ mishap, move, prune, force }: Extract<Step, { readonly do: 'build' }>): void {
    const before = this.tree();
    const pending = existsSync(join(this.out, '.gatewright/build/journal.json'));
    const { report } = new Diagnostics();
    const wanted = collectFiles([['test', filesOf(this.spec)]], ({ pointer }) => pointer, report) ?? [];
    const planned = (moves: readonly Move[]): Plan | undefined => {
      const state = readFolder(this.out, wanted.map(({ path }) => path), report);
      return state && planWrites(wanted, state.lock, state.disk, report, moves);
    };
    let moves: readonly Move[] = [];
    let done = false;
    const struck = withMishap(mishap, () => {
      const orphans = planned([])?.orphans ?? [];
      moves = orphans.flatMap(({ path, untouched, successor }): Move[] =>
        move && successor !== undefined ? [{ from: path, to: successor }] : prune && untouched ? [{ from: path, to: `.gatewright/pruned/${path}.${Date.now()}.${Math.random()}` }] : []);
      done = exclusively(this.out, report, () => {
        if (!recover(this.out, report)) return false;
        const plan = planned(moves);
        if (!plan || (plan.edited.length > 0 && !force)) return false;
        return write(this.out, plan, { compiler: '1', spec: 's', targets: [] }, report);
      }, 100) ?? false;
    });
    // The process that left its mark is this one, which lives on: the mark of one that does not takes its place.
    const mark = join(this.out, '.gatewright/writing');
    if (struck && existsSync(mark)) writeFileSync(mark, `999999999 ${hostname()}\n`);
    const after = this.tree();
    for (const { from, to } of moves) {
      const text = this.theirs.get(from);
      if (text === undefined || after.get(from) === text) continue;
      this.theirs.delete(from);
      this.theirs.set(to, text);
    }
    for (const [path, text] of this.theirs) expect(after.get(path), `${path} is as it was written`).toBe(text);
    const want = new Map(wanted.map(({ path, content, ownership }) => [path, { content, ownership }]));
    if (done) {
      this.spoilt.clear();
      this.begun.clear();
      for (const [path, { content, ownership }] of want) if (ownership === 'generated') expect(after.get(path), path).toBe(content);
      for (const path of after.keys()) if (/^(generated|infra)\//.test(path)) expect(want.has(path), path).toBe(true);
    } else {
      // The old tree, or, after a mishap, files of the old and of the new one that the next build brings together.
      for (const [path, text] of after) {
        if (/^(generated|infra)\//.test(path) && text !== 'spoilt') expect([before.get(path), want.get(path)?.content, ...(this.begun.get(path) ?? [])], path).toContain(text);
      }
      for (const [path, { content }] of struck ? want : []) this.begun.set(path, new Set([...(this.begun.get(path) ?? []), content]));
      if (!struck && !pending) expect(Object.fromEntries([...after].filter(([path]) => /^(generated|infra)\//.test(path)))).toEqual(Object.fromEntries([...before].filter(([path]) => /^(generated|infra)\//.test(path))));
    }
  }

  /** The next build after all that, with nothing in its way. */
  mend(): void {
    this.build({ do: 'build', move: false, prune: false, force: true });
    expect(existsSync(join(this.out, '.gatewright/build'))).toBe(false);
    const { report } = new Diagnostics();
    const wanted = collectFiles([['test', filesOf(this.spec)]], ({ pointer }) => pointer, report) ?? [];
    const state = readFolder(this.out, wanted.map(({ path }) => path), report);
    const plan = state && planWrites(wanted, state.lock, state.disk, report);
    expect(plan).toMatchObject({ create: [], update: [], remove: [], edited: [] });
  }
}

it('no line is lost in two thousand sequences of work, design and mishaps', () => {
  let folders = 0;
  fc.assert(fc.property(fc.array(step, { minLength: 4, maxLength: 14 }), (steps) => {
    const team = new Team(join(base, String(folders++)));
    for (const each of steps) team.do(each);
    // A file of the developer's may stand where a generated one is wanted; only they can move it.
    team.mend();
    rmSync(team.out, { recursive: true, force: true });
  }), { numRuns: 2000, seed: 20261128 });
}, 300_000);
