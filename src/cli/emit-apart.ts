import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isMainThread, Worker } from 'node:worker_threads';
import type { Elsewhere } from '../emit/context.js';
import type { OutputFile } from '../emit/emitter.js';
import type { EmitMessage, EmitOrder, SentFile } from './emit-thread.js';

/** The generator that takes about as long as all others together. */
const apart = 'contract-tests';

/** Operations from which on it takes longer than a thread takes to begin. */
const many = 200;

/** Beside the built command; there is none beside its sources. */
const script = new URL('./emit-thread.js', import.meta.url);

/** Runs one generator beside the others where that pays: for a large document, and where no other builds keep the cores busy. */
export const emitApart: Elsewhere = ({ name }, api, settings, report) => {
  if (name !== apart || api.operations.size < many || !isMainThread || availableParallelism() < 2 || !existsSync(script)) return undefined;
  // The published document is as large as all the rest, and tests are made from the operations.
  const order: EmitOrder = { name, api: { ...api, publicDocument: {} }, settings };
  const thread = new Worker(script, { name: 'emit', workerData: order });
  const files: OutputFile[] = [];
  return new Promise((resolve, reject) => {
    thread.on('message', (message: EmitMessage) => {
      if ('files' in message) files.push(...message.files.map(received));
      else {
        message.reported.forEach(report);
        resolve(files);
      }
    });
    thread.once('error', reject).once('exit', () => reject(new Error(`the thread of ${name} ended early`)));
  });
};

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts of a large document are held as bytes until they are written. */
const received = ({ bytes, ...file }: SentFile): OutputFile => ({ ...file, get content() { return decoder.decode(bytes); } });
