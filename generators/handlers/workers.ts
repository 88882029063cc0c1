import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { entryExport, layout, specifier } from '../../src/emit/layout.js';
import type { Json } from '../../src/base/json.js';
import type { Api, Content, Operation, Worker } from '../../src/ir/index.js';
import { workSendersOf } from '../../src/ir/senders.js';
import { file, generatedHeader, ident, Imports, indented, lit, ts, type Code } from '../kit/typescript/index.js';
import { resourceContracts } from '../validators/contract.js';
import { callbackContracts } from '../validators/template.js';
import { operationsOf } from './entries.js';
import { resourceMembers, senderMembers, type RuntimeType } from './given.js';
import { takenTypes } from './names.js';
import { importing, type TypeNames } from './schemas.js';
import { templateType } from './template-type.js';
import { typeOf, unionOf } from './types.js';

/** What carries work, and the adapter that unpacks it. */
const carriers: Readonly<Record<string, string>> = { queue: 'queueWorker', stream: 'streamWorker', topic: 'topicWorker', bus: 'busWorker', workflow: 'workflowWorker' };

/** The typed binding of a worker, and what the platform calls for it. */
export const workerFiles = (api: Api, worker: Worker, names: TypeNames, context: EmitContext): OutputFile[] => {
  const { origin } = worker;
  return [
    { path: layout.workerContract(worker.name), ownership: 'generated', content: binding(api, worker, names, context.label(origin)), origin },
    { path: layout.workerEntry(worker.name), ownership: 'generated', content: entry(api, worker, context.label(origin)), origin },
  ];
};

const binding = (api: Api, worker: Worker, names: TypeNames, label: string): string => {
  const path = layout.workerContract(worker.name);
  const imports = new Imports();
  const types = importing(api, names, 'request', imports, path, takenTypes());
  const runtime: RuntimeType = (name, from) => imports.type(specifier(path, layout.runtime(from)), name);
  const typed = ({ schema }: Content): Code => (schema ? typeOf(schema, types) : ts`unknown`);
  const message = ({ integration: { request }, body: accepted }: Operation): Code =>
    (request ? templateType(request, types) : unionOf((accepted?.contents ?? []).filter(({ kind }) => kind === 'json').map(typed)));
  const body = worker.takes === 'uploads' ? runtime('Upload', 'upload.ts') : unionOf(operationsOf(api, worker.operations).map(message));
  const members = [
    ...group('resources', resourceMembers(api, worker.uses, runtime)),
    ...group('callbacks', senderMembers(workSendersOf(api, worker), typed, runtime)),
  ];
  const handler = ts`${runtime('WorkHandler', 'worker.ts')}<${String(body) === 'never' ? ts`unknown` : body}${members.length === 0 ? ts`` : ts`, Given`}>`;
  return file(generatedHeader(label), imports, [
    ...(members.length === 0 ? [] : [ts`/** What the worker is given beside its work. */\nexport interface Given {\n${indented(members)}\n}`]),
    ts`export const worker = (handler: ${handler}): ${handler} => handler;`,
  ]);
};

const group = (name: string, members: readonly Code[]): Code[] => (members.length === 0 ? [] : [ts`readonly ${ident(name)}: {\n${indented(members)}\n};`]);

const entry = (api: Api, worker: Worker, label: string): string => {
  const path = layout.workerEntry(worker.name);
  const imports = new Imports();
  const runtime = (name: string, from = 'worker.ts'): Code => imports.value(specifier(path, layout.runtime(from)), name);
  const handler = imports.value(specifier(path, layout.worker(worker.name)), 'handler', 'work');
  const carrier = worker.takes === 'uploads' ? runtime('uploadWorker', 'upload.ts') : runtime(carriers[api.resources.get(worker.source)?.kind ?? 'queue'] ?? 'queueWorker');
  const resources = resourceContracts(api, worker.uses);
  const senders = workSendersOf(api, worker);
  const callbacks = senders.length === 0 ? ts`` : ts`, ${runtime('workCallbacks', 'callback.ts')}(${lit(callbackContracts(senders) as unknown as Json)})`;
  const given = resources.length + senders.length === 0 ? ts`` : ts`, ${runtime('given')}(${lit(resources)}${callbacks})`;
  return file(generatedHeader(label), imports, [ts`export const ${ident(entryExport)} = ${carrier}(${handler}${given});`]);
};
