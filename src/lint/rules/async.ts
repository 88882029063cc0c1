import { list } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import { expressionsIn } from '../../expressions/sources.js';
import { acknowledgementOf, declaredAt } from '../../ir/acknowledge.js';
import { handOverOf, messageOf, serviceOf } from '../../ir/call.js';
import type { AcceptFlow, Api, Expression, Operation, Resource, Schema } from '../../ir/index.js';
import { resolve } from '../../ir/walk.js';
import { operationRule } from '../rule.js';

const statusOperation = defineDiagnostic<{ status: string; why: string; help: string }>({
  code: 'async/status-operation',
  level: 'error',
  summary: 'an operation that is to report on work, and cannot be asked by the id of the work',
  message: ({ status, why }) => `\`${status}\` cannot be asked about the work: ${why}`,
  help: ({ help }) => help,
});

const forgottenKey = defineDiagnostic<{ resource: string; what: string }>({
  code: 'async/forgotten-key',
  level: 'warning',
  summary: 'an idempotency key that nothing remembers, so that a repeated request is done again',
  message: ({ resource, what }) => `nothing remembers the idempotency key: \`${resource}\` is ${what}, and a repeated request is work again`,
  help: () => 'Put the work off to a queue or topic with `fifo: true`, or to a standard workflow; or take the key as `tracking`, which the worker is told, and have it write under that with a condition.',
});

const bytes = defineDiagnostic<{ operation: string; text: string }>({
  code: 'async/bytes',
  level: 'error',
  summary: 'a message made of bytes, which it cannot hold',
  message: ({ operation, text }) => `\`${operation}\` hands \`${text}\` over, and a message is text that cannot hold its bytes`,
  help: () => 'Have files uploaded by a link (`integration: { bucket: …, action: presign-put }`) and hand their key over; or map what is text with `request`.',
});

const acknowledgement = defineDiagnostic<{ status: number; properties: readonly string[] }>({
  code: 'async/acknowledgement',
  level: 'error',
  summary: 'an acknowledgement that requires what nobody knows when it is given',
  message: ({ status, properties }) => `the acknowledgement ${status} cannot be given: of its required ${list(properties.map((name) => `\`${name}\``))} nothing is known before the work is done`,
  help: ({ status }) => `Map the answer (\`responses: { '${status}': { body: … } }\`), call what is the id of the work \`id\`, \`jobId\` or as the path of \`async.status\` has it, or do not require them.`,
});

export const asynchronous = operationRule([statusOperation, forgottenKey, bytes, acknowledgement], (operation, report, api) => {
  const { flow, backend, origin } = operation.integration;
  if (flow.kind !== 'accept') return;
  const acknowledged = serviceOf(backend) && acknowledgementOf(api, operation);
  const declared = acknowledged && declaredAt(operation.responses, acknowledged.status);
  if (declared && acknowledged.lacking.length > 0) report(acknowledgement({ status: acknowledged.status, properties: acknowledged.lacking }, declared.origin, [{ at: origin, message: 'it is given here, before the work is done' }]));
  if (handOverOf(backend)) for (const { text, origin: at } of expressionsIn(messageOf(operation)).filter((each) => hasBytes(api, operation, each))) report(bytes({ operation: operation.id, text }, at));
  const reporter = flow.status === undefined ? undefined : api.operations.get(flow.status);
  const fault = reporter && faultOf(api, operation, flow, reporter);
  if (reporter && fault) report(statusOperation({ status: reporter.id, ...fault }, origin, [{ at: reporter.origin, message: 'it is described here' }]));
  const resource = api.resources.get(serviceOf(backend)?.resource ?? '');
  const what = resource && forgetfulAs(resource);
  if (flow.idempotencyKey && resource && what !== undefined) report(forgottenKey({ resource: resource.name, what }, flow.idempotencyKey.origin));
});

/** Whether an expression takes a body of bytes, or a part of a form that is a file. */
const hasBytes = (api: Api, { body }: Operation, { source, schema }: Expression): boolean => {
  if (source.kind !== 'body' || source.of !== 'request') return false;
  return (body?.contents ?? []).some((content) => content.kind === 'binary'
    || (content.kind === 'multipart' && (source.pointer.length > 0 ? schema !== undefined && hasFile(api, schema) : content.encoding.size > 0 || !content.schema || hasFile(api, content.schema))));
};

const hasFile = (api: Api, schema: Schema): boolean => {
  const { format, contentMediaType, items, properties } = resolve(api, schema);
  return format === 'binary' || contentMediaType !== undefined || [...(items ? [items] : []), ...(properties?.values() ?? [])].some((part) => hasFile(api, part));
};

/** Why a path cannot be made of the id of the work and of what the accepted request's own path says. */
const faultOf = (api: Api, operation: Operation, { tracking }: AcceptFlow, reporter: Operation): { readonly why: string; readonly help: string } | undefined => {
  if (reporter.method !== 'GET') return { why: `it is a ${reporter.method}, and asking changes nothing`, help: 'Name an operation that is a GET.' };
  if (tracking?.source.kind === 'body') return { why: 'a `Location` cannot be made of the body', help: 'Take `tracking` from the path, a header or `$context.requestId`.' };
  const own = new Set(operation.path.segments.flatMap((segment) => (segment.kind === 'variable' ? [segment.name] : [])));
  const others = reporter.path.segments.flatMap((segment) => (segment.kind === 'variable' && !own.has(segment.name) ? [segment.name] : []));
  const [id] = others;
  if (id === undefined) return { why: `no variable of its path \`${reporter.path.text}\` could be the id`, help: 'Give its path a variable for the id of the work, as `/jobs/{jobId}`.' };
  if (others.length > 1) return { why: `its path has the variables \`${others.join('`, `')}\`, and the id fills one`, help: 'Leave one variable in its path that the path of the accepting operation does not have.' };
  if (!acknowledgementOf(api, operation)?.location) return { why: `the path \`${reporter.path.text}\` cannot be made of segments that are known`, help: 'Let each segment of its path be fixed or one variable, none of them greedy.' };
  const types = reporter.parameters.filter(({ in: place, name }) => place === 'path' && name === id).flatMap(({ schema }) => resolve(api, schema).types ?? []);
  return types.length > 0 && !types.includes('string') ? { why: `its \`${id}\` is of type ${types.join(' or ')}, and the id of the work is a text`, help: `Declare \`${id}\` as a string.` } : undefined;
};

/** Carriers that take the same message twice. */
const forgetfulAs = (resource: Resource): string | undefined => {
  switch (resource.kind) {
    case 'queue': case 'topic': return resource.fifo ? undefined : `a ${resource.kind} that is not fifo`;
    case 'bus': return 'a bus';
    case 'stream': return 'a stream';
    case 'workflow': return resource.type === 'express' ? 'an express workflow, whose runs may have one name' : undefined;
    default: return undefined;
  }
};
