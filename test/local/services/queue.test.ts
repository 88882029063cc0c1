import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../../src/local/clock.js';
import { createQueue, type Queue } from '../../../src/local/services/queue.js';

const minute = 60_000;
const queueOf = (fifo: boolean, deadLetterAfter?: number) => {
  const clock = testClock(() => 0);
  const deadLetters = deadLetterAfter === undefined ? undefined : createQueue({ fifo, visibilityMs: minute }, clock);
  return { clock, deadLetters, queue: createQueue({ fifo, visibilityMs: minute, ...(deadLetterAfter === undefined ? {} : { deadLetterAfter }) }, clock, deadLetters) };
};
const bodies = (messages: readonly { readonly body: string }[]): readonly string[] => messages.map(({ body }) => body);

describe('a queue', () => {
  it.each<[string, Parameters<Queue['send']>[0], boolean, string]>([
    ['no body', { body: '' }, false, 'MissingParameter'],
    ['a body too large', { body: 'x'.repeat(1_048_577) }, false, 'InvalidParameterValue'],
    ['a delay too long', { body: 'x', delayMs: 901_000 }, false, 'InvalidParameterValue'],
    ['no group, where there is an order', { body: 'x', dedupe: 'd' }, true, 'MissingParameter'],
    ['nothing to know it again by, where there is an order', { body: 'x', group: 'g' }, true, 'InvalidParameterValue'],
    ['a delay, where there is an order', { body: 'x', group: 'g', dedupe: 'd', delayMs: 1000 }, true, 'InvalidParameterValue'],
  ])('refuses a message of %s', (_, message, fifo, code) => {
    expect(() => queueOf(fifo).queue.send(message)).toThrow(expect.objectContaining({ code }));
  });

  it('hides what somebody has, counts, and gives it up after so many', () => {
    const { clock, queue, deadLetters } = queueOf(false, 2);
    queue.send({ body: 'x' });
    expect([bodies(queue.receive(10)), bodies(queue.receive(10))]).toEqual([['x'], []]);
    clock.advance(minute);
    expect(queue.receive(10).map(({ receives }) => receives)).toEqual([2]);
    clock.advance(minute);
    expect([bodies(queue.receive(10)), bodies(deadLetters?.messages() ?? [])]).toEqual([[], ['x']]);
  });

  it('knows a message again for five minutes, and no longer', () => {
    const { clock, queue } = queueOf(true);
    const send = (body: string) => queue.send({ body, group: 'g', dedupe: 'd' }).id;
    const first = send('1');
    for (const { receipt = '' } of queue.receive(1)) queue.remove(receipt);
    clock.advance(5 * minute - 1);
    expect([send('2'), queue.messages().length]).toEqual([first, 0]);
    clock.advance(1);
    expect([send('3') === first, bodies(queue.messages())]).toEqual([false, ['3']]);
  });

  it('does not take a receipt that is out of date, where there is an order', () => {
    const { clock, queue } = queueOf(true);
    queue.send({ body: 'x', group: 'g', dedupe: 'd' });
    const [{ receipt = '' } = {}] = queue.receive(1);
    clock.advance(minute);
    expect(() => queue.remove(receipt)).toThrow('expired');
    expect(() => queue.remove('nonsense')).toThrow(expect.objectContaining({ code: 'ReceiptHandleIsInvalid' }));
  });
});

type Step = { readonly do: 'send'; readonly group: string } | { readonly do: 'receive'; readonly most: number } | { readonly do: 'remove' | 'release' } | { readonly do: 'wait'; readonly ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('send' as const), group: fc.constantFrom('a', 'b') }),
  fc.record({ do: fc.constant('receive' as const), most: fc.integer({ min: 1, max: 3 }) }),
  fc.constant({ do: 'remove' as const }), fc.constant({ do: 'release' as const }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, minute / 2, minute) }),
);

describe('a queue, whatever is done with it', () => {
  it('has an order within a group, loses nothing, and gives nothing to two', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(undefined, 1, 3), (steps, deadLetterAfter) => {
      const { clock, queue, deadLetters } = queueOf(true, deadLetterAfter);
      const held = new Map<string, { readonly until: number; readonly group: string; readonly receipt: string }>();
      const sent: string[] = [];
      const gone = new Set<string>();
      let now = 0;
      for (const each of steps) {
        for (const [id, { until }] of held) if (until <= now) held.delete(id);
        const [first] = held;
        if (each.do === 'send') sent.push(queue.send({ body: String(sent.length), group: each.group, dedupe: String(sent.length) }).id);
        else if (each.do === 'wait') clock.advance(each.ms), now += each.ms;
        else if (each.do === 'receive') {
          const blocked = new Set([...held.values()].map(({ group }) => group));
          const received = queue.receive(each.most);
          const dead = new Set((deadLetters?.messages() ?? []).map(({ body }) => sent[Number(body)]));
          for (const { id, group = '', body, receipt = '' } of received) {
            expect(blocked.has(group)).toBe(false);
            // Whatever was sent before to the group is removed, given up, or in the same batch.
            const before = queue.messages().filter((other) => other.group === group && Number(other.body) < Number(body));
            expect(before.every((other) => received.some((one) => one.id === other.id) || dead.has(other.id))).toBe(true);
            held.set(id, { until: now + minute, group, receipt });
          }
          expect(received.length).toBeLessThanOrEqual(each.most);
        } else if (first) {
          const [id, { receipt }] = first;
          held.delete(id);
          if (each.do === 'remove') {
            queue.remove(receipt);
            gone.add(id);
          } else queue.hide(receipt, 0);
        }
        expect(queue.messages().length + (deadLetters?.messages().length ?? 0) + gone.size).toBe(sent.length);
        for (const { receives } of queue.messages()) expect(receives).toBeLessThanOrEqual(deadLetterAfter ?? Infinity);
      }
    }), { numRuns: 300, examples: [[[{ do: 'send', group: 'a' }, { do: 'send', group: 'a' }, { do: 'receive', most: 2 }, { do: 'release' }, { do: 'receive', most: 1 }], undefined]] });
  });
});
