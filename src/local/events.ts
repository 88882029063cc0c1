import type { Route } from '../../generators/kit/aws/routes.js';
import type { Api, Operation } from '../ir/index.js';
import { cookiePairs } from '../runtime/gateway.js';
import { essence } from '../runtime/media-type.js';
import type { RestEvent } from '../runtime/rest.js';
import { headerOf, type WireRequest } from './exchange.js';
import type { Passage, Site } from './passage.js';

/** What of a gateway its events tell. */
type Teller = Pick<Site, 'api' | 'stage' | 'stageVariables'>;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const queryPairs = (query: string): (readonly [string, string])[] =>
  query.split('&').filter((part) => part !== '').map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [decoded(part), ''] : [decoded(part.slice(0, equals)), decoded(part.slice(equals + 1))];
  });

/** The last value of each name, and all of them. REST hands over null where there is none. */
const singles = (pairs: readonly (readonly [string, string])[]): Record<string, string> | null => (pairs.length === 0 ? null : Object.fromEntries(pairs));
const lists = (pairs: readonly (readonly [string, string])[]): Record<string, string[]> | null => {
  if (pairs.length === 0) return null;
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(all);
};

const isBinary = (api: Api, operation: Operation, request: WireRequest): boolean => {
  const type = essence(headerOf(request.headers, 'content-type') ?? '');
  if (api.protocol.kind === 'http') return type !== '' && !/^(?:text\/|application\/(?:.*\+)?(?:json|xml|javascript|x-www-form-urlencoded)$)/.test(type);
  return operation.body?.contents.some(({ kind, mediaType }) => (kind === 'binary' || kind === 'multipart') && (mediaType === type || (mediaType.endsWith('/*') && type.startsWith(mediaType.slice(0, -1))))) ?? false;
};

const bodyOf = (api: Api, operation: Operation, request: WireRequest): { readonly body: string; readonly isBase64Encoded: boolean } => {
  const binary = isBinary(api, operation, request);
  return { body: request.body.toString(binary ? 'base64' : 'utf8'), isBase64Encoded: binary };
};

/** The event that a REST API hands to a function: payload format 1.0. */
export const restEvent = ({ api, stage, stageVariables }: Teller, { id, traceId, epochMs, request, caller, match: { operation, route, variables } }: Passage): RestEvent => {
  const query = queryPairs(request.query);
  const headers = [...request.headers.filter(([name]) => !['content-length', 'connection'].includes(name.toLowerCase())), ['X-Amzn-Trace-Id', traceId] as const];
  const { body, isBase64Encoded } = bodyOf(api, operation, request);
  return {
    resource: route.path,
    path: request.path,
    httpMethod: request.method,
    headers: singles(headers),
    multiValueHeaders: lists(headers),
    queryStringParameters: singles(query),
    multiValueQueryStringParameters: lists(query),
    pathParameters: Object.keys(variables).length === 0 ? null : Object.fromEntries(Object.entries(variables).map(([name, value]) => [route.variables.get(name) ?? name, value])),
    stageVariables: Object.keys(stageVariables).length === 0 ? null : stageVariables,
    body: body === '' ? null : body,
    isBase64Encoded,
    requestContext: {
      requestId: id,
      stage,
      domainName: headerOf(request.headers, 'host') ?? 'localhost',
      requestTimeEpoch: epochMs,
      identity: {
        sourceIp: request.sourceIp, userAgent: headerOf(request.headers, 'user-agent') ?? null,
        ...(caller.apiKeyId === undefined ? {} : { apiKeyId: caller.apiKeyId }), ...(caller.userArn === undefined ? {} : { userArn: caller.userArn }),
        ...(caller.certificate ? { clientCert: caller.certificate } : {}),
      },
      ...(caller.authorizer ? { authorizer: caller.authorizer } : {}),
    },
  };
};

/**
 * The event that an HTTP API hands to a function behind a route, payload format 2.0, as JSON text: it goes to the function's thread as such,
 * and to make an object of names that come with each request takes several times as long as to write them down.
 */
export const httpEvents = ({ api, stage, stageVariables }: Teller, { operation, path: routePath }: Route): ((passage: Passage) => string) => {
  const beginning = `{"version":"2.0","routeKey":${JSON.stringify(`${operation.method} ${routePath}`)},"rawPath":`;
  const variables = member('stageVariables', Object.keys(stageVariables).length > 0 ? stageVariables : undefined);
  const staged = `,"stage":${JSON.stringify(stage)},"domainName":`;
  return ({ id, traceId, epochMs, request, caller }) => {
    const cookies: string[] = [];
    const names = ['"x-amzn-trace-id"'];
    const values = [traceId];
    for (const [name, value] of request.headers) {
      const key = keyOf(name);
      const before = names.indexOf(key);
      if (key === '"cookie"') cookies.push(...cookiePairs(value));
      else if (before >= 0) values[before] += `,${value}`;
      else {
        names.push(key);
        values.push(value);
      }
    }
    let headers = '';
    for (let index = 0; index < names.length; index++) headers += `${index === 0 ? '' : ','}${names[index]}:${text(values[index] ?? '')}`;
    const { body, isBase64Encoded } = bodyOf(api, operation, request);
    const path = text(`/${stage}${request.path}`);
    return `${beginning}${path},"rawQueryString":${text(request.query)}${member('cookies', cookies.length > 0 ? cookies : undefined)},"headers":{${headers}}${variables}${member('body', body === '' ? undefined : body)
      },"isBase64Encoded":${isBase64Encoded},"requestContext":{"http":{"method":${text(request.method)},"path":${path},"sourceIp":${text(request.sourceIp)},"userAgent":${text(headerOf(request.headers, 'user-agent') ?? '')}},"requestId":"${id}"${staged
      }${text(headerOf(request.headers, 'host') ?? 'localhost')},"timeEpoch":${epochMs}${member('authorizer', caller.authorizer)}${member('authentication', caller.certificate && { clientCert: caller.certificate })}}}`;
  };
};

/** A text in JSON. Most have nothing to be escaped, and to find that out takes a third of the time. */
const text = (value: string): string => (special.test(value) ? JSON.stringify(value) : `"${value}"`);
const special = /["\\\u0000-\u001f\ud800-\udfff]/;
/** How names of headers stand in an event, by how they were sent: most requests have the same. */
const known = new Map<string, string>();
const keyOf = (name: string): string => {
  const found = known.get(name);
  if (found !== undefined) return found;
  const key = text(name.toLowerCase());
  if (known.size < 1000) known.set(name, key);
  return key;
};
/** What is not there is left out. */
const member = (name: string, value: unknown): string => (value === undefined ? '' : `,"${name}":${JSON.stringify(value)}`);
