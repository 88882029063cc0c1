import { isObject, own, type Json } from '../base/json.js';
import { compare } from '../base/order.js';
import type { Ownership } from './emitter.js';

/** `gatewright.lock.json`: what the compiler wrote. Being in it is the only licence to replace or delete a file. */
export interface Lock {
  readonly compiler: string;
  readonly spec: string;
  readonly targets: readonly string[];
  readonly files: ReadonlyMap<string, LockedFile>;
}
export interface LockedFile {
  readonly ownership: Ownership;
  /** Of what was written, not of what stands there now. */
  readonly hash: string;
  /** What of the document it was made from, for orphans and renames. */
  readonly from?: string;
  /** What a developer's file must agree with, part by part, in words of the document. */
  readonly signature?: Readonly<Record<string, string>>;
}

export const lockName = 'gatewright.lock.json';
export const emptyLock: Lock = { compiler: '', spec: '', targets: [], files: new Map() };

export const printLock = (lock: Lock): string => {
  const files = Object.fromEntries([...lock.files].sort(([a], [b]) => compare(a, b)).map(([path, file]) => [path, file]));
  return `${JSON.stringify({ version: 1, compiler: lock.compiler, spec: lock.spec, targets: lock.targets, files }, null, 2)}\n`;
};

/** Reads a lock; `undefined` when the text is not one that this compiler wrote. */
export const parseLock = (text: string): Lock | undefined => {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(json) || own(json, 'version') !== 1) return undefined;
  const entries = own(json, 'files');
  if (!isObject(entries)) return undefined;
  const files = new Map<string, LockedFile>();
  for (const [path, entry] of Object.entries(entries)) {
    const file = isObject(entry) ? lockedFile(entry) : undefined;
    if (!file) return undefined;
    files.set(path, file);
  }
  const targets = own(json, 'targets');
  return {
    compiler: String(own(json, 'compiler') ?? ''),
    spec: String(own(json, 'spec') ?? ''),
    targets: Array.isArray(targets) ? targets.map(String) : [],
    files,
  };
};

/** Nothing where they are not what this compiler writes: they only spare work. */
const lockedFile = (entry: { readonly [key: string]: Json }): LockedFile | undefined => {
  const ownership = own(entry, 'ownership');
  const hash = own(entry, 'hash');
  const from = own(entry, 'from');
  const signature = own(entry, 'signature');
  if ((ownership !== 'generated' && ownership !== 'scaffold') || typeof hash !== 'string') return undefined;
  return {
    ownership,
    hash,
    ...(typeof from === 'string' ? { from } : {}),
    ...(isObject(signature) ? { signature: Object.fromEntries(Object.entries(signature).map(([part, text]) => [part, String(text)])) } : {}),
  };
};
