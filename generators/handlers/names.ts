import { nameable, pascal } from '../../src/base/text.js';
import { isIdentifier } from '../kit/typescript/index.js';
import type { Operation } from '../../src/ir/index.js';

/** What the files of an operation name by themselves; neither an operation nor a schema may take such a name there. */
const local = new Set(['contract', 'operation', 'handler', 'event', 'hooks', 'newer', 'upgraded']);
const types = ['Auth', 'Backend', 'Bucket', 'Bus', 'Context', 'Exclude', 'FilePart', 'Given', 'HttpEvent', 'Hooks', 'HttpResult', 'NewerInput', 'NewerOutput', 'NormalisedRequest', 'NotImplemented', 'Promise', 'Queue', 'RequestMapping', 'RestEvent', 'RestResult', 'Send',
  'Served', 'Status', 'Status1XX', 'Status2XX', 'Status3XX', 'Status4XX', 'Status5XX', 'Stream', 'Table', 'Topic', 'Uint8Array', 'Upload', 'Work', 'WorkHandler', 'Workflow'];

/** The name under which a contract exports its operation. */
export const operationName = ({ id }: Pick<Operation, 'id'>): string => (local.has(id) || !isIdentifier(id) ? `${id}Operation` : id);
export const inputName = (operation: Pick<Operation, 'id'>): string => `${nameable(pascal(operation.id))}Input`;
export const outputName = (operation: Pick<Operation, 'id'>): string => `${nameable(pascal(operation.id))}Output`;

/** Type names that a contract declares or imports besides schemas. */
export const takenTypes = (operation?: Pick<Operation, 'id'>): ReadonlySet<string> =>
  new Set([...types, ...(operation ? [inputName(operation), outputName(operation)] : [])]);
