import { keptParameters } from '../../generators/kit/aws/backend-rest.js';
import { isMapped } from '../ir/answers.js';
import type { Api, HttpBackend, Operation } from '../ir/index.js';
import type { WireAnswer, WireRequest } from './exchange.js';
import type { Passage } from './passage.js';

/** Hop-by-hop headers (RFC 9110 §7.6.1) and what `fetch` sets itself. */
const dropped = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'content-encoding']);

/** What a mapped request has beside its body: the declared headers and query. */
const declared = (operation: Operation, { query, headers }: WireRequest): Pick<WireRequest, 'query' | 'headers'> => {
  const kept = keptParameters(operation);
  const names = new Set(['content-type', ...kept.filter((each) => each.in === 'header').map(({ name }) => name.toLowerCase())]);
  const all = new URLSearchParams(query);
  return {
    headers: headers.filter(([name]) => names.has(name.toLowerCase())),
    query: new URLSearchParams(kept.filter((each) => each.in === 'query').flatMap(({ name }) => all.getAll(name).slice(-1).map((value): [string, string] => [name, value]))).toString(),
  };
};

/** Passes a request on to its backend, as the author mapped it or else as it came; nothing when there is no answer. */
export const proxy = async (api: Api, { match: { operation }, request, mapped }: Passage, backend: HttpBackend, timeoutMs: number): Promise<WireAnswer | undefined> => {
  const resource = backend.resource === undefined ? undefined : api.resources.get(backend.resource);
  const base = backend.url ?? (resource?.kind === 'http' ? resource.url : undefined);
  if (base === undefined) return undefined;
  const { query, headers } = isMapped(operation) && api.protocol.kind === 'rest' ? declared(operation, request) : request;
  try {
    const response = await fetch(`${base.replace(/\/$/, '')}${mapped?.path ?? request.path}${query === '' ? '' : `?${query}`}`, {
      method: operation.method,
      headers: [
        ...headers.filter(([name]) => !dropped.has(name.toLowerCase()) && !(mapped?.body !== undefined && name.toLowerCase() === 'content-type')).map(([name, value]) => [name, value] as [string, string]),
        ...(mapped?.body === undefined ? [] : [['content-type', 'application/json'] as [string, string]]),
      ],
      ...(operation.method === 'GET' || operation.method === 'HEAD' ? {} : mapped?.body !== undefined ? { body: mapped.body } : request.body.length > 0 ? { body: request.body } : {}),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, headers: [...response.headers].filter(([name]) => !dropped.has(name)), body: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return undefined;
  }
};
