import { partsOf } from '../../../generators/kit/aws/mapped-path.js';
import { actionHeaders } from '../../../generators/kit/aws/service-action.js';
import type { Json } from '../../base/json.js';
import { declaredAt, mappingFor, successOf } from '../../ir/acknowledge.js';
import { evaluate, type EvaluationFacts } from '../../ir/evaluate.js';
import type { ActionBackend, Operation, Template } from '../../ir/index.js';
import type { Fault } from '../../ir/outcome.js';
import type { ActionCall } from '../aws/wire.js';
import type { WireAnswer } from '../exchange.js';
import { factsOf } from '../facts.js';
import type { Run, Site } from '../passage.js';
import { faultAnswer, finished, mappedHeaders, replied, textOf, type Writing } from './answers.js';
import { missingParameter } from './direct.js';
import { exampleOf } from './example.js';
import { jsonBody } from './json-body.js';

/** Operations that are one action of a service which is not here: it is called where `AWS_ENDPOINT_URL` says. */
export const act = (site: Site, operation: Operation, backend: ActionBackend, timeoutMs: number): Run => async (passage) => {
  const body = jsonBody(operation, passage.request);
  if (typeof body === 'string') return { outcome: 'not sent', answer: site.refuse(body, passage.id) };
  const facts = factsOf(site, passage, body.json);
  if (missingParameter(operation, facts)) return { outcome: 'not sent', answer: site.refuse('BAD_REQUEST_PARAMETERS', passage.id) };
  const { send } = site.services;
  const example = site.options.mock ? exampleOf(operation) : undefined;
  const writing: Writing = { site, passage, operation, facts };
  if (!send) return example ? { outcome: 'example', answer: example } : { outcome: 'not served', answer: finished(writing, faultAnswer(writing, notServed(backend))), note: notServed(backend).detail };
  const call = callOf(backend, facts);
  // However they are encoded, these are steps in a path and no names: they would lead to another thing of the service.
  if (call.path.split('/').some((segment) => segment === '.' || segment === '..')) return { outcome: 'not sent', answer: site.refuse('BAD_REQUEST_PARAMETERS', passage.id) };
  const reply = await Promise.race([send(call), site.clock.wait(timeoutMs).then(() => undefined)]);
  const note = `${backend.permission.action}: ${call.method} ${call.path} ${call.body}${reply && reply.status >= 400 ? `, which said ${JSON.stringify(reply.body)}` : ''}`;
  return { ...replied(writing, backend, reply, doneAnswer), note };
};

const notServed = ({ service }: ActionBackend): Fault =>
  ({ status: 501, title: 'Not Implemented', detail: `The service ${service} is not served on this machine: set AWS_ENDPOINT_URL to where it is.` });

/** What is sent, as the target's template prints it. */
const callOf = (backend: ActionBackend, facts: EvaluationFacts): ActionCall => {
  const { service, wire } = backend;
  const given = [...backend.input].flatMap(([name, template]): (readonly [string, Json])[] => {
    const value = evaluate(template, facts);
    return value === undefined ? [] : [[name, value]];
  });
  const headers = Object.entries(actionHeaders(backend));
  switch (wire.protocol) {
    case 'json': return { service, method: 'POST', path: '/', headers, body: JSON.stringify(Object.fromEntries(given)) };
    case 'query': return { service, method: 'POST', path: '/', headers, body: new URLSearchParams([['Action', wire.action], ['Version', wire.version], ...given.map(([name, value]): [string, string] => [name, textOf(value)])]).toString() };
    case 'rest': return { service, method: wire.method, path: pathOf(wire.path, facts), headers, body: backend.input.size === 0 ? '' : JSON.stringify(Object.fromEntries(given)) };
  }
};

const pathOf = (path: Template, facts: EvaluationFacts): string =>
  `/${partsOf(path).map((part) => (typeof part === 'string' ? part.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(textOf(evaluate({ kind: 'value', expression: part }, facts))))).join('').replace(/^\/+/, '')}`;

const doneAnswer = ({ operation, facts }: Writing, body: Json | undefined): WireAnswer => {
  const status = successOf(operation.responses);
  const mapping = mappingFor(operation.integration.responses, status, false);
  const declared = declaredAt(operation.responses, status)?.contents.find(({ kind }) => kind === 'json');
  const value = mapping ? mapping.body && evaluate(mapping.body, facts) : declared && body;
  const headers = mappedHeaders(mapping?.headers ?? new Map(), facts);
  return value === undefined ? { status, headers, body: '' } : { status, headers: [['Content-Type', declared?.mediaType ?? 'application/json'], ...headers], body: JSON.stringify(value) };
};
