import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Elsewhere, Emitted } from '../emit/context.js';
import { held, type HeldFile } from '../emit/held.js';
import type { EmitMessage, EmitOrder } from './emit-thread.js';

/** The generator that takes about as long as all others together. */
const apart = 'contract-tests';

/** Operations from which on it takes longer than a thread takes to begin. */
const many = 200;

/** Bytes of a document from which on it is likely to have so many. */
const large = 1_000_000;

/** Beside the built command; there is none beside its sources. */
const script = new URL('./emit-thread.js', import.meta.url);

const begin = (): Worker => new Worker(script, { name: 'emit' });

/**
 * Another thread, which runs one generator beside the others where that pays: for a large document, and where no other builds keep
 * the cores busy. It begins to load as soon as the document is known to be large.
 */
export class EmitApart {
  #thread: Worker | undefined;
  readonly #possible = isMainThread && availableParallelism() > 1 && existsSync(script);

  /** `size`: of the document, in bytes. */
  constructor(size: number) {
    if (this.#possible && size >= large) this.#thread = begin();
  }

  readonly run: Elsewhere = ({ name }, api, settings) => {
    if (name !== apart || !this.#possible) return undefined;
    if (api.operations.size >= many) this.#thread ??= begin();
    const thread = this.#thread;
    if (!thread) return undefined;
    const files: HeldFile[] = [];
    const emitted = new Promise<Emitted>((resolve, reject) => {
      thread.on('message', (message: EmitMessage) => {
        if ('files' in message) files.push(...message.files.map(held));
        else resolve({ files, reported: message.reported });
      });
      thread.once('error', reject).once('exit', () => reject(new Error(`the thread of ${name} ended early`)));
    });
    // Whoever waits for it may come to that later.
    emitted.catch(() => undefined);
    // The published document is as large as all the rest, and tests are made from the operations.
    thread.postMessage({ name, api: { ...api, publicDocument: {} }, settings } satisfies EmitOrder);
    return emitted;
  };

  /** Nothing more is wanted of it. */
  async end(): Promise<void> {
    await this.#thread?.terminate();
  }
}
