import { parentPort } from 'node:worker_threads';
import { generators } from '../../generators/index.js';
// It is loaded late by the generator itself, and here while the document is read.
import '../../generators/contract-tests/suite.js';
import { Diagnostics } from '../diagnostics/collect.js';
import type { Diagnostic } from '../diagnostics/define.js';
import { emitContext, type EmitSettings } from '../emit/context.js';
import { toSend, type SentFile } from '../emit/held.js';
import type { Api } from '../ir/index.js';

/** What a thread is asked that runs one generator. */
export interface EmitOrder { readonly name: string; readonly api: Api; readonly settings: EmitSettings }
/** What it answers: files, a few at a time, so that none is held twice, and handed over rather than copied; what was reported comes last. */
export type EmitMessage = { readonly files: readonly SentFile[] } | { readonly reported: readonly Diagnostic[] };

const fewFiles = 200;

const emit = async ({ name, api, settings }: EmitOrder): Promise<void> => {
  const found = new Diagnostics();
  let files: SentFile[] = [];
  const send = (): void => {
    parentPort?.postMessage({ files } satisfies EmitMessage, files.map(({ bytes }) => bytes.buffer));
    files = [];
  };
  for (const file of await generators.find((emitter) => emitter.name === name)?.emit(api, emitContext(settings, found.report)) ?? []) {
    files.push(toSend(file));
    if (files.length === fewFiles) send();
  }
  send();
  parentPort?.postMessage({ reported: found.all } satisfies EmitMessage);
};

// A fault of ours ends the thread as an error, which whoever gave the order is told.
parentPort?.once('message', (order: EmitOrder) => void emit(order));
