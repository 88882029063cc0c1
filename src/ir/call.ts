import type { Template } from './expression.js';
import type { ServiceBackend } from './integration.js';
import type { Operation } from './operation.js';

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

/** What the worker of an operation finds the id of its work under, where the carrier has attributes. */
export const trackingAttribute = 'tracking';

/** The id of the work, where a worker wants it. */
export const trackingOf = ({ integration: { flow } }: Operation): Template | undefined =>
  (flow.kind === 'accept' && flow.worker !== undefined && flow.tracking ? { kind: 'value', expression: flow.tracking } : undefined);

/** What a run may not have in its name, as a regular expression, and how long the name may be (Step Functions API reference, StartExecution). */
export const runNames = { other: '[^A-Za-z0-9_-]', longest: 80 } as const;
