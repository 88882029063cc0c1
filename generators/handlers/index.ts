import type { Emitter } from '../../src/emit/emitter.js';
import { layout } from '../../src/emit/layout.js';
import { sortBy } from '../../src/base/order.js';
import { handOverOf, hasTask, linkTaskOf } from '../../src/ir/call.js';
import { families } from '../../src/ir/families.js';
import { following } from '../../src/ir/versions.js';
import { guardsOf } from '../kit/aws/guards.js';
import { contractFile } from './contract.js';
import { authorizerFiles, functionEntry } from './entries.js';
import { errorsFile, projectFiles } from './project.js';
import { schemasFile, TypeNames } from './schemas.js';
import { signatureOf } from './signature.js';
import { handOverFile } from './hand-over.js';
import { linkFile } from './links.js';
import { guardFile } from './guards.js';
import { workerFiles } from './workers.js';
import { versionStub } from './versions.js';
import { authorizerStub, handlerStub, workerStub } from './stubs.js';

/** Typed contracts, the developer's stubs, and the entries that a platform calls. */
export const handlers: Emitter = {
  name: 'handlers',
  summary: 'typed contracts, handler stubs and function entries in TypeScript',
  runs: 'always',
  *emit(api, context) {
    const names = context.keep('names of types', [], () => new TypeNames(api));
    yield* projectFiles(api);
    yield context.keep('schemas', [names], () => schemasFile(api, names, context));
    yield errorsFile(api, context);
    for (const [name, content] of sortBy(context.runtime, ([key]) => key)) yield { path: layout.runtime(name), ownership: 'generated', content };
    for (const [operation, family] of families(api)) {
      if (operation.integration.backend.kind !== 'function') continue;
      const [link, handOver] = [linkTaskOf(operation.integration.backend), handOverOf(operation.integration.backend)];
      if (link) yield linkFile(api, operation, link, context);
      if (handOver) yield handOverFile(api, operation, handOver, context);
      if (hasTask(operation)) continue;
      yield* context.keep(`handler ${operation.id}`, [operation, ...family], () => [
        contractFile(api, operation, names, context),
        following(api.operations, operation) ? versionStub(api, operation, context) : { ...handlerStub(api, operation, context), signature: signatureOf(api, operation) },
      ]);
    }
    for (const unit of api.functions.values()) yield functionEntry(api, unit, context);
    for (const worker of api.workers.values()) {
      yield* workerFiles(api, worker, names, context);
      yield workerStub(api, worker, context);
    }
    for (const authorizer of api.authorizers.values()) {
      yield* authorizerFiles(api, authorizer, context);
      yield authorizerStub(api, authorizer, context);
    }
    for (const guard of guardsOf(api)) yield guardFile(api, guard, context);
  },
};
