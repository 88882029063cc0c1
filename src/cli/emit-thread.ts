import { parentPort, workerData } from 'node:worker_threads';
import { generators } from '../../generators/index.js';
import { Diagnostics } from '../diagnostics/collect.js';
import type { Diagnostic } from '../diagnostics/define.js';
import { emitContext, type EmitSettings } from '../emit/context.js';
import type { OutputFile } from '../emit/emitter.js';
import type { Api } from '../ir/index.js';

/** What a thread is asked that runs one generator. */
export interface EmitOrder { readonly name: string; readonly api: Api; readonly settings: EmitSettings }
/** What it answers: files, a few at a time, so that none is held twice; what was reported comes last. */
export type EmitMessage = { readonly files: readonly OutputFile[] } | { readonly reported: readonly Diagnostic[] };

const fewFiles = 200;

const { name, api, settings } = workerData as EmitOrder;
const found = new Diagnostics();
let files: OutputFile[] = [];
const send = (message: EmitMessage): void => parentPort?.postMessage(message);
for (const file of await generators.find((emitter) => emitter.name === name)?.emit(api, emitContext(settings, found.report)) ?? []) {
  files.push(file);
  if (files.length < fewFiles) continue;
  send({ files });
  files = [];
}
send({ files });
send({ reported: found.all });
