import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import * as faults from './diagnostics.js';
import { systemMessage } from './folder.js';
import { hashOf } from './hash.js';
import { workFolder } from './layout.js';
import { lockName, parseLock, printLock, type Lock } from './lock.js';
import { pathFault } from './paths.js';
import type { Move, Plan, PlannedFile } from './plan.js';
import { Seen } from './seen.js';

/**
 * Writing is two steps with a journal between. First every new content is staged inside the output folder; a failure
 * there leaves the tree as it was. Then the journal says what will be renamed and deleted, and the renames follow,
 * each atomic. Whoever dies in between is finished by the next run (`recover`), which leaves alone what somebody has
 * changed since. The lock comes last. One build at a time writes (`exclusively`).
 */
const buildFolder = join(workFolder, 'build');
const stageFolder = join(buildFolder, 'stage');
const journalName = join(buildFolder, 'journal.json');

/** A file to be put in its place: over what has the hash `was`, or where nothing stands. One of the developer's (`yours`) over nothing that has changed since. */
interface Put { readonly path: string; readonly was?: string; readonly yours?: true }
interface Removal { readonly path: string; readonly was: string }
interface Journal { readonly move: readonly Move[]; readonly put: readonly Put[]; readonly remove: readonly Removal[] }

/** Carries out a plan. Answers whether it was; what hindered it was reported, and nothing was changed then. `seen`: for looks that follow. */
export const write = (root: string, plan: Plan, lock: Omit<Lock, 'files'>, report: Report, seen = new Seen()): boolean => {
  const lockText = seen.lockText({ ...lock, files: plan.files });
  const changed = [...plan.create, ...plan.update];
  const lockPath = join(root, lockName);
  const lockChanged = !existsSync(lockPath) || readFileSync(lockPath, 'utf8') !== lockText;
  if (changed.length === 0 && plan.remove.length === 0 && plan.moves.length === 0 && !lockChanged) return true;
  try {
    stage(root, plan.create, [...plan.update, { path: lockName, content: lockText }]);
  } catch (error) {
    report(faults.unwritable({ path: root, why: systemMessage(error) }, builtin));
    try {
      discard(root);
    } catch {
      // What was staged is cleared away by the next build.
    }
    return false;
  }
  const known = (path: string): { was?: string } => {
    const was = plan.disk.get(path);
    return was === undefined ? {} : { was };
  };
  const journal: Journal = {
    move: plan.moves,
    put: [...changed.map(({ path, ownership }): Put => ({ path, ...known(path), ...(ownership === 'scaffold' ? { yours: true } : {}) })), { path: lockName }],
    remove: plan.remove.flatMap((path) => {
      const was = plan.disk.get(path);
      return was === undefined ? [] : [{ path, was }];
    }),
  };
  try {
    writeFileSync(join(root, `${journalName}.new`), JSON.stringify(journal));
    renameSync(join(root, `${journalName}.new`), join(root, journalName));
    apply(root, journal);
    return true;
  } catch (error) {
    report(faults.unwritable({ path: root, why: `${systemMessage(error)}; the next build finishes what was begun` }, builtin));
    return false;
  }
};

/** Whether a build died in this folder, and `recover` has something to do. */
export const isInterrupted = (root: string): boolean => existsSync(join(root, buildFolder));

/** Finishes what an interrupted build had decided, or clears away what it had only staged. */
export const recover = (root: string, report: Report): boolean => {
  if (!isInterrupted(root)) return true;
  try {
    const journal = existsSync(join(root, journalName)) ? parseJournal(readFileSync(join(root, journalName), 'utf8')) : undefined;
    if (journal) {
      const left = untouched(root, journal);
      stayListed(root, journal.remove.filter((each) => !left.remove.includes(each)).map(({ path }) => path));
      apply(root, left);
    } else discard(root);
    return true;
  } catch (error) {
    report(faults.unwritable({ path: join(root, workFolder), why: systemMessage(error) }, builtin));
    return false;
  }
};

type Staged = Pick<PlannedFile, 'path' | 'content' | 'bytes'>;

const stage = (root: string, fresh: readonly Staged[], replacing: readonly Staged[]): void => {
  discard(root);
  const folders = new Set<string>();
  const put = (file: Staged): string => {
    const staged = join(root, stageFolder, file.path);
    const folder = dirname(staged);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(staged, file.bytes ?? file.content);
    return staged;
  };
  fresh.forEach(put);
  for (const file of replacing) {
    const staged = put(file);
    const mode = statSync(join(root, file.path), { throwIfNoEntry: false })?.mode;
    if (mode !== undefined) chmodSync(staged, mode);
  }
};

const apply = (root: string, journal: Journal): void => {
  const folders = new Set<string>();
  for (const { from, to, over } of journal.move) {
    if (!existsSync(join(root, from))) continue;
    if (over !== undefined && stillIs(root, to, over)) rmSync(join(root, to), { force: true });
    mkdirSync(dirname(join(root, to)), { recursive: true });
    linkOnce(join(root, from), join(root, to));
    // What stands there already is somebody's: then both stay.
    if (sameFile(join(root, from), join(root, to))) rmSync(join(root, from));
    removeEmptyParents(root, from);
  }
  const putWhole = wholeFolders(root);
  for (const { path, was, yours } of journal.put) {
    const staged = join(root, stageFolder, path);
    if (putWhole(dirname(path)) || !existsSync(staged)) continue;
    const target = join(root, path);
    const folder = dirname(target);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    if (yours && was === undefined) linkOnce(staged, target);
    else if (!yours || stillIs(root, path, was)) renameSync(staged, target);
  }
  for (const { path } of journal.remove) {
    rmSync(join(root, path), { force: true });
    removeEmptyParents(root, path);
  }
  discard(root);
};

/**
 * Puts staged folders in place, in one step with all that is in them, where there is none of the name: all of it was decided on the
 * knowledge that nothing stood there. Answers whether a folder is in place for that.
 */
const wholeFolders = (root: string): ((folder: string) => boolean) => {
  const known = new Map<string, boolean>();
  const put = (folder: string): boolean => {
    if (folder === '.') return false;
    const before = known.get(folder);
    if (before !== undefined) return before;
    const whole = put(dirname(folder)) || moveFolder(join(root, stageFolder, folder), join(root, folder));
    known.set(folder, whole);
    return whole;
  };
  return put;
};

const moveFolder = (staged: string, target: string): boolean => {
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return false;
  try {
    renameSync(staged, target);
    return true;
  } catch {
    // Somebody was faster, or nothing of it is left to be put: it is looked at file by file.
    return false;
  }
};

/** Puts a file where nothing stands, in one step: what the developer has made there in the meantime stays. */
const linkOnce = (staged: string, target: string): void => {
  try {
    linkSync(staged, target);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') return;
    // A file system without hard links.
    if (lstatSync(target, { throwIfNoEntry: false }) === undefined) renameSync(staged, target);
  }
};

/** Whether two names are of one file, so that one of them may go. */
const sameFile = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((path) => lstatSync(path, { throwIfNoEntry: false, bigint: true }));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
};

/** Whether nothing stands at a path, or what stood there when it was planned. */
const stillIs = (root: string, path: string, was: string | undefined): boolean => {
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  return stats === undefined || (stats.isFile() && was === hashOf(readFileSync(join(root, path))));
};

/** What is left of a journal when nothing is touched that is no longer as the dead build had found it. */
const untouched = (root: string, { move, put, remove }: Journal): Journal => ({
  move,
  put: put.filter(({ path, was }) => path === lockName || stillIs(root, path, was)),
  remove: remove.filter(({ path, was }) => stillIs(root, path, was)),
});

/** Has the lock that is about to be put in place list what was not removed after all, so that the next build sees it. */
const stayListed = (root: string, paths: readonly string[]): void => {
  const [old, next] = [join(root, lockName), join(root, stageFolder, lockName)].map((path) => (existsSync(path) ? parseLock(readFileSync(path, 'utf8')) : undefined));
  if (paths.length === 0 || !old || !next) return;
  const kept = paths.flatMap((path) => {
    const entry = old.files.get(path);
    return entry ? [[path, entry] as const] : [];
  });
  writeFileSync(join(root, stageFolder, lockName), printLock({ ...next, files: new Map([...next.files, ...kept]) }));
};

const removeEmptyParents = (root: string, path: string): void => {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return;
    }
  }
};

const discard = (root: string): void => {
  rmSync(join(root, buildFolder), { recursive: true, force: true });
  removeEmptyParents(root, buildFolder);
};

/** A journal is trusted no more than any file: only paths a plan could have had. */
const parseJournal = (text: string): Journal | undefined => {
  try {
    const { move, put, remove } = JSON.parse(text) as Partial<Journal>;
    const legal = (path: unknown): boolean => typeof path === 'string' && pathFault(path) === undefined;
    const each = <T>(entries: readonly T[] | undefined, test: (entry: T) => boolean): boolean => Array.isArray(entries) && entries.every((entry: T | null) => entry !== null && test(entry));
    return move && put && remove && each(move, ({ from, to }) => legal(from) && legal(to)) && each(put, ({ path }) => legal(path)) && each(remove, ({ path }) => legal(path)) ? { move, put, remove } : undefined;
  } catch {
    return undefined;
  }
};
