import type { Emitter } from '../../src/emit/emitter.js';
import { hasTask, messageOf } from '../../src/ir/call.js';
import { actionBackend } from '../kit/aws/service-action.js';
import { directBackend, isMessage } from '../kit/aws/services.js';
import type { Operation, Template } from '../../src/ir/index.js';
import { TypeNames } from '../handlers/schemas.js';
import { answersOf, requestFile, responseFile } from './typescript.js';
import { templateFiles } from './velocity.js';

/** What a call that the gateway makes is given: its message, or its arguments. */
const sentBy = (operation: Operation): Template | undefined => {
  const backend = directBackend(operation) ?? actionBackend(operation);
  if (!backend) return undefined;
  return backend.kind === 'service' && isMessage(backend) ? messageOf(operation) : { kind: 'object', entries: [...backend.input] };
};

/** Mappings as plain functions, and as the templates that the gateway renders. */
export const mapping: Emitter = {
  name: 'mapping',
  summary: 'mappings as typed functions, and as the Velocity templates of a REST API',
  runs: 'always',
  *emit(api, context) {
    const names = new TypeNames(api);
    for (const operation of api.operations.values()) {
      if (hasTask(operation)) continue;
      const sent = operation.integration.request ?? sentBy(operation);
      if (sent) yield requestFile(api, operation, sent, names, context);
      if (answersOf(api, operation).length > 0) yield responseFile(api, operation, context);
    }
    yield* templateFiles(api, context);
  },
};
