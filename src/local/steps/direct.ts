import type { Json } from '../../base/json.js';
import { isObject, own } from '../../base/json.js';
import { acknowledgementOf, declaredAt, mappingFor, successOf, type Acknowledgement } from '../../ir/acknowledge.js';
import { argumentOf, messageOf, trackingOf } from '../../ir/call.js';
import { evaluate, type EvaluationFacts } from '../../ir/evaluate.js';
import type { Expression, Operation, ServiceBackend } from '../../ir/index.js';
import { before } from '../../runtime/route.js';
import { document } from '../aws/xml.js';
import type { WireAnswer, WireRequest } from '../exchange.js';
import { factsOf } from '../facts.js';
import type { Outcome, Run, Site } from '../passage.js';
import type { GatewayErrorType } from '../refusals.js';
import type { ServiceReply } from '../services/action.js';
import { plainReply } from '../services/plain.js';
import type { ServiceRequest } from '../services/request.js';
import { headerText, mappedHeaders, replied, textOf, type Writing } from './answers.js';
import { jsonBody, mediaTypeOf } from './json-body.js';

/** Operations that the gateway serves with one call of a service: nobody's code stands in between. */
export const direct = (site: Site, operation: Operation, backend: ServiceBackend, timeoutMs: number): Run => async (passage) => {
  const body = bodyOf(operation, backend, passage.request);
  if (typeof body === 'string') return { outcome: 'not sent', answer: site.refuse(body, passage.id) };
  const facts = factsOf(site, passage, body.json);
  if (missingParameter(operation, facts)) return { outcome: 'not sent', answer: site.refuse('BAD_REQUEST_PARAMETERS', passage.id) };
  const request = requestOf(operation, backend, facts, passage.request);
  const limit = own(request.input, 'maxSize');
  if (typeof limit === 'number' && passage.request.body.length > limit) return { outcome: 'too large', answer: { status: 413, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ message: 'Request Too Long' }) } };
  const reply = await Promise.race([site.services.call(request), site.clock.wait(timeoutMs).then(() => undefined)]);
  const note = `${request.call} to ${request.resource}: ${JSON.stringify(request.message)}${reply && reply.status >= 400 ? `, which said ${JSON.stringify(reply.body)}` : ''}`;
  if (site.api.protocol.kind === 'http') return { ...passedOn(operation, reply, () => site.refuse('INTEGRATION_TIMEOUT', passage.id)), note };
  return { ...replied({ site, passage, operation, facts }, backend, reply, (writing, done) => doneAnswer(writing, request, done)), note };
};

/** Whether a parameter that must be there is not; the gateway takes no cookies apart. */
export const missingParameter = ({ parameters }: Operation, facts: EvaluationFacts): boolean =>
  parameters.some(({ in: place, name, required }) => required && place !== 'cookie' && !facts.parameters[place].has(place === 'header' ? name.toLowerCase() : name));

const requestOf = (operation: Operation, backend: ServiceBackend, facts: EvaluationFacts, { body, headers }: WireRequest): ServiceRequest => {
  const input: Record<string, Json> = {};
  for (const name of new Set([...backend.input.keys(), 'name', 'dedupe'])) {
    const template = argumentOf(operation, backend, name);
    const value = template && evaluate(template, facts);
    if (value !== undefined) input[name] = value;
  }
  const tracking = trackingOf(operation);
  return {
    resource: backend.resource, call: backend.call, input, message: evaluate(messageOf(operation), facts) ?? null,
    ...(tracking ? { tracking: textOf(evaluate(tracking, facts)) } : {}),
    ...(backend.call === 'put-object' ? { content: { bytes: body, type: mediaTypeOf(headers) ?? 'binary/octet-stream' } } : {}),
  };
};

/** An object's bytes nobody looks at. */
const bodyOf = (operation: Operation, { call, input }: ServiceBackend, request: WireRequest): { readonly json: Json | undefined } | GatewayErrorType => {
  const type = mediaTypeOf(request.headers);
  if (call === 'put-object') {
    const types = input.get('types');
    const taken = types?.kind === 'literal' && Array.isArray(types.value) ? (types.value as readonly Json[]).map(String) : [];
    return taken.length === 0 || taken.some((each) => (each.endsWith('*') ? type?.startsWith(each.slice(0, -1)) : each === type)) ? { json: undefined } : 'UNSUPPORTED_MEDIA_TYPE';
  }
  return jsonBody(operation, request);
};

/** An HTTP API hands on what the service said, under another status perhaps. */
const passedOn = ({ integration: { flow } }: Operation, reply: ServiceReply | undefined, late: () => WireAnswer): Pick<Outcome, 'outcome' | 'answer'> => {
  if (!reply) return { outcome: 'late', answer: late() };
  const status = reply.status === 200 && flow.kind === 'accept' ? flow.acknowledge : reply.status;
  return { outcome: String(status), answer: { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(reply.body) } };
};

const doneAnswer = (writing: Writing, request: ServiceRequest, body: Json | undefined): WireAnswer => {
  const { site, passage, operation, facts } = writing;
  const accepted = acknowledgementOf(site.api, operation);
  if (accepted) return { status: accepted.status, headers: acknowledgementHeaders(accepted, passage.request, facts), body: accepted.body ? JSON.stringify(evaluate(accepted.body, facts)) : '' };
  const status = successOf(operation.responses);
  const mapping = mappingFor(operation.integration.responses, status, false);
  const headers = mappedHeaders(mapping?.headers ?? new Map(), facts);
  if (request.call === 'get-object' && !mapping?.body) return objectAnswer(status, headers, body);
  if (request.call === 'list-objects' && !mapping?.body) return { status, headers: [['Content-Type', 'application/xml'], ...headers], body: document('ListBucketResult', body ?? {}) };
  const declared = declaredAt(operation.responses, status)?.contents.find(({ kind }) => kind === 'json');
  const mediaType = declared?.mediaType ?? 'application/json';
  const value = mapping?.body ? evaluate(mapping.body, facts) : plainReply(request, body, declared?.schema, site.api.schemas);
  return value === undefined || status === 204 ? { status, headers, body: '' } : { status, headers: [['Content-Type', mediaType], ...headers], body: JSON.stringify(value) };
};

const objectAnswer = (status: number, headers: WireAnswer['headers'], reply: Json | undefined): WireAnswer => {
  const object = reply !== undefined && isObject(reply) ? reply : {};
  return { status, headers: [['Content-Type', textOf(own(object, 'ContentType'))], ['ETag', textOf(own(object, 'ETag'))], ...headers], body: Buffer.from(textOf(own(object, 'Body')), 'base64') };
};

const acknowledgementHeaders = ({ body, mediaType, headers, location, retryAfterSeconds }: Acknowledgement, request: WireRequest, facts: EvaluationFacts): readonly (readonly [string, string])[] => {
  const encoded = (expression: Expression): string => encodeURIComponent(headerText({ kind: 'value', expression }, facts));
  return [
    ...(body ? [['Content-Type', mediaType] as const] : []),
    ...(location ? [['Location', before(request.path, location.own) + location.parts.map((part) => (typeof part === 'string' ? part : encoded(part))).join('')] as const] : []),
    ...(retryAfterSeconds === undefined ? [] : [['Retry-After', String(retryAfterSeconds)] as const]),
    ...mappedHeaders(headers, facts),
  ];
};
