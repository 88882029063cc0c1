// The cache of the field: a million callers must not grow the gateway, and what was not asked for longest goes first.
import { LRUCache } from 'lru-cache';
import { Bucket, type Rate } from './bucket.js';

/** Callers of whom each limit remembers something. One that is forgotten begins with a full bucket. */
export const mostCallers = 100_000;

/** A bucket for each of many callers. */
export class Buckets {
  readonly #all: LRUCache<string, Bucket>;

  constructor(private readonly limit: Rate, most: number = mostCallers) {
    this.#all = new LRUCache({ max: most });
  }

  take(who: string, now: number): boolean {
    let bucket = this.#all.get(who);
    if (!bucket) {
      bucket = new Bucket(this.limit, now);
      this.#all.set(who, bucket);
    }
    return bucket.take(now);
  }

  get size(): number { return this.#all.size; }

  /** The callers seen last, with what they have left. */
  latest(count: number, now: number): (readonly [who: string, left: number])[] {
    const found: (readonly [string, number])[] = [];
    for (const [who, bucket] of this.#all.entries()) {
      if (found.length === count) break;
      found.push([who, bucket.left(now)]);
    }
    return found;
  }

  clear(): void { this.#all.clear(); }
}
