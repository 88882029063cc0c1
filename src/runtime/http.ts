import { byName, contextOf, fromClaims, fromContext, fromPrincipal, requestId, type Authorizer } from './gateway.js';
import { joined } from './headers.js';
import type { Auth, HeaderFields, Incoming, Outgoing } from './message.js';
import { fromBase64, toBase64 } from './platform.js';
import { serveEvents, type Served } from './serve.js';

/** The event of an HTTP API, payload format 2.0. What is empty is absent. */
export interface HttpEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  /** Names in lower case; what was sent twice is joined with commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly stageVariables?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly http: { readonly method: string; readonly path?: string; readonly sourceIp?: string; readonly userAgent?: string };
    readonly requestId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    readonly timeEpoch?: number;
    readonly authorizer?: { readonly jwt?: { readonly claims?: unknown; readonly scopes?: unknown }; readonly lambda?: Authorizer | null; readonly iam?: { readonly userArn?: string } };
    readonly authentication?: { readonly clientCert?: { readonly subjectDN?: string } } | null;
  };
}

/** What an HTTP API takes for an answer. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const authOf = ({ authorizer, authentication }: HttpEvent['requestContext']): Auth | null => {
  if (authorizer?.jwt) return fromClaims(authorizer.jwt.claims, authorizer.jwt.scopes ?? undefined);
  if (authorizer?.lambda) return fromContext(authorizer.lambda);
  return fromPrincipal(authorizer?.iam?.userArn) ?? fromPrincipal(authentication?.clientCert?.subjectDN);
};

/** The name and value of each part of a query string, still encoded; a part without `=` has an empty value. */
export const queryPairs = (query: string): (readonly [string, string])[] =>
  query === '' ? [] : query.split('&').filter((part) => part !== '').map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });

/** A named stage stands before the path. */
const withoutStage = (path: string, stage: string): string => {
  const end = stage.length + 1;
  return path.startsWith(stage, 1) && (path.length === end || path[end] === '/') ? path.slice(end) || '/' : path;
};

/** Names that were seen to be as they must be; most requests have the same. */
const usual = new Set<string>();

/** As they came, where they are as they are said to be: to make them anew costs a request as much as to parse its body. */
const headersOf = (headers: HttpEvent['headers']): HeaderFields => {
  for (const name in headers) {
    if (headers[name] !== undefined && usual.has(name)) continue;
    if (headers[name] === undefined || name === 'cookie' || /[A-Z]/.test(name)) return byName(Object.entries(headers));
    if (usual.size < 100) usual.add(name);
  }
  return headers as HeaderFields;
};

/** The request in an HTTP API event. */
export const fromHttp = (event: HttpEvent): Incoming => {
  const context = event.requestContext;
  const headers = headersOf(event.headers);
  const space = event.routeKey.indexOf(' ');
  const stage = context.stage ?? '$default';
  return {
    method: context.http.method.toUpperCase(),
    path: withoutStage(event.rawPath, stage),
    route: space < 0 ? undefined : event.routeKey.slice(space + 1),
    query: queryPairs(event.rawQueryString),
    headers,
    cookies: event.cookies ?? [],
    body: event.body === undefined || event.body === '' ? undefined : event.isBase64Encoded ? fromBase64(event.body) : event.body,
    auth: authOf(context),
    requestId: requestId(headers, context.requestId),
    context: contextOf(headers, { stage, epochMs: context.timeEpoch, sourceIp: context.http.sourceIp, domain: context.domainName, userAgent: context.http.userAgent }),
    stageVariables: event.stageVariables ?? {},
  };
};

/** An answer as an HTTP API takes it. */
export const toHttp = (answer: Outgoing): HttpResult => {
  const cookies = answer.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
  const headers = joined(cookies.length > 0 ? answer.headers.filter(([name]) => name !== 'set-cookie') : answer.headers);
  const { status: statusCode, body: content = '' } = answer;
  const isBase64Encoded = typeof content !== 'string';
  const body = isBase64Encoded ? toBase64(content) : content;
  return cookies.length > 0 ? { statusCode, headers, cookies, body, isBase64Encoded } : { statusCode, headers, body, isBase64Encoded };
};

/** The entry of a function behind an HTTP API. This gateway adds the CORS headers itself. */
export const http = (operations: readonly Served[]): ((event: HttpEvent) => Promise<HttpResult>) => serveEvents(operations, {}, fromHttp, toHttp);
