import type { Clock } from '../clock.js';

/** How long a deduplication id counts (SQS and SNS developer guides). */
const windowMs = 5 * 60_000;

/** What was taken of late, by deduplication id. */
export interface Recent<T> {
  /** What was taken for the id before, or what `make` makes now. */
  readonly once: (id: string, make: () => T) => T;
  readonly clear: () => void;
}

export const recent = <T>(clock: Clock): Recent<T> => {
  const known = new Map<string, { readonly at: number; readonly value: T }>();
  return {
    once: (id, make) => {
      const now = clock.now();
      // In the order taken, so that what is too old stands at the front.
      for (const [key, { at }] of known) {
        if (at + windowMs > now) break;
        known.delete(key);
      }
      const before = known.get(id);
      if (before) return before.value;
      const value = make();
      known.set(id, { at: now, value });
      return value;
    },
    clear: () => known.clear(),
  };
};
