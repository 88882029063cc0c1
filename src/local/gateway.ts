import { randomBytes, randomUUID } from 'node:crypto';
import { layout } from '../emit/layout.js';
import type { Api, Operation } from '../ir/index.js';
import { envelope } from '../runtime/envelope.js';
import { Problem } from '../runtime/problem.js';
import type { HttpResult } from '../runtime/http.js';
import type { RestResult } from '../runtime/rest.js';
import { httpEvent, restEvent, type Circumstances, type Identity } from './events.js';
import { accept } from './accept.js';
import { headerOf, wireLimits, type WireAnswer, type WireRequest } from './exchange.js';
import { BundleFailure, type Invoke } from './functions.js';
import { proxy } from './proxy.js';
import { createRouter, type Match } from './routing.js';

/** What became of a request, for the log. */
export interface Served { readonly answer: WireAnswer; readonly operation?: string; readonly note?: string }

export type Gateway = (request: WireRequest) => Promise<Served>;

/**
 * The gateway of an API on this machine: routes, hands the function the event that the target would, and sends back
 * what it answers. Errors of its own look as on the target: in the envelope (REST), or in the service's own form (HTTP).
 */
export const createGateway = (api: Api, stage: string, invoke: Invoke): Gateway => {
  const route = createRouter(api);
  const stageVariables = Object.fromEntries(api.stages.get(stage)?.variables ?? []);
  const refuse = (request: WireRequest, id: string, problem: Problem): WireAnswer => {
    if (api.protocol.kind === 'http') return plain(problem);
    const { status, headers, body } = envelope(api.errors, problem, id, request.path);
    return { status, headers: [...headers, ['x-request-id', id]], body: body ?? '' };
  };
  return async (request) => {
    const requestId = randomUUID();
    const preflight = api.cors && request.method === 'OPTIONS' && !route('OPTIONS', request.path) ? answerPreflight(api, request) : undefined;
    if (preflight) return { answer: preflight, note: 'preflight' };
    if (request.path.length + request.query.length > wireLimits.urlBytes) return { answer: refuse(request, requestId, new Problem(414, 'uri-too-long', 'The URL is longer than the gateway takes.')) };
    const match = route(request.method, request.path);
    if (!match) return { answer: refuse(request, requestId, new Problem(404, 'not-found', 'There is no such operation.')) };
    const epochMs = Date.now();
    const identity = standIn(api, match.operation, request);
    const facts: Circumstances = { requestId, traceId: `Root=1-${Math.floor(epochMs / 1000).toString(16)}-${randomBytes(12).toString('hex')}`, stage, stageVariables, epochMs, identity };
    try {
      return { operation: match.operation.id, ...(await serve(api, match, request, facts, invoke, (problem) => refuse(request, requestId, problem))) };
    } catch (error) {
      const note = error instanceof BundleFailure ? `does not build:\n${error.message}` : `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      return { operation: match.operation.id, answer: refuse(request, requestId, new Problem(api.protocol.kind === 'rest' ? 502 : 500, 'internal', 'The request could not be served.')), note };
    }
  };
};

type Refuse = (problem: Problem) => WireAnswer;

const serve = async (api: Api, match: Match, request: WireRequest, facts: Circumstances, invoke: Invoke, refuse: Refuse): Promise<Omit<Served, 'operation'>> => {
  const { backend } = match.operation.integration;
  const timeoutMs = Math.min(match.operation.policy.timeoutMs, api.protocol.kind === 'rest' ? 29_000 : 30_000);
  switch (backend.kind) {
    case 'function': {
      const event = api.protocol.kind === 'rest' ? restEvent(api, match, request, facts) : httpEvent(api, match, request, facts);
      const result = await within(timeoutMs, invoke(layout.entry(backend.function), event));
      if (result === late) return { answer: refuse(new Problem(504, 'timeout', 'The backend did not answer in time.')), note: `no answer within ${timeoutMs} ms` };
      const answer = fromResult(result);
      return answer ? { answer } : { answer: refuse(new Problem(502, 'internal', 'The request could not be served.')), note: 'the function answered something that is no response' };
    }
    case 'static':
      return {
        answer: {
          status: backend.status,
          headers: backend.mediaType === undefined ? [] : [['Content-Type', backend.mediaType]],
          body: backend.body === undefined ? '' : typeof backend.body === 'string' && !backend.mediaType?.includes('json') ? backend.body : JSON.stringify(backend.body),
        },
        note: 'example',
      };
    case 'http': {
      const answer = await proxy(api, match, backend, request, timeoutMs);
      return answer ? { answer, note: 'proxied' } : { answer: refuse(new Problem(502, 'bad-gateway', 'The backend did not answer.')), note: 'the backend did not answer' };
    }
    case 'service': {
      const accepted = accept(api, match, request, facts);
      if (accepted instanceof Problem) return { answer: refuse(accepted), note: 'not sent' };
      if (accepted) return accepted;
      return { answer: refuse(new Problem(501, 'not-implemented', `The local gateway does not call \`${backend.resource}\` yet.`)), note: 'no local service behind it yet' };
    }
  }
};

const late = Symbol('late');
const within = async <T>(ms: number, work: Promise<T>): Promise<T | typeof late> => {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
};

/** What a function returned, in either payload format. */
const fromResult = (result: unknown): WireAnswer | undefined => {
  const answer = result as Partial<RestResult & HttpResult> | null | undefined;
  if (typeof answer !== 'object' || answer === null || typeof answer.statusCode !== 'number') return undefined;
  const headers: (readonly [string, string])[] = [
    ...Object.entries(answer.headers ?? {}),
    ...Object.entries(answer.multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value) => [name, value] as const)),
    ...(answer.cookies ?? []).map((cookie) => ['set-cookie', cookie] as const),
  ];
  return { status: answer.statusCode, headers, body: answer.isBase64Encoded === true ? Buffer.from(answer.body ?? '', 'base64') : (answer.body ?? '') };
};

/** An HTTP API's own errors (developer guide). */
const plain = (problem: Problem): WireAnswer => ({
  status: problem.status === 502 ? 500 : problem.status === 504 ? 503 : problem.status,
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify({ message: problem.status === 404 ? 'Not Found' : problem.status === 504 ? 'Service Unavailable' : problem.status >= 500 ? 'Internal Server Error' : problem.detail }),
});

/**
 * Nobody is checked here yet, so a caller of a secured operation is taken for a local user: with the claims of
 * whatever bearer token was sent, unverified, and every scope that the operation asks for.
 */
const standIn = (api: Api, operation: Operation, request: WireRequest): Identity | undefined => {
  const [first] = operation.security;
  const [demand] = first?.all ?? [];
  if (!demand) return undefined;
  const claims = unverifiedClaims(headerOf(request.headers, 'authorization') ?? '');
  const subject = claims['sub'];
  return { scheme: api.schemes.get(demand.scheme)?.name ?? demand.scheme, principalId: typeof subject === 'string' ? subject : 'local-user', scopes: demand.scopes, claims };
};

const unverifiedClaims = (authorization: string): Record<string, unknown> => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(authorization.replace(/^Bearer /i, '').split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const answerPreflight = (api: Api, request: WireRequest): WireAnswer | undefined => {
  const origin = headerOf(request.headers, 'origin');
  const { cors } = api;
  if (!cors || origin === undefined) return undefined;
  const allowed = cors.origins.includes('*') ? '*' : cors.origins.includes(origin) ? origin : undefined;
  return {
    status: 204,
    headers: allowed === undefined ? [['Vary', 'Origin']] : [
      ['Access-Control-Allow-Origin', allowed],
      ...(allowed === '*' ? [] : [['Vary', 'Origin'] as const]),
      ['Access-Control-Allow-Methods', cors.methods.join(',')],
      ['Access-Control-Allow-Headers', cors.headers.join(',')],
      ['Access-Control-Max-Age', String(cors.maxAgeSeconds)],
      ...(cors.credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
    ],
    body: '',
  };
};
