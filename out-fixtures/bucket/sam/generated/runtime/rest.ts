import { byName, contextOf, cookiePairs, fromClaims, fromContext, fromPrincipal, requestId, type Authorizer } from './gateway.js';
import { corsHeaders } from './headers.js';
import type { Auth, Incoming, Outgoing } from './message.js';
import { fromBase64, put, toBase64 } from './platform.js';
import { serveEvents, type Served } from './serve.js';

type Lists = Readonly<Record<string, readonly string[] | undefined>>;
type Singles = Readonly<Record<string, string | undefined>>;

/** The event of a REST API's proxy integration, payload format 1.0. Empty maps come as null. */
export interface RestEvent {
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Singles | null;
  readonly multiValueHeaders: Lists | null;
  readonly queryStringParameters: Singles | null;
  readonly multiValueQueryStringParameters: Lists | null;
  readonly pathParameters: Singles | null;
  readonly stageVariables: Singles | null;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly requestId?: string;
    readonly stage?: string;
    readonly domainName?: string;
    readonly requestTimeEpoch?: number;
    readonly authorizer?: Authorizer | null;
    readonly identity?: {
      readonly sourceIp?: string | null;
      readonly userAgent?: string | null;
      readonly apiKeyId?: string | null;
      readonly userArn?: string | null;
      readonly clientCert?: { readonly subjectDN?: string } | null;
    };
  };
}

/** What a REST API takes for an answer: these keys and no others, header values strings only. */
export interface RestResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** All values where the event has them, else the single ones. */
const pairs = (lists: Lists | null, singles: Singles | null): (readonly [string, string])[] => {
  const all: (readonly [string, string])[] = [];
  if (lists) for (const name of Object.keys(lists)) for (const value of lists[name] ?? []) all.push([name, value]);
  else if (singles) for (const name of Object.keys(singles)) if (singles[name] !== undefined) all.push([name, singles[name]]);
  return all;
};

/** This gateway decodes the query before it hands it on; what decoding would change again is encoded again. */
const encodeAgain = (text: string): string => text.replace(/[%+]/g, (char) => (char === '%' ? '%25' : '%2B'));

const authOf = ({ authorizer, identity }: RestEvent['requestContext']): Auth | null => {
  if (authorizer && 'claims' in authorizer && !('principalId' in authorizer)) return fromClaims(authorizer['claims'], authorizer['scopes']);
  if (authorizer && Object.keys(authorizer).length > 0) return fromContext(authorizer);
  return fromPrincipal(identity?.userArn) ?? fromPrincipal(identity?.apiKeyId) ?? fromPrincipal(identity?.clientCert?.subjectDN);
};

/** The request in a REST event. */
export const fromRest = (event: RestEvent): Incoming => {
  const context = event.requestContext;
  const given = pairs(event.multiValueHeaders, event.headers);
  const headers = byName(given);
  return {
    method: event.httpMethod.toUpperCase(),
    path: event.path,
    route: event.resource,
    query: pairs(event.multiValueQueryStringParameters, event.queryStringParameters).map(([name, value]) => [encodeAgain(name), encodeAgain(value)]),
    headers,
    cookies: given.flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? cookiePairs(value) : [])),
    body: event.body === null || event.body === undefined || event.body === '' ? undefined : event.isBase64Encoded ? fromBase64(event.body) : event.body,
    auth: authOf(context),
    requestId: requestId(headers, context.requestId),
    context: contextOf(headers, { stage: context.stage, epochMs: context.requestTimeEpoch, sourceIp: context.identity?.sourceIp, domain: context.domainName, userAgent: context.identity?.userAgent }),
    stageVariables: event.stageVariables ?? {},
  };
};

/** An answer as a REST API takes it. */
export const toRest = (answer: Outgoing): RestResult => {
  const singles: { [name: string]: string } = {};
  const several: { [name: string]: string[] } = {};
  for (const [name, value] of answer.headers) {
    const before = Object.hasOwn(singles, name) ? singles[name] : undefined;
    if (Object.hasOwn(several, name)) several[name]?.push(value);
    else if (before === undefined) put(singles, name, value);
    else {
      put(several, name, [before, value]);
      delete singles[name];
    }
  }
  const { status: statusCode, body: content = '' } = answer;
  const isBase64Encoded = typeof content !== 'string';
  const body = isBase64Encoded ? toBase64(content) : content;
  return Object.keys(several).length > 0 ? { statusCode, headers: singles, multiValueHeaders: several, body, isBase64Encoded } : { statusCode, headers: singles, body, isBase64Encoded };
};

/** The entry of a function behind a REST API. This gateway leaves CORS headers to the function. */
export const rest = (operations: readonly Served[]): ((event: RestEvent) => Promise<RestResult>) => serveEvents(operations, { cors: corsHeaders }, fromRest, toRest);
