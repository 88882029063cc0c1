import type { Json } from '../../base/json.js';
import { declaredAt, mappingFor } from '../../ir/acknowledge.js';
import { evaluate, type EvaluationFacts } from '../../ir/evaluate.js';
import type { ActionBackend, Operation, ServiceBackend, Template } from '../../ir/index.js';
import { faults, outcomeOf, type Fault, type Reply } from '../../ir/outcome.js';
import { envelopeTemplate } from '../../../generators/kit/aws/envelope.js';
import type { WireAnswer } from '../exchange.js';
import { exposedHeaders, originHeaders } from '../origins.js';
import type { Outcome, Passage, Site } from '../passage.js';

/** What an answer of the gateway's own making is written from. */
export interface Writing { readonly site: Site; readonly passage: Passage; readonly operation: Operation; readonly facts: EvaluationFacts }

/** An error as the author mapped it, or in the envelope. */
export const faultAnswer = ({ site, passage, operation, facts }: Writing, { status, title, detail, retry: again }: Fault): WireAnswer => {
  const mapping = mappingFor(operation.integration.responses, status, true);
  const retry = again ? [['Retry-After', '1'] as const] : [];
  if (!mapping?.body) return { status, headers: [['Content-Type', site.api.errors.mediaType], ...retry, ...mappedHeaders(mapping?.headers ?? new Map(), facts)], body: envelopeTemplate(site.api, status, title, detail).replaceAll('$context.extendedRequestId', passage.id) };
  return {
    status, body: JSON.stringify(evaluate(mapping.body, facts)),
    headers: [['Content-Type', declaredAt(operation.responses, status)?.contents[0]?.mediaType ?? 'application/json'], ...retry, ...mappedHeaders(mapping.headers, facts)],
  };
};

/** What becomes of a service's reply, or of none in time: an error, or what `done` makes of the body. */
export const replied = (asked: Writing, backend: ServiceBackend | ActionBackend, reply: Reply | undefined, done: (writing: Writing, body: Json | undefined) => WireAnswer): Outcome => {
  const outcome = reply ? outcomeOf(backend, reply) : { kind: 'fault' as const, fault: 'late' as const };
  const writing: Writing = { ...asked, facts: { ...asked.facts, ...(reply ? { response: { status: reply.status, body: outcome.kind === 'done' ? outcome.body : reply.body, headers: new Map() } } : {}) } };
  return outcome.kind === 'fault'
    ? { outcome: outcome.fault, answer: finished(writing, faultAnswer(writing, faults[outcome.fault])) }
    : { outcome: 'done', answer: finished(writing, done(writing, outcome.body)) };
};

/** What stands on every answer: the header edits of the document, and CORS headers. */
export const finished = ({ site: { api }, passage, operation, facts }: Writing, { status, headers, body }: WireAnswer): WireAnswer => {
  const edits = new Map([...operation.policy.headers.response.set].map(([name, value]): [string, Template] => [name, typeof value === 'string' ? { kind: 'literal', value } : { kind: 'value', expression: value }]));
  return { status, headers: [...originHeaders(api, passage.request), ...exposedHeaders(api), ...mappedHeaders(edits, facts), ...headers], body };
};

export const textOf = (value: Json | undefined): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
export const headerText = (template: Template, facts: EvaluationFacts): string => textOf(evaluate(template, facts)).replace(/[\u0000-\u001f]/g, ' ');
export const mappedHeaders = (headers: ReadonlyMap<string, Template>, facts: EvaluationFacts): (readonly [string, string])[] => [...headers].map(([name, template]) => [name, headerText(template, facts)] as const);
