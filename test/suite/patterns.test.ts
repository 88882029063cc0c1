import { describe, expect, it } from 'vitest';
import { partsOf, patternVariation } from '../../generators/contract-tests/patterns.js';
import { random, vary } from '../../src/suite/values.js';

describe('texts that match a pattern', () => {
  it.each(['^[A-Z]{3}[0-9]{2}$', '^shp_[0-9a-z]{12}$', '^\\+[0-9]{6,15}$', '^CC-\\d{4}$', '^(?:a|b)[^0-9]{4,6}\\w+$', '^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$', '[a-z]{3}\\.[a-z]{2,3}'])('are made of %s, and are others each time', (pattern) => {
    const parts = partsOf(pattern) ?? [];
    const chance = random(1);
    const made = Array.from({ length: 50 }, () => String(vary({ kind: 'pattern', parts }, chance)));
    expect(made.filter((text) => !new RegExp(pattern, 'u').test(text))).toEqual([]);
    expect(new Set(made).size).toBeGreaterThan(45);
  });
  it.each([['few', '^[ab]$'], ['of what stands around', '^(?=a)[a-z]{8}$'], ['of what came before', '^([a-z]{8})\\1$'], ['none', '^[a-']])('are not made of one that says %s', (_, pattern) => {
    expect(partsOf(pattern)).toBeUndefined();
  });
  it('are as long as must be, and are none where that cannot be', () => {
    const fits = (text: string): boolean => text.length >= 8 && text.length <= 64;
    const variation = patternVariation('^[A-Za-z0-9-]+$', 8, fits);
    const chance = random(1);
    expect(variation && Array.from({ length: 50 }, () => String(vary(variation, chance))).every(fits)).toBe(true);
    expect(patternVariation('^[A-Za-z]{1,4}$', 8, fits)).toBeUndefined();
  });
});
