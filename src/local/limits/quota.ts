import { LRUCache } from 'lru-cache';
import type { UsagePlan } from '../../ir/index.js';

/** Requests of a calendar day, week (from Monday) or month, in UTC. */
export type Quota = NonNullable<UsagePlan['quota']>;

const startOf: Readonly<Record<Quota['per'], (date: Date) => number>> = {
  day: (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()),
  week: (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - ((date.getUTCDay() + 6) % 7)),
  month: (date) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth()),
};

/** What each of many callers has used of a quota in the present period; of the callers that were not seen for longest, nothing. */
export class Quotas {
  readonly #used: LRUCache<string, { readonly period: number; count: number }>;

  constructor(most: number) {
    this.#used = new LRUCache({ max: most });
  }

  /** Counts one request, if the quota has room for it. */
  take(who: string, { limit, per }: Quota, now: number): boolean {
    const period = startOf[per](new Date(now));
    const known = this.#used.get(who);
    const used = known?.period === period ? known : { period, count: 0 };
    if (used.count >= limit) return false;
    used.count += 1;
    this.#used.set(who, used);
    return true;
  }

  clear(): void { this.#used.clear(); }
}
