import type { EmitContext } from '../../src/emit/emitter.js';
import { acknowledgementOf } from '../../src/ir/acknowledge.js';
import { argumentOf, linkTaskOf, serviceOf } from '../../src/ir/call.js';
import type { Api, Expression, Operation, Resource, Template } from '../../src/ir/index.js';
import { pointerToken } from '../../src/base/origin.js';
import type { AcceptPlan, Mapping, Plan, SendPlan } from '../../src/suite/plan.js';

const valueOf = ({ source }: Expression): Mapping => {
  switch (source.kind) {
    case 'body': return { kind: 'body', pointer: source.pointer };
    case 'parameter': return { kind: 'parameter', in: source.in, name: source.name };
    case 'context': return source.name === 'requestId' ? { kind: 'requestId' } : { kind: 'any' };
    case 'auth': return source.path.length === 1 && source.path[0] === 'principalId' ? { kind: 'principal' } : source.path.length === 2 && source.path[0] === 'claims' ? { kind: 'claim', name: source.path[1] ?? '' } : { kind: 'any' };
    default: return { kind: 'any' };
  }
};

const mapping = (template: Template): Mapping => {
  switch (template.kind) {
    case 'literal': return { kind: 'literal', value: template.value };
    case 'value': return valueOf(template.expression);
    case 'text': return { kind: 'text', parts: template.parts.map((part) => (typeof part === 'string' ? part : valueOf(part))) };
    case 'list': return { kind: 'list', items: template.items.map(mapping) };
    case 'object': return { kind: 'object', entries: template.entries.map(([name, value]) => [name, mapping(value)] as const) };
  }
};

/** Pointers to where an acknowledgement tells what follows the work. */
const tracked = (template: Template | undefined, pointer = ''): readonly string[] =>
  template?.kind === 'object' ? template.entries.flatMap(([name, value]) => tracked(value, `${pointer}/${pointerToken(name)}`))
  : template?.kind === 'value' && template.expression.source.kind === 'context' && template.expression.source.name === 'requestId' ? [pointer] : [];

/** What a carrier knows a repeated request by, where the caller says it. */
const keyOf = (operation: Operation, resource: Resource): Expression | undefined => {
  const service = serviceOf(operation.integration.backend);
  const remembers = ((resource.kind === 'queue' || resource.kind === 'topic') && resource.fifo) || (resource.kind === 'workflow' && resource.type === 'standard');
  if (!remembers || !service) return undefined;
  const key = argumentOf(operation, service, resource.kind === 'workflow' ? 'name' : 'dedupe');
  return key?.kind === 'value' && (key.expression.source.kind === 'parameter' || key.expression.source.kind === 'body') ? key.expression : undefined;
};

const placeOf = ({ text }: Expression): string => text.replace(/^\$request\./, '');

/** What is answered now and sent on, of an operation that accepts its work. */
export const acceptOf = (api: Api, operation: Operation, { label }: EmitContext): AcceptPlan | undefined => {
  const { flow, backend, request, origin } = operation.integration;
  const acknowledgement = acknowledgementOf(api, operation);
  if (flow.kind !== 'accept' || !acknowledgement) return undefined;
  const resource = api.resources.get(serviceOf(backend)?.resource ?? '');
  if (!resource) return undefined;
  const key = keyOf(operation, resource);
  return {
    status: flow.acknowledge,
    resource: resource.name,
    kind: resource.kind,
    ...(request ? { message: mapping(request) } : {}),
    tracking: tracked(acknowledgement.body),
    location: acknowledgement.location !== undefined,
    retryAfter: acknowledgement.retryAfterSeconds !== undefined,
    ...(key ? { once: { place: placeOf(key), at: label(key.origin) } } : {}),
    ...(resource.kind === 'queue' && resource.deadLetterAfter !== undefined ? { failing: { after: resource.deadLetterAfter, seconds: Math.ceil(resource.visibilityMs / 1000) } } : {}),
    at: label(origin),
  };
};

/** What a workflow is run with that is waited for. */
export const sendsOf = ({ integration: { backend, flow, request, origin } }: Operation, { label }: EmitContext): SendPlan | undefined =>
  (backend.kind === 'service' && backend.call === 'run-and-wait' && flow.kind === 'wait' ? { resource: backend.resource, ...(request ? { message: mapping(request) } : {}), at: label(origin) } : undefined);

/** A link to upload by, with its bounds. */
export const uploadOf = ({ integration: { backend, origin } }: Operation, { label }: EmitContext): Plan['upload'] => {
  const task = linkTaskOf(backend);
  if (task?.action !== 'upload') return undefined;
  return {
    expires: task.expiresSeconds,
    ...(task.maxBytes === undefined ? {} : { maxSize: task.maxBytes }),
    ...(task.types.length > 0 ? { types: task.types } : {}),
    at: label(origin),
  };
};
