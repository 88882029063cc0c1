import type { Api, Operation } from '../../../src/ir/index.js';
import { cloud } from './cloud-text.js';
import type { Statement } from './grants.js';
import { directBackend, services } from './services.js';

/** The role in which the gateway makes the one call of an operation, and all that it may do. */
export interface CallRole { readonly operation: Operation; readonly statement: Statement }

export const callRoles = (api: Api): CallRole[] => [...api.operations.values()].flatMap((operation) => {
  const backend = directBackend(operation);
  if (!backend || operation.method === 'TRACE') return [];
  return [{ operation, statement: { Effect: 'Allow', Action: [services[backend.call].action], Resource: [cloud`${{ cloud: 'resource-arn', name: backend.resource }}`] } }];
});
