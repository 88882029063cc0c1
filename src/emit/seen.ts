import { readFileSync } from 'node:fs';
import { hashOf } from './hash.js';
import { parseLock, printLock, type Lock } from './lock.js';

/** A file that was just written may be written again and look the same: the system's clock ticks in steps, and some file systems keep whole seconds. In milliseconds. */
const ticks = { fine: 100, whole: 2000 };

/** What the system says of a file. */
export interface Stats { readonly ctimeMs: number; readonly mtimeMs: number; readonly size: number; readonly ino: number; readonly dev: number }

interface Sight { readonly stats: Stats; readonly hash: string }

/**
 * What one look at an output folder leaves to the next, in the same process: what is as it was is not read again. What the system says of a
 * file (its number, its size, when it was changed) is trusted only where the file was older than the look, as git does.
 */
export class Seen {
  readonly #files = new Map<string, Sight>();
  #lock: { readonly text: string; readonly lock: Lock | undefined } | undefined;

  /** The hash of what a file holds. `stats`: as they are now. */
  hash(path: string, stats: Stats): string {
    const before = this.#files.get(path);
    if (before && same(before.stats, stats)) return before.hash;
    const now = Date.now();
    const hash = hashOf(readFileSync(path));
    if (isOld(stats, now)) this.#files.set(path, { stats, hash });
    else this.#files.delete(path);
    return hash;
  }

  /** What a lock of this text says. */
  lock(text: string): Lock | undefined {
    if (this.#lock?.text !== text) this.#lock = { text, lock: parseLock(text) };
    return this.#lock.lock;
  }

  /** The text of a lock that is about to be written, and need not be read then. */
  lockText(lock: Lock): string {
    const text = printLock(lock);
    this.#lock = { text, lock };
    return text;
  }
}

/** The time of the last change of any kind cannot be set by anybody. */
const same = (a: Stats, b: Stats): boolean => a.ctimeMs === b.ctimeMs && a.mtimeMs === b.mtimeMs && a.size === b.size && a.ino === b.ino && a.dev === b.dev;

const isOld = ({ ctimeMs }: Stats, now: number): boolean => ctimeMs < now - (Number.isInteger(ctimeMs / 1000) ? ticks.whole : ticks.fine);
