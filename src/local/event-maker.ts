import type { HttpEvent } from '../runtime/http.js';
import type { RestEvent } from '../runtime/rest.js';
import type { Caller } from './passage.js';

/**
 * What the event of a request is made of, in a row: so it goes to a function's thread for two thirds of what it costs as the event's text,
 * both to write and to read. What most requests have none of is JSON text, or empty.
 */
export type EventParts = readonly [
  kind: keyof EventMaker,
  /** The key of an HTTP API's route, or the resource of a REST API. */
  route: string, stage: string, stageVariables: string, pathParameters: string, caller: string, cookies: string,
  method: string, path: string, query: string, sourceIp: string, host: string, userAgent: string | null,
  id: string, traceId: string, epochMs: number, body: string, isBase64Encoded: boolean,
  /** Names and values in turn, as they were sent. */
  ...headers: readonly string[],
];

/** What of a caller stands in an event. */
export type ToldCaller = Pick<Caller, 'authorizer' | 'apiKeyId' | 'userArn' | 'certificate'>;

export interface EventMaker {
  /** What an HTTP API hands to a function: payload format 2.0. */
  readonly http: (parts: EventParts) => HttpEvent;
  /** What a REST API hands to a function: payload format 1.0. */
  readonly rest: (parts: EventParts) => RestEvent;
}

/** Makes events of their parts. A function's thread is given its text, as it begins without a file of ours: all that is used here stands here. */
export const eventMaker = (): EventMaker => {
  /** An own property, whatever its name. */
  const put = <Value>(object: Record<string, Value>, name: string, value: Value): void => {
    if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
  };
  const parsed = <Value>(text: string): Value | null => (text === '' ? null : (JSON.parse(text) as Value));

  /** Names of headers in lower case, by how they were sent: most requests have the same. */
  const known = new Map<string, string>();
  const lower = (name: string): string => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const key = name.toLowerCase();
    if (known.size < 1000) known.set(name, key);
    return key;
  };
  const firstHeader = 18;

  const http = (parts: EventParts): HttpEvent => {
    const [, routeKey, stage, stageVariables, , caller, cookies, method, path, rawQueryString, sourceIp, domainName, userAgent, requestId, traceId, timeEpoch, body, isBase64Encoded] = parts;
    const headers: Record<string, string> = { 'x-amzn-trace-id': traceId };
    for (let index = firstHeader; index < parts.length; index += 2) {
      const name = lower(parts[index] as string);
      const value = parts[index + 1] as string;
      if (name === 'cookie') continue;
      put(headers, name, Object.hasOwn(headers, name) ? `${headers[name]},${value}` : value);
    }
    const rawPath = `/${stage}${path}`;
    const requestContext: Record<string, unknown> = { http: { method, path: rawPath, sourceIp, userAgent: userAgent ?? '' }, requestId, stage, domainName, timeEpoch };
    const { authorizer, certificate } = parsed<ToldCaller>(caller) ?? {};
    if (authorizer) requestContext['authorizer'] = authorizer;
    if (certificate) requestContext['authentication'] = { clientCert: certificate };
    // One after the other, since what is not there is left out and the rest stays in its order.
    const event: Record<string, unknown> = { version: '2.0', routeKey, rawPath, rawQueryString };
    if (cookies !== '') event['cookies'] = parsed(cookies);
    event['headers'] = headers;
    if (stageVariables !== '') event['stageVariables'] = parsed(stageVariables);
    if (body !== '') event['body'] = body;
    event['isBase64Encoded'] = isBase64Encoded;
    event['requestContext'] = requestContext;
    return event as unknown as HttpEvent;
  };

  const decoded = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return text;
    }
  };
  /** The last value of each name, and all of them. */
  interface Named { readonly single: Record<string, string>; readonly all: Record<string, string[]> }
  const add = ({ single, all }: Named, name: string, value: string): void => {
    put(single, name, value);
    if (Object.hasOwn(all, name)) all[name]?.push(value);
    else put(all, name, [value]);
  };
  const queryOf = (query: string): Named | undefined => {
    if (query === '') return undefined;
    const named: Named = { single: {}, all: {} };
    const parts = query.split('&').filter((part) => part !== '');
    for (const part of parts) {
      const equals = part.indexOf('=');
      if (equals < 0) add(named, decoded(part), '');
      else add(named, decoded(part.slice(0, equals)), decoded(part.slice(equals + 1)));
    }
    return parts.length === 0 ? undefined : named;
  };

  const rest = (parts: EventParts): RestEvent => {
    const [, resource, stage, stageVariables, pathParameters, caller, , httpMethod, path, queryString, sourceIp, domainName, userAgent, requestId, traceId, requestTimeEpoch, body, isBase64Encoded] = parts;
    const query = queryOf(queryString);
    const headers: Named = { single: {}, all: {} };
    for (let index = firstHeader; index < parts.length; index += 2) {
      const name = parts[index] as string;
      const key = lower(name);
      if (key !== 'content-length' && key !== 'connection') add(headers, name, parts[index + 1] as string);
    }
    add(headers, 'X-Amzn-Trace-Id', traceId);
    const { authorizer, certificate, apiKeyId, userArn } = parsed<ToldCaller>(caller) ?? {};
    return {
      resource, path, httpMethod,
      headers: headers.single, multiValueHeaders: headers.all,
      queryStringParameters: query?.single ?? null, multiValueQueryStringParameters: query?.all ?? null,
      pathParameters: parsed(pathParameters), stageVariables: parsed(stageVariables),
      body: body === '' ? null : body, isBase64Encoded,
      requestContext: {
        requestId, stage, domainName, requestTimeEpoch,
        identity: { sourceIp, userAgent, ...(apiKeyId === undefined ? {} : { apiKeyId }), ...(userArn === undefined ? {} : { userArn }), ...(certificate ? { clientCert: certificate } : {}) },
        ...(authorizer ? { authorizer } : {}),
      },
    };
  };
  return { http, rest };
};
