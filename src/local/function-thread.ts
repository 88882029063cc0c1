import { Worker } from 'node:worker_threads';
import { eventMaker, type EventParts } from './event-maker.js';

/** A function did not come to an answer: it threw, or ended its process. */
export class FunctionFailure extends Error {
  /** `reason` is the message alone, which a gateway looks at. */
  constructor(readonly reason: string, stack: string = reason) { super(stack); }
}

/** A function did not answer in its time. */
export class FunctionTimeout extends Error {}

/** The event is JSON text, or what it is made of. */
type Call = readonly [id: number, event: string | EventParts, timeoutMs: number];
type Reply = readonly [id: number, fine: true, result: string | undefined] | readonly [id: number, fine: false, message: string, stack: string];

/**
 * What runs in the thread. What of events and results comes from callers and functions travels as text, as it does to the cloud, and as many at once as there are.
 * It is text, since a thread begins with a file of its own, and a package of ours would have to bring one for every way it is run.
 */
const host = `
const { parentPort, workerData } = require('node:worker_threads');
const events = (${eventMaker.toString()})();
let handler;
const loaded = import(workerData.url).then((module) => {
  if (typeof module.handler !== 'function') throw new Error(workerData.entry + ' has no export \`handler\`');
  handler = module.handler;
});
loaded.catch(() => undefined);
let replies = [];
let taking = false;
const send = () => {
  const all = replies;
  replies = [];
  taking = false;
  parentPort.postMessage(all);
};
// What is answered at once goes when all calls that came together have begun, without another turn of the loop; what takes longer goes with the rest of its turn.
const reply = (message) => { if (replies.push(message) === 1) (taking ? process.nextTick : setImmediate)(send); };
const failed = (id, error) => reply([id, false, String(error?.message ?? error), String(error?.stack ?? error)]);
const run = async ([id, event, timeoutMs]) => {
  try {
    if (!handler) await loaded;
    const end = Date.now() + timeoutMs;
    const result = await handler(typeof event === 'string' ? JSON.parse(event) : events[event[0]](event), { awsRequestId: String(id), functionName: workerData.entry, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) });
    reply([id, true, JSON.stringify(result)]);
  } catch (error) {
    failed(id, error);
  }
};
process.on('unhandledRejection', (error) => console.error(error));
parentPort.on('message', (calls) => {
  taking = true;
  for (const call of calls) void run(call);
});
`;

interface Pending { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void; readonly due: number }

/** The code of a function can send by the same way, and can have replaced what writes JSON: only what looks like ours is taken. */
const isReply = (value: unknown): value is Reply => {
  if (!Array.isArray(value) || typeof value[0] !== 'number') return false;
  return value[1] === true ? value[2] === undefined || typeof value[2] === 'string' : value[1] === false && typeof value[2] === 'string' && typeof value[3] === 'string';
};

const settle = ({ resolve, reject }: Pending, result: string | undefined): void => {
  let value: unknown;
  try {
    value = result === undefined ? undefined : JSON.parse(result);
  } catch {
    return reject(new FunctionFailure('it answered what is no JSON'));
  }
  resolve(value);
};

/** How often it is looked whether calls are late, in milliseconds. */
const sweepMs = 20;

/** A function in a thread of its own. */
export class FunctionThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #waiting: Call[] = [];
  #next = 0;
  #sweep: NodeJS.Timeout | undefined;
  #ended = false;
  #open = true;

  constructor(entry: string, url: string) {
    this.#worker = new Worker(host, { eval: true, workerData: { entry, url }, name: entry.slice(-60) });
    this.#worker.unref();
    this.#worker.on('message', (replies: unknown) => this.#take(replies));
    this.#worker.on('error', (error) => this.#fail(`its process ended: ${error.message}`));
    this.#worker.on('exit', (code) => this.#fail(`its process ended with code ${code}`));
  }

  /** What the function answers to an event. Fails with `FunctionFailure` or `FunctionTimeout`. */
  call(event: Call[1], timeoutMs: number): Promise<unknown> {
    if (this.#ended) return Promise.reject(new FunctionFailure('its process ended'));
    const id = this.#next++;
    if (this.#waiting.push([id, event, timeoutMs]) === 1) setImmediate(() => this.#send());
    this.#sweep ??= setInterval(() => this.#timeOut(), sweepMs).unref();
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject, due: performance.now() + timeoutMs }));
  }

  /** Whether it takes calls. */
  get isOpen(): boolean { return this.#open; }

  /** Is given no more calls, and ends when those under way are done. */
  retire(): void {
    this.#open = false;
    if (this.#pending.size === 0) void this.end();
  }

  async end(): Promise<void> {
    this.#fail('it was ended');
    await this.#worker.terminate();
  }

  #send(): void {
    const calls = this.#waiting;
    this.#waiting = [];
    this.#worker.postMessage(calls);
  }

  #take(replies: unknown): void {
    for (const reply of Array.isArray(replies) ? (replies as readonly unknown[]) : []) {
      if (!isReply(reply)) continue;
      const pending = this.#pending.get(reply[0]);
      if (!pending) continue;
      this.#pending.delete(reply[0]);
      if (reply[1]) settle(pending, reply[2]);
      else pending.reject(new FunctionFailure(reply[2], reply[3]));
    }
    this.#leave();
  }

  /** As in the cloud, a function that was late once is not asked again: it may never let go. Its other calls have their time. */
  #timeOut(): void {
    const now = performance.now();
    for (const [id, { due, reject }] of this.#pending) {
      if (now < due) continue;
      this.#open = false;
      this.#pending.delete(id);
      reject(new FunctionTimeout());
    }
    this.#leave();
    if (this.#pending.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  /** Is given no more calls, and has done those that it was given. */
  #leave(): void {
    if (!this.#open && !this.#ended && this.#pending.size === 0) void this.end();
  }

  #fail(why: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#open = false;
    clearInterval(this.#sweep);
    for (const { reject } of this.#pending.values()) reject(new FunctionFailure(why));
    this.#pending.clear();
  }
}
