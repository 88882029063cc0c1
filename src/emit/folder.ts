import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { compare } from '../base/order.js';
import { builtin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import * as faults from './diagnostics.js';
import { generatedFolder } from './layout.js';
import { emptyLock, lockName, type Lock } from './lock.js';
import { Seen } from './seen.js';

/** What stands in an output folder, as far as a build asks. */
export interface Folder {
  readonly lock: Lock;
  /** Path → hash of what stands there. */
  readonly disk: ReadonlyMap<string, string>;
}

const lstat = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/**
 * Reads the lock and the hashes of the given paths and of all that the lock lists. Refuses symbolic links at the
 * folder and below it, things that are no files, and a lock that is not ours. `seen`: for looks that follow one another.
 */
export const readFolder = (root: string, paths: Iterable<string>, report: Report, seen = new Seen()): Folder | undefined => {
  try {
    return readKnown(root, paths, report, seen);
  } catch (error) {
    report(faults.unwritable({ path: root, why: systemMessage(error) }, builtin));
    return undefined;
  }
};

/** What the lock of a folder says, an empty one where there is none; nothing where it is not ours. */
export const readLock = (root: string, seen = new Seen()): Lock | undefined => {
  const path = join(root, lockName);
  return lstat(path)?.isFile() ? seen.lock(readFileSync(path, 'utf8')) : emptyLock;
};

const readKnown = (root: string, paths: Iterable<string>, report: Report, seen: Seen): Folder | undefined => {
  const sound = new Map<string, boolean>();
  const isFolder = (path: string): boolean => {
    const known = sound.get(path);
    if (known !== undefined) return known;
    const stats = lstat(path);
    if (stats?.isSymbolicLink()) report(faults.symlink({ path }, builtin));
    else if (stats && !stats.isDirectory()) report(faults.unwritable({ path, why: 'a file stands where a folder is needed' }, builtin));
    const answer = stats === undefined || (stats.isDirectory() && !stats.isSymbolicLink());
    sound.set(path, answer);
    return answer;
  };
  if (!isFolder(root)) return undefined;
  const lock = readLock(root, seen);
  if (!lock) {
    report(faults.badLock({ path: join(root, lockName) }, builtin));
    return undefined;
  }
  const disk = new Map<string, string>();
  const reachable = new Map<string, boolean>();
  const missing = new Set<string>();
  let whole = true;
  for (const path of new Set([...paths, ...lock.files.keys()])) {
    const folder = dirname(path);
    const known = reachable.get(folder);
    const open = known ?? parents(root, path).every(isFolder);
    reachable.set(folder, open);
    // What is to be in a folder that there is not yet is not looked for file by file.
    if (known === undefined && open && !lstat(join(root, folder))) missing.add(folder);
    if (!open) whole = false;
    else if (!missing.has(folder)) {
      const full = join(root, path);
      const stats = lstat(full);
      if (stats?.isSymbolicLink()) report(faults.symlink({ path: full }, builtin));
      else if (stats && !stats.isFile()) report(faults.unwritable({ path: full, why: 'a folder stands where a file is needed' }, builtin));
      else if (stats) disk.set(path, seen.hash(full, stats));
      if (stats && !(stats.isFile() && !stats.isSymbolicLink())) whole = false;
    }
  }
  return whole ? { lock, disk } : undefined;
};

/** Files below `generated/` that nobody generates: compiled with the rest, and true of an earlier document at best. */
export const strangers = (root: string, known: ReadonlySet<string>): string[] => {
  const folder = join(root, generatedFolder);
  if (!lstat(folder)?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory()).map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !known.has(path)).sort(compare);
};

/** The folders between the root and a file, outermost first. */
const parents = (root: string, path: string): string[] => {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.unshift(join(root, folder));
  return folders;
};

/** The operating system's words for a failed call, without the call and the stack. */
export const systemMessage = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
};
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no space left',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  ENAMETOOLONG: 'the name is too long',
  EDQUOT: 'the disk quota is used up',
};
