import type { Api, HttpBackend } from '../ir/index.js';
import type { WireAnswer } from './exchange.js';
import type { Passage } from './passage.js';

/** Hop-by-hop headers (RFC 9110 §7.6.1) and what `fetch` sets itself. */
const dropped = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'content-length', 'content-encoding']);

/** Passes a request on to its backend, as the author mapped it or else as it came; nothing when there is no answer. */
export const proxy = async (api: Api, { match: { operation }, request, mapped }: Passage, backend: HttpBackend, timeoutMs: number): Promise<WireAnswer | undefined> => {
  const resource = backend.resource === undefined ? undefined : api.resources.get(backend.resource);
  const base = backend.url ?? (resource?.kind === 'http' ? resource.url : undefined);
  if (base === undefined) return undefined;
  try {
    const response = await fetch(`${base.replace(/\/$/, '')}${mapped?.path ?? request.path}${request.query === '' ? '' : `?${request.query}`}`, {
      method: operation.method,
      headers: [
        ...request.headers.filter(([name]) => !dropped.has(name.toLowerCase()) && !(mapped?.body !== undefined && name.toLowerCase() === 'content-type')).map(([name, value]) => [name, value] as [string, string]),
        ...(mapped?.body === undefined ? [] : [['content-type', 'application/json'] as [string, string]]),
      ],
      ...(operation.method === 'GET' || operation.method === 'HEAD' ? {} : mapped?.body !== undefined ? { body: mapped.body } : request.body.length > 0 ? { body: Buffer.from(request.body) } : {}),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, headers: [...response.headers].filter(([name]) => !dropped.has(name)), body: new Uint8Array(await response.arrayBuffer()) };
  } catch {
    return undefined;
  }
};
