import type { Api, Operation } from '../../src/ir/index.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Plan } from '../../src/suite/plan.js';
import { declares, success } from './answers.js';
import { operationAt } from './neighbours.js';

const header = (operation: Operation, wanted: string): Operation['parameters'][number] | undefined => operation.parameters.find(({ in: place, name }) => place === 'header' && name.toLowerCase() === wanted);
const tells = (operation: Operation): boolean => success(operation)?.headers.some(({ name }) => name.toLowerCase() === 'etag') ?? false;
const readOf = (api: Api, operation: Operation): Operation | undefined => operationAt(api, operation.path.text, 'GET');

/** What is promised by the ETag of a thing: a read declares 304 and the tag, a change takes `If-Match`. */
export const conditionsOf = (api: Api, operation: Operation, { label }: EmitContext): Plan['conditions'] => {
  if (operation.integration.flow.kind !== 'wait' || operation.policy.cache) return undefined;
  if (operation.method === 'GET') {
    return declares(operation, 304) && (tells(operation) || header(operation, 'if-none-match')) ? { kind: 'read', read: operation.id, statuses: [304], at: label(operation.origin) } : undefined;
  }
  const match = header(operation, 'if-match');
  const read = readOf(api, operation);
  if (!match || !read || !['PUT', 'PATCH', 'DELETE'].includes(operation.method)) return undefined;
  return { kind: 'change', read: read.id, statuses: declares(operation, 412) ? [412] : [409, 412, 428], at: label(match.origin) };
};

/** The read whose tag must be shown. */
export const matchOf = (api: Api, operation: Operation): string | undefined => (header(operation, 'if-match')?.required === true ? readOf(api, operation)?.id : undefined);
