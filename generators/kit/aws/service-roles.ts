import type { Api, Operation } from '../../../src/ir/index.js';
import { cloud, type CloudText } from './cloud-text.js';
import type { Statement } from './grants.js';
import { actionBackend, grantedOn } from './service-action.js';
import { objectsOf } from './service-bucket.js';
import { directBackend, isBucket, services, type DirectBackend } from './services.js';

/** The role in which the gateway makes the one call of an operation, and all that it may do. */
export interface CallRole { readonly operation: Operation; readonly statement: Statement }

export const callRoles = (api: Api): CallRole[] => [...api.operations.values()].flatMap((operation) => {
  if (operation.method === 'TRACE') return [];
  const action = actionBackend(operation);
  if (action) return [{ operation, statement: { Effect: 'Allow', Action: [action.permission.action], Resource: grantedOn(action) } }];
  const backend = directBackend(operation);
  if (!backend) return [];
  return [{ operation, statement: { Effect: 'Allow', Action: [services[backend.call].action], Resource: [objectOf(backend)] } }];
});

/** The one thing that a call is made on: a query of an index reads the index alone. */
const objectOf = (backend: DirectBackend): CloudText => {
  if (isBucket(backend)) return objectsOf(backend);
  const { call, resource, input } = backend;
  const index = call === 'query-items' || call === 'scan-items' ? input.get('index') : undefined;
  return cloud`${{ cloud: 'resource-arn', name: resource }}${index?.kind === 'literal' ? `/index/${String(index.value)}` : ''}`;
};
