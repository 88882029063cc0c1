import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Elsewhere, Emitted, EmittedFile } from '../emit/context.js';
import type { EmitMessage, EmitOrder, SentFile } from './emit-thread.js';

/** The generator that takes about as long as all others together. */
const apart = 'contract-tests';

/** Operations from which on it takes longer than a thread takes to begin. */
const many = 200;

/** Bytes of a document from which on it is likely to have so many. */
const large = 1_000_000;

/** Beside the built command; there is none beside its sources. */
const script = new URL('./emit-thread.js', import.meta.url);

/** Most of what is made is let go at once: with this much room, in MiB, little of it is still held when room is made. */
const young = 96;

const begin = (): Worker => new Worker(script, { name: 'emit', resourceLimits: { maxYoungGenerationSizeMb: young } });

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
    const files: EmittedFile[] = [];
    const emitted = new Promise<Emitted>((resolve, reject) => {
      thread.on('message', (message: EmitMessage) => {
        if ('files' in message) files.push(...message.files.map(received));
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

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts of a large document are held as bytes until they are written. */
const received = (file: SentFile): EmittedFile => ({ ...file, get content() { return decoder.decode(file.bytes); } });
