import type { Json } from '../base/json.js';
import { acknowledgementOf, type Acknowledgement } from '../ir/acknowledge.js';
import { evaluate, type EvaluationFacts } from '../ir/evaluate.js';
import type { Expression, Operation, Template } from '../ir/index.js';
import { headerOf, type WireRequest } from './exchange.js';
import { factsOf } from './facts.js';
import type { Outcome, Passage, Site } from './passage.js';
import type { GatewayErrorType } from './refusals.js';

/** Answers an operation that only accepts its work, and says what would have been sent; nothing for others. */
export const accept = (site: Site, passage: Passage): Outcome | undefined => {
  const { match: { operation }, request } = passage;
  const { backend } = operation.integration;
  const accepted = acknowledgementOf(site.api, operation);
  if (backend.kind !== 'service' || !accepted) return undefined;
  const body = bodyOf(operation, request);
  if (typeof body === 'string') return { outcome: 'not sent', answer: site.refuse(body, passage.id) };
  const facts = factsOf(site, passage, body.json);
  const missing = operation.parameters.find(({ in: place, name, required }) => required && place !== 'cookie' && !facts.parameters[place].has(place === 'header' ? name.toLowerCase() : name));
  if (missing) return { outcome: 'not sent', answer: site.refuse('BAD_REQUEST_PARAMETERS', passage.id) };
  const message = operation.integration.request ? evaluate(operation.integration.request, facts) : body.json;
  const around = [...backend.input].map(([name, template]) => `${name} ${JSON.stringify(evaluate(template, facts) ?? null)}`);
  return {
    outcome: 'accepted',
    answer: { status: accepted.status, headers: headersOf(accepted, request, facts), body: accepted.body ? JSON.stringify(evaluate(accepted.body, facts)) : '' },
    note: [`${backend.call} to ${backend.resource}: ${JSON.stringify(message ?? null)}`, ...around].join(', '),
  };
};

/** The gateway reads JSON alone, and a request without a body as an empty object. */
const bodyOf = ({ body }: Operation, request: WireRequest): { readonly json: Json } | GatewayErrorType => {
  const type = (headerOf(request.headers, 'content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase();
  const taken = body?.contents.filter(({ kind }) => kind === 'json').map(({ mediaType }) => mediaType) ?? [];
  if (type !== undefined && ![...taken, ...(body?.required ? [] : ['application/json'])].includes(type)) return 'UNSUPPORTED_MEDIA_TYPE';
  const text = Buffer.from(request.body).toString('utf8');
  if (text === '') return { json: {} };
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return 'BAD_REQUEST_BODY';
  }
};

const headersOf = ({ body, mediaType, headers, location, retryAfterSeconds }: Acknowledgement, request: WireRequest, facts: EvaluationFacts): readonly (readonly [string, string])[] => {
  const text = (template: Template): string => {
    const value = evaluate(template, facts);
    return (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)).replace(/[\u0000-\u001f]/g, ' ');
  };
  const encoded = (expression: Expression): string => encodeURIComponent(text({ kind: 'value', expression }));
  return [
    ...(body ? [['Content-Type', mediaType] as const] : []),
    ...(location ? [['Location', request.path.split('/').filter((segment, index) => index === 0 || segment !== '').slice(0, -location.own || undefined).join('/') + location.parts.map((part) => (typeof part === 'string' ? part : encoded(part))).join('')] as const] : []),
    ...(retryAfterSeconds === undefined ? [] : [['Retry-After', String(retryAfterSeconds)] as const]),
    ...[...headers].map(([name, template]) => [name, text(template)] as const),
  ];
};
