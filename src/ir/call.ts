import type { Template } from './expression.js';
import type { Backend, HandOverTask, LinkTask, ServiceBackend } from './integration.js';
import type { Operation } from './operation.js';
import type { Grant } from './policy.js';

/** What the compiler writes in place of a handler, if it does. */
export const linkTaskOf = (backend: Backend): LinkTask | undefined => (backend.kind === 'function' && backend.task && backend.task.action !== 'hand-over' ? backend.task : undefined);
export const handOverOf = (backend: Backend): HandOverTask | undefined => (backend.kind === 'function' && backend.task?.action === 'hand-over' ? backend.task : undefined);

/** Whether there is nothing for anybody to write: the compiler's own code serves the operation. */
export const hasTask = ({ integration: { backend } }: Operation): boolean => backend.kind === 'function' && backend.task !== undefined;

/** The call that a request comes to, whoever makes it: the gateway itself, or a function of the compiler's. */
export const serviceOf = (backend: Backend): ServiceBackend | undefined => (backend.kind === 'service' ? backend : handOverOf(backend)?.service);

/** What the code that answers an operation may touch. Where it hands work over, that alone: the rest of what is used is the worker's. */
export const usesOf = (operation: Operation): readonly Grant[] => {
  const task = handOverOf(operation.integration.backend);
  if (!task) return operation.policy.uses;
  const { resource, call } = task.service;
  return [{ origin: operation.integration.origin, resource, access: call === 'start-run' ? 'start' : 'publish' }];
};

/** The message of a call: what the author mapped, or the body as it came. */
export const messageOf = ({ integration, body }: Operation): Template => {
  const schema = body?.contents.find(({ kind }) => kind === 'json')?.schema;
  return integration.request ?? {
    kind: 'value', expression: { origin: body?.origin ?? integration.origin, text: '$request.body', source: { kind: 'body', of: 'request', pointer: [] }, ...(schema ? { schema } : {}), optional: false },
  };
};

/** An argument as the author gave it, or the key by which the same request is known again. */
export const argumentOf = ({ integration }: Operation, { call, input }: Pick<ServiceBackend, 'call' | 'input'>, name: string): Template | undefined => {
  const given = input.get(name);
  const key = integration.flow.kind === 'accept' ? integration.flow.idempotencyKey : undefined;
  const isDefault = name === 'dedupe' && given?.kind === 'value' && given.expression.text === '$context.requestId';
  const isKey = (call === 'start-run' && name === 'name' && !given) || isDefault;
  return key && isKey ? { kind: 'value', expression: key } : given;
};

/** The id of the work, where a worker wants it. */
export const trackingOf = ({ integration: { flow } }: Operation): Template | undefined =>
  (flow.kind === 'accept' && flow.worker !== undefined && flow.tracking ? { kind: 'value', expression: flow.tracking } : undefined);
