import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bucket } from '../../src/local/limits/bucket.js';
import { Buckets } from '../../src/local/limits/buckets.js';
import { Quotas } from '../../src/local/limits/quota.js';

/** How many of many asked for at a moment are let through. */
const through = (bucket: Bucket, now: number, asked = 1000): number => Array.from({ length: asked }, () => bucket.take(now)).filter(Boolean).length;

describe('a token bucket', () => {
  it.each<[string, number, number, readonly (readonly [now: number, through: number])[]]>([
    ['holds its burst at first, and no more however long nobody comes', 10, 20, [[0, 20], [0, 0], [1_000_000, 20]]],
    ['gives its rate each second', 10, 20, [[0, 20], [1_000, 10], [2_000, 10], [3_000, 10]]],
    ['gives one token in its time, not a millisecond before', 10, 1, [[0, 1], [99, 0], [100, 1], [199, 0], [200, 1]]],
    ['adds up small steps exactly', 3, 1, [[0, 1], [111, 0], [222, 0], [333, 0], [334, 1]]],
    ['takes rates below one', 0.5, 1, [[0, 1], [1_999, 0], [2_000, 1]]],
    ['takes a burst below its rate', 100, 5, [[0, 5], [1_000, 5], [1_010, 1]]],
    ['gives nothing when the clock goes back, and takes nothing away', 10, 5, [[10_000, 5], [0, 0], [100, 1], [10_000, 5]]],
    ['sees a sleep as time like any other', 2, 4, [[0, 4], [86_400_000, 4]]],
  ])('%s', (_, rate, burst, moments) => {
    const bucket = new Bucket({ rate, burst }, moments[0]?.[0] ?? 0);
    expect(moments.map(([now]) => [now, through(bucket, now)])).toEqual(moments);
  });

  it('lets through the burst and the rate, whatever the moments of asking', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 60 }), (rate, burst, steps) => {
      const bucket = new Bucket({ rate, burst }, 0);
      let now = 0;
      let count = through(bucket, now);
      for (const step of steps) count += through(bucket, now += step);
      expect(count).toBeLessThanOrEqual(burst + Math.floor((now * rate) / 1000));
    }));
  });
});

describe('buckets of many callers', () => {
  it('remember the last of a million, in bounded memory, and do not let one caller empty another\'s', () => {
    const buckets = new Buckets({ rate: 1, burst: 1 }, 1_000);
    for (let caller = 0; caller < 1_000_000; caller++) buckets.take(String(caller), 0);
    expect(buckets.size).toBe(1_000);
    expect(buckets.take('999999', 0)).toBe(false);
    expect(buckets.take('another', 0)).toBe(true);
  });
});

describe('quotas', () => {
  const at = (text: string): number => Date.parse(text);
  it.each<[string, 'day' | 'week' | 'month', string, string, string]>([
    ['a day', 'day', '2026-03-31T00:00:00Z', '2026-03-31T23:59:59Z', '2026-04-01T00:00:00Z'],
    ['a week, from Monday', 'week', '2026-03-30T00:00:00Z', '2026-04-05T23:59:59Z', '2026-04-06T00:00:00Z'],
    ['a month', 'month', '2026-02-01T00:00:00Z', '2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
  ])('count over %s', (_, per, first, last, next) => {
    const quotas = new Quotas(10);
    const take = (moment: string, who = 'a'): boolean => quotas.take(who, { limit: 2, per }, at(moment));
    expect([take(first), take(last), take(last), take(last, 'b'), take(next)]).toEqual([true, true, false, true, true]);
  });
});
