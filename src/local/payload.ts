import type { Json } from '../base/json.js';
import { define } from '../base/json.js';
import { headerContract, parameterContract } from '../ir/contract.js';
import type { ParameterContract } from '../runtime/contract.js';
import { cookieFields } from '../runtime/gateway.js';
import { handed } from '../runtime/headers.js';
import { decodeParameter } from '../runtime/parameters.js';
import type { Payload } from '../runtime/payload.js';
import { decode } from '../runtime/platform.js';
import { fromRest } from '../runtime/rest.js';
import { match, split } from '../runtime/route.js';
import { places } from '../runtime/serve.js';
import { eventParts, restEvent } from './events.js';
import type { Passage, Site } from './passage.js';

/** The payload that a template of a REST API makes of a request. Of what was sent twice the gateway hands over the last. */
export const payloadOf = (site: Site, passage: Passage, body: Json): Payload => {
  const { operation } = passage.match;
  const incoming = fromRest({ ...restEvent(eventParts(site, passage.match.route)(passage)), multiValueHeaders: null, multiValueQueryStringParameters: null });
  const headers = handed(incoming.headers, headerContract(operation.policy.headers.request), { incoming });
  const request = {
    id: incoming.requestId, method: operation.method, path: decode(incoming.path) ?? incoming.path, route: operation.path.text,
    params: {}, query: {}, headers, cookies: {}, body,
  };
  const variables = match(operation.path.segments, split(incoming.path)) ?? new Map<string, string>();
  const sources = { path: variables, query: incoming.query, headers: incoming.headers, cookies: cookieFields(incoming.cookies) };
  for (const parameter of operation.parameters) {
    const contract = parameterContract(parameter, site.api);
    const read = decodeParameter(contract, sources, new Set());
    if (read) define(request[places[parameter.in]], contract.name, 'value' in read ? read.value : textOf(contract, sources));
  }
  return { request, auth: incoming.auth, context: incoming.context, size: passage.request.body.length, stageVariables: site.stageVariables };
};

/** What is not of its type is a text still, and what is broken is null: the function finds out. */
const textOf = (contract: ParameterContract, sources: Parameters<typeof decodeParameter>[1]): unknown => {
  const read = decodeParameter({ ...contract, shape: typeof contract.shape === 'object' && 'array' in contract.shape ? { array: 'string' } : 'string' }, sources, new Set());
  return read && 'value' in read ? read.value : null;
};
