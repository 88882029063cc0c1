import { contextOf, cookiePairs, fromClaims, fromContext, fromPrincipal, requestId, type Authorizer } from './gateway.js';
import type { Auth, Incoming, Outgoing } from './message.js';
import { fromBase64, toBase64 } from './platform.js';
import { serve, type Served } from './serve.js';

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
  if (lists) return Object.entries(lists).flatMap(([name, values]) => (values ?? []).map((value) => [name, value] as const));
  return Object.entries(singles ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
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
  const all = pairs(event.multiValueHeaders, event.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const context = event.requestContext;
  const headers = all.filter(([name]) => name !== 'cookie');
  const variables = Object.entries(event.stageVariables ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return {
    method: event.httpMethod.toUpperCase(),
    path: event.path,
    route: event.resource,
    query: pairs(event.multiValueQueryStringParameters, event.queryStringParameters).map(([name, value]) => [encodeAgain(name), encodeAgain(value)]),
    headers,
    cookies: all.filter(([name]) => name === 'cookie').flatMap(([, value]) => cookiePairs(value)),
    body: event.body === null || event.body === undefined || event.body === '' ? undefined : event.isBase64Encoded ? fromBase64(event.body) : event.body,
    auth: authOf(context),
    requestId: requestId(headers, context.requestId),
    context: contextOf(headers, { stage: context.stage, epochMs: context.requestTimeEpoch, sourceIp: context.identity?.sourceIp, domain: context.domainName, userAgent: context.identity?.userAgent }),
    stageVariables: Object.fromEntries(variables),
  };
};

/** An answer as a REST API takes it. */
export const toRest = (answer: Outgoing): RestResult => {
  const lists = new Map<string, string[]>();
  for (const [name, value] of answer.headers) lists.set(name, [...(lists.get(name) ?? []), value]);
  const singles = [...lists].flatMap(([name, values]) => (values.length === 1 ? [[name, values[0] ?? ''] as const] : []));
  const several = [...lists].filter(([, values]) => values.length > 1);
  const binary = answer.body instanceof Uint8Array;
  return {
    statusCode: answer.status,
    headers: Object.fromEntries(singles),
    ...(several.length > 0 ? { multiValueHeaders: Object.fromEntries(several) } : {}),
    body: answer.body === undefined ? '' : binary ? toBase64(answer.body as Uint8Array) : (answer.body as string),
    isBase64Encoded: binary,
  };
};

/** The entry of a function behind a REST API. This gateway leaves CORS headers to the function. */
export const rest = (operations: readonly Served[]): ((event: RestEvent) => Promise<RestResult>) => {
  const answer = serve(operations, { cors: true });
  return async (event) => toRest(await answer(fromRest(event)));
};
