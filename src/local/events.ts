import type { Route } from '../../generators/kit/aws/routes.js';
import type { Api, Operation } from '../ir/index.js';
import { cookiePairs } from '../runtime/gateway.js';
import { essence } from '../runtime/media-type.js';
import { eventMaker, type EventParts, type ToldCaller } from './event-maker.js';
import { headerOf, type WireRequest } from './exchange.js';
import type { Caller, Passage, Site } from './passage.js';

/** What of a gateway its events tell. */
type Teller = Pick<Site, 'api' | 'stage' | 'stageVariables'>;

const isBinary = (api: Api, operation: Operation, request: WireRequest): boolean => {
  const type = essence(headerOf(request.headers, 'content-type') ?? '');
  if (api.protocol.kind === 'http') return type !== '' && !/^(?:text\/|application\/(?:.*\+)?(?:json|xml|javascript|x-www-form-urlencoded)$)/.test(type);
  return operation.body?.contents.some(({ kind, mediaType }) => (kind === 'binary' || kind === 'multipart') && (mediaType === type || (mediaType.endsWith('/*') && type.startsWith(mediaType.slice(0, -1))))) ?? false;
};

const callerText = ({ authorizer, apiKeyId, userArn, certificate }: Caller): string =>
  (authorizer || certificate || apiKeyId !== undefined || userArn !== undefined ? JSON.stringify({ authorizer, apiKeyId, userArn, certificate } satisfies Record<keyof ToldCaller, unknown>) : '');

/** The parts of the events that are handed to a function behind a route. */
export const eventParts = ({ api, stage, stageVariables }: Teller, { operation, path, variables: names }: Route): ((passage: Passage) => EventParts) => {
  const { kind } = api.protocol;
  const route = kind === 'http' ? `${operation.method} ${path}` : path;
  const staged = Object.keys(stageVariables).length > 0 ? JSON.stringify(stageVariables) : '';
  const pathParameters = (variables: Passage['match']['variables']): string =>
    (Object.keys(variables).length === 0 ? '' : JSON.stringify(Object.fromEntries(Object.entries(variables).map(([name, value]) => [names.get(name) ?? name, value]))));
  return ({ id, traceId, epochMs, request, caller, match: { variables } }) => {
    const { headers } = request;
    const binary = isBinary(api, operation, request);
    const sent: string[] = [];
    const cookies: string[] = [];
    for (const [name, value] of headers) {
      sent.push(name, value);
      if (name.length === 'cookie'.length && name.toLowerCase() === 'cookie') cookies.push(...cookiePairs(value));
    }
    return [
      kind, route, stage, staged, pathParameters(variables), callerText(caller), cookies.length === 0 ? '' : JSON.stringify(cookies),
      request.method, request.path, request.query, request.sourceIp, headerOf(headers, 'host') ?? 'localhost', headerOf(headers, 'user-agent') ?? null,
      id, traceId, epochMs, request.body.toString(binary ? 'base64' : 'utf8'), binary, ...sent,
    ];
  };
};

export const { http: httpEvent, rest: restEvent } = eventMaker();
