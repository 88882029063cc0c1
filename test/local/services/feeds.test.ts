import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.js';
import { testClock } from '../../../src/local/clock.js';
import { eventFeed, queueFeed, streamFeed } from '../../../src/local/services/feeds.js';
import { createQueue } from '../../../src/local/services/queue.js';
import { createRunner } from '../../../src/local/services/runner.js';
import { createStream } from '../../../src/local/services/stream.js';

type Records = readonly { readonly kinesis: { readonly sequenceNumber: string; readonly data: string } }[];
const textOf = ({ kinesis: { data } }: Records[number]): string => Buffer.from(data, 'base64').toString();

/** A stream of one shard with records `0`, `1` …, and what its worker was given, batch by batch. */
const streaming = (count: number, work: (records: Records) => unknown) => {
  const clock = testClock(() => 0);
  const stream = createStream({ shards: 1 }, clock);
  for (let index = 0; index < count; index++) stream.put('k', Buffer.from(String(index)));
  const given: string[][] = [];
  const feed = streamFeed('clicks', 'local-clicks', stream, clock, (event: JsonObject) => {
    const records = event['Records'] as unknown as Records;
    given.push(records.map(textOf));
    return Promise.resolve().then(() => work(records));
  });
  const { work: run } = createRunner([feed], clock, false);
  return { given, run, later: (ms: number) => {
    clock.advance(ms);
    return run();
  } };
};
const throws = (): never => { throw new Error('no'); };

describe('a stream feeds its worker', () => {
  it('in order, each record once, whoever asks at the same time', async () => {
    const { given, run } = streaming(150, () => undefined);
    await Promise.all([run(), run()]);
    expect(given.map((batch) => batch.length)).toEqual([100, 50]);
    expect(given.flat()).toEqual(Array.from({ length: 150 }, (_, index) => String(index)));
  });
  it('again from the record that is named as failed', async () => {
    let failing = true;
    const { given, run, later } = streaming(4, (records) => {
      const bad = records.find((record) => textOf(record) === '2');
      return { batchItemFailures: failing && bad ? [{ itemIdentifier: bad.kinesis.sequenceNumber }] : [] };
    });
    await run();
    failing = false;
    await later(999);
    expect(given).toEqual([['0', '1', '2', '3']]);
    await later(1);
    expect(given.slice(1)).toEqual([['2', '3']]);
  });
  it('in halves where nobody says what failed, and passes over what fails for good', async () => {
    const { given, run, later } = streaming(3, (records) => (textOf(records[0] as Records[number]) === '0' ? throws() : undefined));
    await run();
    for (let attempt = 0; attempt < 8; attempt++) await later(60_000);
    expect(given).toEqual([['0', '1', '2'], ['0', '1'], ['0'], ['0'], ['0'], ['0'], ['1', '2']]);
  });
  it('the whole batch again where it names what was not in it', async () => {
    const { given, run, later } = streaming(2, () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] }));
    await run();
    await later(1000);
    expect(given).toEqual([['0', '1'], ['0']]);
  });
});

describe('a topic or a bus feeds its worker', () => {
  it.each([[0, [0]], [1, [0, 60_000]], [2, [0, 60_000, 180_000]]])('%i times again where it fails, and then no more', async (retries, times) => {
    const clock = testClock(() => 0);
    const called: number[] = [];
    const feed = eventFeed('notices', clock, retries, () => {
      called.push(clock.now());
      return Promise.reject(new Error('no'));
    });
    feed.add({});
    for (let minutes = 0; minutes < 10; minutes++) {
      await feed.run();
      clock.advance(60_000);
    }
    expect([called, feed.nextAt()]).toEqual([times, undefined]);
  });
});

describe('a queue feeds its worker', () => {
  it.each<[string, (ids: readonly string[]) => unknown, readonly string[]]>([
    ['nothing, for success', () => undefined, []],
    ['an empty list, for success', () => ({ batchItemFailures: [] }), []],
    ['one that failed', ([, second]) => ({ batchItemFailures: [{ itemIdentifier: second }] }), ['b']],
    ['one that nobody knows, for all', () => ({ batchItemFailures: [{ itemIdentifier: 'x' }] }), ['a', 'b']],
    ['no name, for all', () => ({ batchItemFailures: [{ itemIdentifier: null }] }), ['a', 'b']],
    ['an error, for all', throws, ['a', 'b']],
  ])('and heeds what it answers: %s', async (_, answer, left) => {
    const clock = testClock(() => 0);
    const queue = createQueue({ fifo: false, visibilityMs: 1000 }, clock);
    for (const body of ['a', 'b']) queue.send({ body });
    const feed = queueFeed('inbox', 'local-inbox', queue, (event) => Promise.resolve().then(() => answer((event['Records'] as unknown as readonly { readonly messageId: string }[]).map(({ messageId }) => messageId))));
    expect(await createRunner([feed], clock, false).work()).toBe(1);
    expect(queue.messages().map(({ body }) => body)).toEqual(left);
  });
});
