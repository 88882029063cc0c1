import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import type { Clock } from '../clock.js';
import { queueEvent, streamEvent } from './deliveries.js';
import type { Queue } from './queue.js';
import type { Stream } from './stream.js';

/** Hands an event to a worker. What the worker throws comes through. */
export type Deliver = (event: JsonObject) => Promise<unknown>;

/** What feeds a worker. */
export interface Feed {
  /** Key of `Api.resources`. */
  readonly source: string;
  /** Delivers one batch of what is due, if there is any; whether there was. */
  readonly run: () => Promise<boolean>;
  /** When there is something to deliver next; nothing where there is none. */
  readonly nextAt: () => number | undefined;
  readonly clear: () => void;
}

/** Batches as generated configuration asks for them; attempts of a stream likewise. */
const batch = { queue: 10, stream: 100, streamRetries: 5 } as const;

/** Items that a worker names as failed. Of a name that nobody knows the whole batch has failed. */
const failuresOf = (result: unknown, ids: readonly string[]): ReadonlySet<string> => {
  const told = isObject((result ?? null) as Json) ? own(result as JsonObject, 'batchItemFailures') : undefined;
  const failed = (Array.isArray(told) ? (told as readonly Json[]) : []).map((item) => (isObject(item) ? own(item, 'itemIdentifier') : undefined));
  return failed.every((id): id is string => typeof id === 'string' && ids.includes(id)) ? new Set(failed) : new Set(ids);
};

const attempt = async (deliver: Deliver, event: JsonObject, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  try {
    return failuresOf(await deliver(event), ids);
  } catch {
    return new Set(ids);
  }
};

/** What fails stays hidden until its time is over, is delivered again, and goes where the queue puts what fails for good. */
export const queueFeed = (source: string, name: string, queue: Queue, deliver: Deliver): Feed => ({
  source,
  run: async () => {
    const messages = queue.receive(batch.queue);
    if (messages.length === 0) return false;
    const failed = await attempt(deliver, queueEvent(name, messages), messages.map(({ id }) => id));
    for (const { id, receipt } of messages) if (!failed.has(id) && receipt !== undefined) queue.remove(receipt);
    return true;
  },
  nextAt: queue.nextAt,
  clear: () => undefined,
});

/** Work that is delivered by itself: at once, and so many times again, after a minute and two more (Lambda developer guide, "Asynchronous invocation"). */
export const eventFeed = (source: string, clock: Clock, retries: number, deliver: Deliver): Feed & { readonly add: (event: JsonObject) => void } => {
  const waits = [60_000, 120_000].slice(0, retries);
  let backlog: readonly { readonly event: JsonObject; readonly attempts: number; readonly dueAt: number }[] = [];
  return {
    source,
    add: (event) => { backlog = [...backlog, { event, attempts: 0, dueAt: clock.now() }]; },
    run: async () => {
      const now = clock.now();
      const due = backlog.filter(({ dueAt }) => dueAt <= now);
      backlog = backlog.filter(({ dueAt }) => dueAt > now);
      await Promise.all(due.map(async ({ event, attempts }) => {
        const wait = waits[attempts];
        await deliver(event).catch(() => {
          if (wait !== undefined) backlog = [...backlog, { event, attempts: attempts + 1, dueAt: now + wait }];
        });
      }));
      return due.length > 0;
    },
    nextAt: () => (backlog.length === 0 ? undefined : Math.min(...backlog.map(({ dueAt }) => dueAt))),
    clear: () => { backlog = []; },
  };
};

interface Position { readonly after: number; readonly attempts: number; readonly dueAt: number; readonly size: number }

/** Shard by shard, in order: what fails is tried again, in halves where the worker does not say what it was, and passed over in the end. */
export const streamFeed = (source: string, name: string, stream: Stream, clock: Clock, deliver: Deliver): Feed => {
  const start: Position = { after: 0, attempts: 0, dueAt: 0, size: batch.stream };
  const positions = new Map<string, Position>();
  const of = (shard: string): Position => positions.get(shard) ?? start;
  const runShard = async (shard: string): Promise<boolean> => {
    const position = of(shard);
    const records = stream.read(shard, position.after).slice(0, position.size);
    if (records.length === 0 || position.dueAt > clock.now()) return false;
    const ids = records.map(({ sequence }) => sequence);
    const failed = await attempt(deliver, streamEvent(name, records), ids);
    const first = ids.findIndex((id) => failed.has(id));
    if (first < 0) positions.set(shard, { ...start, after: position.after + records.length });
    else if (first > 0) positions.set(shard, { ...start, after: position.after + first, attempts: 1, dueAt: clock.now() + 1000 });
    else if (position.attempts < batch.streamRetries) positions.set(shard, { after: position.after, attempts: position.attempts + 1, dueAt: clock.now() + 1000 * 2 ** position.attempts, size: Math.max(1, Math.ceil(records.length / 2)) });
    else positions.set(shard, { ...start, after: position.after + records.length });
    return true;
  };
  return {
    source,
    run: async () => (await Promise.all(stream.shards.map(runShard))).includes(true),
    nextAt: () => {
      const waiting = stream.shards.filter((shard) => stream.read(shard, of(shard).after).length > 0).map((shard) => of(shard).dueAt);
      return waiting.length === 0 ? undefined : Math.min(...waiting);
    },
    clear: () => positions.clear(),
  };
};
