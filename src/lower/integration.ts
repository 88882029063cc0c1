import { nearest } from '../base/text.js';
import { written, type Origin } from '../base/origin.js';
import { checkExpression, checkTemplate } from '../expressions/check.js';
import type { Scope } from '../expressions/scope.js';
import { facets } from '../expressions/walk.js';
import { asyncWithoutCarrier, needless, undeclaredStatus, unknownOperation, unknownResource, wrongKind } from '../integrations/diagnostics.js';
import { styles } from '../integrations/index.js';
import type { Meaning, StyleScope } from '../integrations/style.js';
import { serviceOf } from '../ir/call.js';
import type { AcceptFlow, Expression, FeatureUse, Grant, HandOverCall, HandOverTask, Integration, Resource, ResponseMapping, ServiceCall, StatusRange, Template } from '../ir/index.js';
import type { Facts } from '../language/bound.js';
import type { PolicyScope } from './policy.js';
import { hasWorker, workerNameOf } from './workers.js';

/** What an integration is lowered against, besides the operation itself. */
export interface IntegrationScope extends PolicyScope {
  /** Name of the function that serves the operation, if one does. */
  readonly function: string;
  /** Name of the API: who events come from when nobody says. */
  readonly source: string;
  readonly operations: ReadonlySet<string>;
}

export interface LoweredIntegration { readonly integration: Integration; readonly features: readonly FeatureUse[]; readonly uses: readonly Grant[] }

/** Where a request goes and when it is answered. What is wrong was reported; a function stands in for it then. */
export const lowerIntegration = (facts: Facts, scope: IntegrationScope): LoweredIntegration => {
  const work = facts.map('async');
  const stated = (work && carried(work, facts, scope)) ?? direct(facts, scope);
  // A `by` that is misspelt may have meant the function, which no target lacks: nothing that the gateway could not do is told beside it.
  const meaning = work?.choice('by', handedBy) === 'function' || work?.isFaulty('by') === true ? byFunction(stated, work, scope) : stated;
  const foreign = meaning.backend.kind === 'service' || meaning.backend.kind === 'action' || meaning.backend.kind === 'http' || (meaning.backend.kind === 'function' && meaning.backend.task !== undefined);
  const request = templateAt(facts, 'request', scope);
  const responses = responsesOf(facts.map('responses'), { ...scope, response: true, foreignResponse: foreign });
  const flow = work || meaning.flow === 'accept' ? acceptOf(work, meaning, facts, scope) : undefined;
  return {
    integration: { origin: written(facts.where('integration'), work?.origin ?? scope.operation.origin), backend: meaning.backend, flow: flow ?? { kind: 'wait' }, ...(request ? { request } : {}), responses },
    uses: meaning.uses ?? [],
    features: [
      ...meaning.features,
      ...(work ? [{ id: 'async' as const, at: work.origin }] : []),
      ...(request ? [{ id: 'mapping.request' as const, at: facts.where('request') }] : []),
      ...(responses.length > 0 ? [{ id: 'mapping.response' as const, at: facts.where('responses') }] : []),
    ],
  };
};

const functionMeaning = (scope: IntegrationScope): Meaning => ({ backend: { kind: 'function', function: scope.function, payload: 'normalised' }, flow: 'wait', features: [] });

const direct = (facts: Facts, scope: IntegrationScope): Meaning => {
  const written = facts.map('integration');
  const style = written && styles.find(({ name }) => written.bound.entries.has(name));
  return (style && written ? style.mean(written, styleScope(scope)) : undefined) ?? functionMeaning(scope);
};

const styleScope = (scope: IntegrationScope): StyleScope => ({
  operation: scope.operation,
  function: scope.function,
  report: scope.report,
  resource: (name, kind, at) => {
    const found = resourceOf(name, [kind], at, scope);
    return found && isOfKind(found, kind) ? found : undefined;
  },
  properties: (schema) => [...new Set(facets(schema, scope.schemas).flatMap(({ properties }) => [...(properties?.keys() ?? [])]))],
  template: ({ value, origin }) => checkTemplate(value, origin, scope),
});

const isOfKind = <K extends Resource['kind']>(resource: Resource, kind: K): resource is Extract<Resource, { kind: K }> => resource.kind === kind;

const resourceOf = (name: string, kinds: readonly Resource['kind'][], at: Origin, { resources, broken, report }: IntegrationScope): Resource | undefined => {
  const found = resources.get(name);
  if (!found && !broken.has(name)) report(unknownResource({ name, near: nearest(name, resources.keys()), known: [...resources.keys()] }, at));
  if (found && !kinds.includes(found.kind)) report(wrongKind({ name, found: found.kind, wanted: kinds.join(', ') }, at, [{ at: found.origin, message: 'it is described here' }]));
  return found && kinds.includes(found.kind) ? found : undefined;
};

/** What can carry work that is put off, and how it is handed over. */
const carriers: readonly { readonly kind: Resource['kind']; readonly call: ServiceCall; readonly feature: FeatureUse['id'] }[] = [
  { kind: 'queue', call: 'send-message', feature: 'service.queue' },
  { kind: 'topic', call: 'publish', feature: 'service.topic' },
  { kind: 'bus', call: 'put-event', feature: 'service.bus' },
  { kind: 'workflow', call: 'start-run', feature: 'service.workflow-start' },
];

/**
 * `async`: the gateway itself hands the request to what carries the work, so nothing is lost between an answer and
 * the work. Nothing where the integration beside it carries the work already.
 */
const carried = (work: Facts, facts: Facts, scope: IntegrationScope): Meaning | undefined => {
  const name = work.text('through');
  if (name === undefined) {
    if (!facts.map('integration')) scope.report(asyncWithoutCarrier({}, work.origin));
    return undefined;
  }
  if (facts.map('integration')?.has(resourceKey(scope.resources.get(name)))) return undefined;
  const carrier = resourceOf(name, carriers.map(({ kind }) => kind), work.where('through'), scope);
  const sent = carriers.find(({ kind }) => kind === carrier?.kind);
  if (!carrier || !sent) return undefined;
  return {
    backend: { kind: 'service', call: sent.call, resource: name, input: inputFor(carrier, work, scope) },
    flow: 'accept',
    features: [{ id: sent.feature, at: work.origin }],
  };
};

const handedBy = ['gateway', 'function'] as const;
const handOvers: ReadonlySet<string> = new Set<HandOverCall>(['send-message', 'publish', 'put-event', 'put-record', 'start-run']);

/** The same, done by a function that the compiler writes: it checks a request in full, and makes the answer. */
const byFunction = (meaning: Meaning, work: Facts, scope: IntegrationScope): Meaning => {
  const { backend } = meaning;
  if (backend.kind === 'service' && handOvers.has(backend.call)) {
    const task: HandOverTask = { action: 'hand-over', service: { ...backend, call: backend.call as HandOverCall } };
    return { backend: { kind: 'function', function: scope.function, payload: 'normalised', task }, flow: 'accept', features: [] };
  }
  if (!work.isFaulty('by')) scope.report(needless({ key: 'by', action: backend.kind === 'service' ? backend.call : backend.kind }, work.where('by')));
  return meaning;
};

const resourceKey = (resource: Resource | undefined): string => resource?.kind ?? '';

/** What a carrier needs and nobody wrote: an ordered one its group, a bus who speaks of what. */
const inputFor = (carrier: Resource, work: Facts, scope: IntegrationScope): ReadonlyMap<string, Template> => {
  const input = new Map<string, Template>();
  if (carrier.kind === 'bus') {
    input.set('source', { kind: 'literal', value: scope.source });
    input.set('detailType', { kind: 'literal', value: scope.operation.id });
  }
  if ((carrier.kind === 'queue' || carrier.kind === 'topic') && carrier.fifo) {
    input.set('group', { kind: 'literal', value: scope.operation.id });
    const key = expressionAt(work, 'idempotencyKey', scope) ?? checkExpression('$context.requestId', work.origin, scope);
    if (key) input.set('dedupe', { kind: 'value', expression: key });
  }
  return input;
};

const expressionAt = (facts: Facts | undefined, key: string, scope: Scope): Expression | undefined => {
  const text = facts?.text(key);
  return facts && text !== undefined ? checkExpression(text, facts.where(key), scope) : undefined;
};

const acceptOf = (work: Facts | undefined, meaning: Meaning, facts: Facts, scope: IntegrationScope): AcceptFlow => {
  const declared = scope.operation.responses.flatMap(({ status }) => (typeof status === 'number' ? [status] : []));
  const acknowledge = work?.number('acknowledge') ?? declared.find((status) => status === 202) ?? (work ? 202 : declared.find((status) => status >= 200 && status < 300)) ?? 202;
  const ranged = scope.operation.responses.some(({ status }) => status === '2XX' || status === 'default');
  if (!declared.includes(acknowledge) && !ranged) {
    scope.report(undeclaredStatus({ status: acknowledge, what: 'the acknowledgement', declared: declared.map(String) }, work?.where('acknowledge') ?? written(facts.where('integration'), scope.operation.origin)));
  }
  const status = work?.text('status');
  if (work && status !== undefined && !scope.operations.has(status)) scope.report(unknownOperation({ name: status, near: nearest(status, scope.operations) }, work.where('status')));
  const tracking = expressionAt(work, 'tracking', scope) ?? (work ? checkExpression('$context.requestId', work.origin, scope) : undefined);
  const idempotencyKey = expressionAt(work, 'idempotencyKey', scope);
  const retry = work?.map('retry');
  const resource = scope.resources.get(serviceOf(meaning.backend)?.resource ?? '');
  return {
    kind: 'accept',
    acknowledge,
    ...(tracking ? { tracking } : {}),
    ...(status !== undefined && scope.operations.has(status) ? { status } : {}),
    ...(idempotencyKey ? { idempotencyKey } : {}),
    ...(retry ? { retry: { attempts: retry.number('attempts') ?? 5, backoffMs: retry.duration('backoff') ?? 30_000 } } : {}),
    ...(work && resource && hasWorker(resource) ? { worker: workerNameOf(resource.name) } : {}),
  };
};

const templateAt = (facts: Facts, key: string, scope: Scope): Template | undefined => {
  const value = facts.value(key);
  return value === undefined ? undefined : checkTemplate(value, facts.where(key), scope);
};

const responsesOf = (facts: Facts | undefined, scope: Scope): readonly ResponseMapping[] =>
  (facts?.maps() ?? []).map(([key, each]) => {
    const status = (/^[0-9]+$/.test(key) ? Number(key) : key) as StatusRange;
    const { responses } = scope.operation;
    if (!responses.some((response) => response.status === status || response.status === 'default')) {
      scope.report(undeclaredStatus({ status: Number(key), what: 'the mapped answer', declared: responses.map((response) => String(response.status)) }, each.origin));
    }
    const body = templateAt(each, 'body', scope);
    const headers = each.map('headers');
    return {
      origin: each.origin,
      status,
      ...(body ? { body } : {}),
      headers: new Map((headers?.keys() ?? []).flatMap((name) => {
        const template = headers && templateAt(headers, name, scope);
        return template ? [[name.toLowerCase(), template] as const] : [];
      })),
    };
  });
