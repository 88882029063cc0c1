import type { Route } from '../../../generators/kit/aws/routes.js';
import { timeoutOf } from '../../../generators/kit/aws/integration.js';
import { layout } from '../../emit/layout.js';
import type { FunctionBackend, StaticBackend } from '../../ir/index.js';
import { parseDuration } from '../../language/values.js';
import type { HttpResult } from '../../runtime/http.js';
import type { PayloadAnswer } from '../../runtime/payload.js';
import type { RestResult } from '../../runtime/rest.js';
import type { EventParts } from '../event-maker.js';
import { eventParts } from '../events.js';
import { headerOf, type WireAnswer, type WireRequest } from '../exchange.js';
import { FunctionFailure, FunctionTimeout } from '../function-thread.js';
import { BundleFailure } from '../functions.js';
import { exposedHeaders, originHeaders } from '../origins.js';
import type { MakeStep, Outcome, Passage, Run, Site } from '../passage.js';
import { payloadOf } from '../payload.js';
import type { GatewayErrorType } from '../refusals.js';
import { act } from './act.js';
import { passOn } from './backend.js';
import { direct } from './direct.js';
import { exampleOf } from './example.js';
import { jsonBody, mediaTypeOf } from './json-body.js';

/** The header by which a test has a backend be thought to take so long. */
export const delayHeader = 'x-gatewright-delay';

/** The backend's part: a function, a service, another server, or an example. */
export const integrate: MakeStep = (site, route) => {
  const { operation } = route;
  const timeoutMs = timeoutOf(operation, site.api.protocol.kind === 'rest' ? 29_000 : 30_000);
  const run = runOf(site, route, timeoutMs);
  if (!site.options.test || operation.integration.backend.kind === 'static') return run;
  return (passage) => ((parseDuration(headerOf(passage.request.headers, delayHeader) ?? '') ?? 0) > timeoutMs ? late(site, passage, timeoutMs) : run(passage));
};

const late = (site: Site, { id }: Passage, timeoutMs: number): Outcome => ({ outcome: 'timeout', answer: site.refuse('INTEGRATION_TIMEOUT', id), note: `no answer within ${timeoutMs} ms` });

const runOf = (site: Site, route: Route, timeoutMs: number): Run => {
  const { operation } = route;
  const { backend } = operation.integration;
  switch (backend.kind) {
    case 'function': return callFunction(site, route, backend, timeoutMs);
    case 'static': return ({ request }) => ({ outcome: 'example', answer: staticAnswer(site, request, backend) });
    case 'http': return passOn(site, operation, backend, timeoutMs);
    case 'service': return direct(site, operation, backend, timeoutMs);
    case 'action': return act(site, operation, backend, timeoutMs);
  }
};

const callFunction = (site: Site, route: Route, backend: FunctionBackend, timeoutMs: number): Run => {
  const rest = site.api.protocol.kind === 'rest';
  const handed = backend.payload === 'gateway';
  const entry = layout.entry(backend.function);
  const example = site.options.mock ? exampleOf(route.operation) : undefined;
  const eventOf = eventsOf(site, route, backend);
  const failed = (passage: Passage, outcome: string, note: string): Outcome => ({ outcome, note, answer: site.refuse('DEFAULT_5XX', passage.id, { status: rest ? 502 : 500 }) });
  const answered = (passage: Passage, result: unknown): Outcome => {
    const answer = handed ? fromPayloadAnswer(site, passage, result) : fromResult(result);
    if (!answer) return failed(passage, 'malformed', 'the function answered something that is no response');
    return answer.status === 501 && example ? { outcome: 'example', answer: example } : { outcome: String(answer.status), answer };
  };
  const unanswered = (passage: Passage, error: unknown): Outcome => {
    if (error instanceof FunctionTimeout) return late(site, passage, timeoutMs);
    if (error instanceof BundleFailure) return failed(passage, 'does not build', `does not build:\n${error.message}`);
    const told = handed && error instanceof FunctionFailure ? fromPayloadAnswer(site, passage, answerIn(error)) : undefined;
    if (told) return { outcome: String(told.status), answer: told };
    if (error instanceof FunctionFailure) return failed(passage, 'crashed', `crashed: ${error.message}`);
    throw error;
  };
  return (passage) => {
    const event = eventOf(passage);
    if (typeof event === 'object' && 'refused' in event) return { outcome: 'not called', answer: site.refuse(event.refused, passage.id) };
    return site.invoke(entry, event, timeoutMs).then((result) => answered(passage, result), (error: unknown) => unanswered(passage, error));
  };
};

/** What a function is called with, or why it is not. */
const eventsOf = (site: Site, route: Route, { payload }: FunctionBackend): ((passage: Passage) => string | EventParts | { readonly refused: GatewayErrorType }) => {
  if (site.api.protocol.kind === 'http' || payload !== 'gateway') return eventParts(site, route);
  return (passage) => {
    const { operation } = passage.match;
    const body = operation.body && !isBare(passage.request) ? jsonBody(operation, passage.request) : { json: null };
    return typeof body === 'string' ? { refused: body } : JSON.stringify(payloadOf(site, passage, body.json));
  };
};

/** What has neither bytes nor a type is no body. */
const isBare = ({ body, headers }: WireRequest): boolean => body.length === 0 && mediaTypeOf(headers) === undefined;

/** The answer that a function returned to the gateway's templates. */
const fromPayloadAnswer = ({ api }: Site, { request }: Passage, result: unknown): WireAnswer | undefined => {
  const answer = result as Partial<PayloadAnswer> | null | undefined;
  if (typeof answer !== 'object' || answer === null || typeof answer.status !== 'number') return undefined;
  return { status: answer.status, headers: [...originHeaders(api, request), ...exposedHeaders(api), ...Object.entries(answer.headers ?? {})], body: answer.body ?? '' };
};

/** The answer in the text of an error, if that is of the runtime's making: the gateway looks at nothing else of it. */
const answerIn = ({ reason }: FunctionFailure): unknown => (reason.startsWith('{"fault":') ? (JSON.parse(reason) as unknown) : undefined);

/** What a function returned, in either payload format; nothing where the gateway would take it for none. */
const fromResult = (result: unknown): WireAnswer | undefined => {
  const answer = result as Partial<RestResult & HttpResult> | null | undefined;
  if (typeof answer !== 'object' || answer === null || !Number.isInteger(answer.statusCode) || (answer.statusCode ?? 0) < 200 || (answer.statusCode ?? 0) > 599) return undefined;
  if (answer.body !== undefined && answer.body !== null && typeof answer.body !== 'string') return undefined;
  const headers: [string, string][] = [];
  if (answer.headers) for (const name of Object.keys(answer.headers)) headers.push([name, String(answer.headers[name])]);
  if (answer.multiValueHeaders) for (const [name, values] of Object.entries(answer.multiValueHeaders)) for (const value of values) headers.push([name, String(value)]);
  if (answer.cookies) for (const cookie of answer.cookies) headers.push(['set-cookie', String(cookie)]);
  if (headers.some(([name, value]) => !headerName.test(name) || unsendable.test(value))) return undefined;
  return { status: answer.statusCode as number, headers, body: answer.isBase64Encoded === true ? Buffer.from(answer.body ?? '', 'base64') : (answer.body ?? '') };
};

/** RFC 9110, sections 5.1 and 5.5: what would end a header, or begin another, is no header. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

const staticAnswer = ({ api }: Site, request: WireRequest, { status, mediaType, body }: StaticBackend): WireAnswer => ({
  status,
  headers: [...originHeaders(api, request), ...exposedHeaders(api), ...(mediaType === undefined ? [] : [['Content-Type', mediaType] as const])],
  body: body === undefined ? '' : typeof body === 'string' && !mediaType?.includes('json') ? body : JSON.stringify(body),
});
