import { describe, expect, it } from 'vitest';
import { expectHeld, sheet } from '../support/held.js';
import { pitfalls } from './table.js';

const facts = sheet('aws-gateway-pitfalls.md');

describe('pitfalls', () => {
  it.runIf(facts !== undefined)('are all in the table, and no others', () => {
    const ids = [...(facts ?? '').matchAll(/^\| (P\d+) \|/gm)].map(([, id]) => id ?? '');
    expect(ids.length).toBe(133);
    expect([...new Set(pitfalls.map(([id]) => id))]).toEqual(ids);
  });

  it('are held by tests and diagnostics that there are', () => expectHeld(pitfalls));

  it('that do not concern us are few', () => expect(pitfalls.filter(([, by]) => by === 'reason').length).toBeLessThan(15));
});
