// Runs in the thread of the tests, before them: what `fetch` is there shows a client certificate, which Node's own cannot be told to.
import { Agent, request as send, type RequestOptions } from 'node:https';
import { inject } from 'vitest';

/** A client certificate and its private key, each as PEM. */
export interface ClientCertificate { readonly cert: string; readonly key: string }

declare module 'vitest' {
  export interface ProvidedContext { certificate: ClientCertificate }
}

/** Statuses of answers that have no body (Fetch, null body status). */
const bodiless = new Set([101, 204, 205, 304]);

const exchange = (url: string, options: RequestOptions, body: Buffer): Promise<Response> =>
  new Promise((resolve, reject) => {
    const sent = send(url, options, (message) => {
      const parts: Buffer[] = [];
      message.on('data', (part: Buffer) => parts.push(part));
      message.on('error', reject);
      message.on('end', () => {
        const { statusCode: status = 0, rawHeaders: raw } = message;
        const headers = raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []));
        resolve(new Response(bodiless.has(status) ? null : Buffer.concat(parts), { status, headers }));
      });
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // A connection that was kept may be closed just as it is used again (Node, `request.reusedSocket`).
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(exchange(url, options, body));
      else reject(new TypeError('fetch failed', { cause: error }));
    });
    sent.end(body);
  });

const { url: address } = inject('gatewright');
const { origin } = new URL(address);
const agent = new Agent({ keepAlive: true, ...inject('certificate') });
const plain = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  // To leave credentials out is to show no certificate either (Fetch, credentials mode).
  if (request.credentials === 'omit' || new URL(request.url).origin !== origin) return plain(request);
  const headers = { accept: '*/*', 'user-agent': 'node', ...Object.fromEntries(request.headers) };
  return exchange(request.url, { agent, method: request.method, headers }, Buffer.from(await request.arrayBuffer()));
};
