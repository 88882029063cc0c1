import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import * as faults from './diagnostics.js';
import { systemMessage } from './folder.js';
import { lockName, printLock, type Lock } from './lock.js';
import { pathFault } from './paths.js';
import type { Plan } from './plan.js';

/**
 * Writing is two steps with a journal between. First every new content is staged inside the output folder; a failure
 * there leaves the tree as it was. Then the journal says what will be renamed and deleted, and the renames follow,
 * each atomic. Whoever dies in between is finished by the next run (`recover`). The lock comes last.
 */
const workFolder = '.gatewright';
const stageFolder = join(workFolder, 'stage');
const journalName = join(workFolder, 'journal.json');

interface Journal { readonly put: readonly string[]; readonly remove: readonly string[] }

/** Carries out a plan. Answers whether it was; what hindered it was reported, and nothing was changed then. */
export const write = (root: string, plan: Plan, lock: Omit<Lock, 'files'>, report: Report): boolean => {
  const lockText = printLock({ ...lock, files: plan.files });
  const changed = [...plan.create, ...plan.update];
  const lockPath = join(root, lockName);
  const lockChanged = !existsSync(lockPath) || readFileSync(lockPath, 'utf8') !== lockText;
  if (changed.length === 0 && plan.remove.length === 0 && !lockChanged) return true;
  try {
    stage(root, [...changed, { path: lockName, content: lockText }]);
  } catch (error) {
    discard(root);
    report(faults.unwritable({ path: root, why: systemMessage(error) }, builtin));
    return false;
  }
  const journal: Journal = { put: [...changed.map((file) => file.path), lockName], remove: plan.remove };
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

/** Finishes what an interrupted build had decided, or clears away what it had only staged. */
export const recover = (root: string, report: Report): boolean => {
  if (!existsSync(join(root, workFolder))) return true;
  try {
    const journal = existsSync(join(root, journalName)) ? parseJournal(readFileSync(join(root, journalName), 'utf8')) : undefined;
    if (journal) apply(root, journal);
    else discard(root);
    return true;
  } catch (error) {
    report(faults.unwritable({ path: join(root, workFolder), why: systemMessage(error) }, builtin));
    return false;
  }
};

const stage = (root: string, files: readonly { readonly path: string; readonly content: string }[]): void => {
  discard(root);
  const folders = new Set<string>();
  for (const file of files) {
    const staged = join(root, stageFolder, file.path);
    if (!folders.has(dirname(staged))) mkdirSync(dirname(staged), { recursive: true });
    folders.add(dirname(staged));
    writeFileSync(staged, file.content);
    const mode = statSync(join(root, file.path), { throwIfNoEntry: false })?.mode;
    if (mode !== undefined) chmodSync(staged, mode);
  }
};

const apply = (root: string, journal: Journal): void => {
  const folders = new Set<string>();
  for (const path of journal.put) {
    const staged = join(root, stageFolder, path);
    if (!existsSync(staged)) continue;
    const folder = dirname(join(root, path));
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    renameSync(staged, join(root, path));
  }
  for (const path of journal.remove) {
    rmSync(join(root, path), { force: true });
    removeEmptyParents(root, path);
  }
  discard(root);
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

const discard = (root: string): void => rmSync(join(root, workFolder), { recursive: true, force: true });

/** A journal is trusted no more than any file: only paths a plan could have had. */
const parseJournal = (text: string): Journal | undefined => {
  try {
    const { put, remove } = JSON.parse(text) as Partial<Journal>;
    const sound = (paths: unknown): paths is string[] => Array.isArray(paths) && paths.every((path) => typeof path === 'string' && pathFault(path) === undefined);
    return sound(put) && sound(remove) ? { put, remove } : undefined;
  } catch {
    return undefined;
  }
};
