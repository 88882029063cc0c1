import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.js';

/** Verdicts kept at once; those that were not asked for longest go first. */
const most = 10_000;

/** What an authorizer answered, for as long as it may be believed. Failures are not remembered. */
export class Verdicts<Verdict extends object> {
  readonly #all = new LRUCache<string, { readonly verdict: Verdict; readonly until: number }>({ max: most });

  constructor(private readonly ttlSeconds: number, private readonly clock: Clock) {}

  /** The verdict that is remembered by a key, or the one that is found now. */
  async get(key: string, find: () => Promise<Verdict>): Promise<{ readonly verdict: Verdict; readonly remembered: boolean }> {
    const known = this.#all.get(key);
    if (known && this.clock.now() < known.until) return { verdict: known.verdict, remembered: true };
    const verdict = await find();
    if (this.ttlSeconds > 0) this.#all.set(key, { verdict, until: this.clock.now() + this.ttlSeconds * 1000 });
    return { verdict, remembered: false };
  }

  get size(): number { return this.#all.size; }
  clear(): void { this.#all.clear(); }
}
