import { builtin, type Origin } from '../base/origin.js';
import { compare, sortBy } from '../base/order.js';
import type { Report } from '../diagnostics/collect.js';
import * as faults from './diagnostics.js';
import { hashOf } from './hash.js';
import type { EmittedFile } from './held.js';
import { workFolder } from './layout.js';
import type { Lock, LockedFile } from './lock.js';
import { keepNothing, type Keep } from './memory.js';
import { pathFault, pathKey } from './paths.js';

/** A file to be written, and who asked for it. */
export interface PlannedFile extends EmittedFile { readonly generator: string; readonly hash: string; readonly from: string }

/** What a build will do to the output folder, decided before the first write. Paths in code-unit order. */
export interface Plan {
  readonly create: readonly PlannedFile[];
  readonly update: readonly PlannedFile[];
  readonly keep: readonly string[];
  readonly remove: readonly string[];
  /** Generated files that somebody edited, which `update` and `remove` would replace or delete. */
  readonly edited: readonly string[];
  /** Files of the developer's whose operation has gone; reported, never deleted. */
  readonly orphans: readonly Orphan[];
  /** Files of the developer's that change their name first, as was asked for. */
  readonly moves: readonly Move[];
  /** Files of the developer's that must agree with something that has changed. */
  readonly changed: readonly ChangedFile[];
  readonly files: ReadonlyMap<string, LockedFile>;
  /** Hashes of what stood in the folder when this was decided. */
  readonly disk: ReadonlyMap<string, string>;
}

/** A file of the developer's that nothing calls any more. */
export interface Orphan {
  readonly path: string;
  /** Nobody ever wrote into it. */
  readonly untouched: boolean;
  /** What serves the same place of the document now, and is not written in either. */
  readonly successor?: string;
}
export interface Move {
  readonly from: string;
  readonly to: string;
  /** Hash of the stub that stands at the new name, and gives way. */
  readonly over?: string;
}

/** A part of a signature that came (`was` absent), went (`is` absent) or changed. */
export interface SignatureChange { readonly part: string; readonly was?: string; readonly is?: string }
export interface ChangedFile { readonly path: string; readonly origin: Origin; readonly changes: readonly SignatureChange[] }

/** Checks what generators want to write: legal paths, each wanted once. Answers nothing when a fault was reported. */
export const collectFiles = (
  outputs: Iterable<readonly [generator: string, files: Iterable<EmittedFile>]>,
  label: (origin: Origin) => string,
  report: Report,
  keep: Keep = keepNothing,
): PlannedFile[] | undefined => {
  const claimed = new Map<string, PlannedFile>();
  let sound = true;
  for (const [generator, files] of outputs) {
    for (const file of files) {
      const { planned, why } = keep(`file ${file.path}`, [file, generator], () => plannedFile(file, generator, label, keep));
      const key = pathKey(file.path);
      const holder = claimed.get(key);
      if (why !== undefined) report(faults.badPath({ generator, path: file.path, why }, file.origin ?? builtin));
      else if (holder) report(faults.pathCollision({ first: wanter(holder), second: wanter(planned), path: file.path }, file.origin ?? builtin, holder.origin ? [{ at: holder.origin, message: 'the first one' }] : []));
      else {
        claimed.set(key, planned);
        continue;
      }
      sound = false;
    }
  }
  return sound ? sortBy(claimed.values(), (file) => file.path) : undefined;
};

const plannedFile = (file: EmittedFile, generator: string, label: (origin: Origin) => string, keep: Keep): { readonly planned: PlannedFile; readonly why: string | undefined } => {
  const { path, ownership, origin, signature, bytes, hash } = file;
  const planned: PlannedFile = {
    path, ownership, ...(origin ? { origin } : {}), ...(signature ? { signature } : {}), ...(bytes ? { bytes } : {}),
    // Asked for only where it is needed: it may be held otherwise than as a text.
    get content() { return file.content; },
    generator, hash: hash ?? keep(`hash ${path}`, [file.content], () => hashOf(file.content)), from: origin ? label(origin) : '',
  };
  return { planned, why: pathFault(path) };
};

const wanter = (file: PlannedFile): string => (file.from === '' ? `generator \`${file.generator}\`` : `\`${file.from}\``);

/**
 * Compares what is wanted with what stands in the folder. `disk` gives the hash of what stands at a path, or nothing.
 * Only what the lock lists, or what does not exist, is ever replaced or deleted; of the developer's files only a stub
 * in which nothing was ever written. The moves that were asked for are taken as done, but for those that would replace
 * what somebody wrote.
 */
export const planWrites = (wanted: readonly PlannedFile[], before: Lock, stood: ReadonlyMap<string, string>, report: Report, asked: readonly Move[] = []): Plan | undefined => {
  const moves = asked.flatMap(({ from, to }): Move[] => {
    const over = stood.get(to);
    return over === undefined ? [{ from, to }] : over === before.files.get(to)?.hash ? [{ from, to, over }] : [];
  });
  const [lock, disk] = moved(before, stood, moves);
  const create: PlannedFile[] = [];
  const update: PlannedFile[] = [];
  const edited: string[] = [];
  const keep: string[] = [];
  const changed: ChangedFile[] = [];
  const files = new Map<string, LockedFile>();
  let sound = true;
  for (const file of wanted) {
    const now = disk.get(file.path);
    const locked = lock.files.get(file.path);
    const mine = file.ownership === 'scaffold' && now !== undefined && now !== locked?.hash && now !== file.hash;
    files.set(file.path, {
      ownership: file.ownership,
      hash: mine && locked ? locked.hash : file.hash,
      ...(file.from === '' ? {} : { from: file.from }),
      ...(file.signature ? { signature: file.signature } : {}),
    });
    if (now === undefined) create.push(file);
    else if (now === file.hash) keep.push(file.path);
    else if (mine) {
      keep.push(file.path);
      const changes = signatureChanges(locked?.signature, file.signature);
      if (changes.length > 0) changed.push({ path: file.path, origin: file.origin ?? builtin, changes });
    } else if (!locked) {
      report(faults.foreignFile({ path: file.path }, file.origin ?? builtin));
      sound = false;
    } else {
      if (locked.hash !== now) edited.push(file.path);
      update.push(file);
    }
  }
  const left = leftOver(wanted, create, lock, disk, files, report);
  return sound ? { create, update, keep, ...left, edited: [...edited, ...left.edited], moves, changed, files, disk } : undefined;
};

/** The lock and the folder as they are when files have changed their names; one that is put aside is in neither. */
const moved = ({ files, ...lock }: Lock, disk: ReadonlyMap<string, string>, moves: readonly Move[]): [Lock, ReadonlyMap<string, string>] => {
  const [known, standing] = [new Map(files), new Map(disk)];
  for (const { from, to } of moves) {
    for (const map of [known, standing] as Map<string, unknown>[]) {
      const value = map.get(from);
      map.delete(from);
      if (value !== undefined && !to.startsWith(`${workFolder}/`)) map.set(to, value);
    }
  }
  return [{ ...lock, files: known }, standing];
};

/** What the lock lists and nobody wants any more: ours is deleted, the developer's reported and remembered. */
const leftOver = (
  wanted: readonly PlannedFile[],
  created: readonly PlannedFile[],
  lock: Lock,
  disk: ReadonlyMap<string, string>,
  files: Map<string, LockedFile>,
  report: Report,
): Pick<Plan, 'remove' | 'edited' | 'orphans'> => {
  const remove: string[] = [];
  const edited: string[] = [];
  const orphans: Orphan[] = [];
  const keys = new Set(wanted.map((file) => pathKey(file.path)));
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const stubs = [...created, ...wanted].filter(({ ownership, from }) => ownership === 'scaffold' && from !== '');
  for (const [path, entry] of [...lock.files].sort(([a], [b]) => compare(a, b))) {
    const now = disk.get(path);
    if (keys.has(pathKey(path)) || now === undefined) continue;
    if (entry.ownership === 'generated') {
      remove.push(path);
      if (now !== entry.hash) edited.push(path);
      continue;
    }
    const renamed = stubs.find((file) => file.from === entry.from && folder(file.path) === folder(path));
    const free = renamed !== undefined && (!disk.has(renamed.path) || disk.get(renamed.path) === lock.files.get(renamed.path)?.hash);
    const untouched = now === entry.hash;
    orphans.push({ path, untouched, ...(free && !untouched ? { successor: renamed.path } : {}) });
    files.set(path, entry);
    report(faults.orphan({ path, from: entry.from === undefined ? 'something' : `\`${entry.from}\``, renamed: renamed?.path, untouched, free }, renamed?.origin ?? builtin));
  }
  return { remove, edited, orphans };
};

const signatureChanges = (before: Readonly<Record<string, string>> | undefined, after: Readonly<Record<string, string>> | undefined): SignatureChange[] => {
  if (!before || !after) return [];
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compare);
  return parts.flatMap((part) => {
    const [was, is] = [before[part], after[part]];
    return was === is ? [] : [{ part, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) }];
  });
};
