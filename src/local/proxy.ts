import type { Api, HttpBackend } from '../ir/index.js';
import type { WireAnswer, WireRequest } from './exchange.js';
import type { Match } from './routing.js';

/** Hop-by-hop headers (RFC 9110 §7.6.1) and what `fetch` sets itself. */
const dropped = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'content-encoding']);

/** Passes a request on to its backend, with path, query and body as they came; nothing when there is no answer. */
export const proxy = async (api: Api, { operation }: Match, backend: HttpBackend, request: WireRequest, timeoutMs: number): Promise<WireAnswer | undefined> => {
  const resource = backend.resource === undefined ? undefined : api.resources.get(backend.resource);
  const base = backend.url ?? (resource?.kind === 'http' ? resource.url : undefined);
  if (base === undefined) return undefined;
  try {
    const response = await fetch(`${base.replace(/\/$/, '')}${request.path}${request.query === '' ? '' : `?${request.query}`}`, {
      method: operation.method,
      headers: request.headers.filter(([name]) => !dropped.has(name.toLowerCase())).map(([name, value]) => [name, value] as [string, string]),
      ...(request.body.length > 0 && operation.method !== 'GET' && operation.method !== 'HEAD' ? { body: Buffer.from(request.body) } : {}),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, headers: [...response.headers].filter(([name]) => !dropped.has(name)), body: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return undefined;
  }
};
