import type { Json } from '../../base/json.js';
import { declaredAt } from '../../ir/acknowledge.js';
import { answerTo, isMapped } from '../../ir/answers.js';
import { evaluate } from '../../ir/evaluate.js';
import type { HttpBackend, Operation } from '../../ir/index.js';
import { headerOf, type WireAnswer } from '../exchange.js';
import { factsOf } from '../facts.js';
import type { Outcome, Run, Site } from '../passage.js';
import { proxy } from '../proxy.js';
import { faultAnswer, finished, mappedHeaders, type Writing } from './answers.js';

/** A server that requests are passed on to, and what becomes of its answers. */
export const passOn = (site: Site, operation: Operation, to: HttpBackend, timeoutMs: number): Run => async (passage) => {
  const reply = await proxy(site.api, passage, to, timeoutMs);
  if (!reply) return { outcome: 'no answer', answer: site.refuse('INTEGRATION_FAILURE', passage.id), note: 'the backend did not answer' };
  if (!isMapped(operation)) return { outcome: 'proxied', answer: reply };
  const writing = { site, passage, operation, facts: { ...factsOf(site, passage, undefined), response: { status: reply.status, body: jsonOf(reply.body), headers: new Map(reply.headers.map(([name, value]) => [name.toLowerCase(), value] as const)) } } };
  return site.api.protocol.kind === 'http' ? { outcome: 'proxied', answer: withHeaders(writing, reply) } : made(writing, reply);
};

/** An HTTP API changes headers of an answer, and nothing else. */
const withHeaders = ({ operation, facts }: Writing, reply: WireAnswer): WireAnswer => {
  const mapped = mappedHeaders(operation.integration.responses.find(({ status }) => status === reply.status)?.headers ?? new Map(), facts);
  const names = new Set(mapped.map(([name]) => name));
  return { ...reply, headers: [...reply.headers.filter(([name]) => !names.has(name.toLowerCase())), ...mapped] };
};

/** An answer as the author made it, or an error that tells nothing of what the backend said. */
const made = (writing: Writing, reply: WireAnswer): Outcome => {
  const { operation, facts } = writing;
  const answer = answerTo(operation, reply.status);
  if (!answer) return { outcome: 'no answer', answer: writing.site.refuse('INTEGRATION_FAILURE', writing.passage.id) };
  const { status, mapping, fault } = answer;
  const declared = declaredAt(operation.responses, status);
  if (fault) return { outcome: String(status), answer: finished(writing, faultAnswer(writing, fault)), note: `the backend answered ${reply.status}: ${textIn(reply.body).slice(0, 1000)}` };
  if (!mapping) return { outcome: 'proxied', answer: finished(writing, { status, body: reply.body, headers: ['Content-Type', ...(declared?.headers ?? []).map(({ name }) => name)].flatMap((name) => { const value = headerOf(reply.headers, name.toLowerCase()); return value === undefined ? [] : [[name, value] as const]; }) }) };
  const body = mapping.body && JSON.stringify(evaluate(mapping.body, facts));
  const type = declared?.contents.find(({ kind }) => kind === 'json')?.mediaType ?? 'application/json';
  return { outcome: String(status), answer: finished(writing, { status, headers: [...(body === undefined ? [] : [['Content-Type', type] as const]), ...mappedHeaders(mapping.headers, facts)], body: body ?? '' }) };
};

const textIn = (body: WireAnswer['body']): string => (typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));

const jsonOf = (body: WireAnswer['body']): Json | undefined => {
  try {
    return JSON.parse(textIn(body)) as Json;
  } catch {
    return undefined;
  }
};
