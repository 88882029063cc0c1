import { describe, expect, it } from 'vitest';
import { testClock } from '../../src/local/clock.js';

describe('the clock of test mode', () => {
  it('runs, can be put forward, and goes back to real time', () => {
    let real = 1_000;
    const clock = testClock(() => real);
    real += 5;
    expect(clock.now()).toBe(1_005);
    clock.advance(61_000);
    expect(clock.now()).toBe(62_005);
    clock.reset();
    expect(clock.now()).toBe(1_005);
  });

  it('ends waits that have become due, in their order, and no others', async () => {
    const clock = testClock();
    const ended: string[] = [];
    const waits = [clock.wait(60_000).then(() => ended.push('a minute')), clock.wait(1_000).then(() => ended.push('a second')), clock.wait(0).then(() => ended.push('nothing'))];
    void clock.wait(3_600_000).then(() => ended.push('an hour'));
    clock.advance(60_000);
    await Promise.all(waits);
    expect(ended).toEqual(['nothing', 'a second', 'a minute']);
  });
});
