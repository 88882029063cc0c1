import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../support/cli.js';
import { apiOf, bundle, generate, typecheck, write } from '../support/generated.js';

/** specs/callbacks with its stubs filled in, against a receiver on this machine. */
describe('the code that is generated for callbacks', () => {
  const received: { readonly signature: string; readonly id: string; readonly timestamp: string; readonly body: string; readonly url: string }[] = [];
  let server: Server;
  let base = '';
  let folder = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        const of = (name: string): string => String(request.headers[name]);
        received.push({ signature: of('webhook-signature'), id: of('webhook-id'), timestamp: of('webhook-timestamp'), body, url: request.url ?? '' });
        response.writeHead(request.url?.startsWith('/broken') ? 400 : 204).end();
      });
    });
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const api = await apiOf(readFileSync(join(root, 'specs/callbacks/openapi.yaml'), 'utf8').replace('backoff: 500ms', 'backoff: 500ms, allow: [http, private]'));
    // The events of an HTTP API are the shorter ones.
    const files = await generate({ ...api, protocol: { ...api.protocol, kind: 'http' } });
    const filled = (path: string, from: string, to: string): void => void files.set(path, (files.get(path) ?? '').replace(from, to));
    filled('workers/renders.ts', "throw new Error('Not written yet');", "await callbacks.done({ scene: body.scene, state: 'rendered' });");
    filled('handlers/test-hook.ts', 'return { status: 501 };', "await callbacks.ping({ sentAt: '2026-04-09T12:34:56Z' });\n  return { status: 204 };");
    folder = write(files);
    vi.stubEnv('CALLBACK_SECRET_CALLBACK_SECRET', `whsec_${Buffer.from('key').toString('base64')}`);
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    server.close();
  });

  it('is typed by the body that is sent', () => expect(typecheck(folder)).toBe(''));

  it('lets the worker tell the caller, and the queue try again what was not told', async () => {
    const { module } = await bundle(folder, 'generated/entry/workers/renders.ts');
    const record = (messageId: string, callbackUrl?: string) => ({ messageId, body: JSON.stringify({ scene: 'sea', callbackUrl }) });
    const result = await (module['handler'] as (event: object) => Promise<unknown>)({ Records: [record('m-1', `${base}/taken`), record('m-2', `${base}/broken`), record('m-3')] });
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-2' }] });
    const { signature, id, timestamp, body } = received.find(({ url }) => url === '/taken') ?? {};
    expect([id, body]).toEqual(['msg_m-1_done', '{"scene":"sea","state":"rendered"}']);
    expect(signature).toBe(`v1,${createHmac('sha256', 'key').update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  });

  it('lets a handler do so, and answers as the document says where nobody takes it', async () => {
    const { module } = await bundle(folder, 'generated/entry/test-hook.ts');
    const call = async (path: string): Promise<number> => (await (module['handler'] as (event: object) => Promise<{ readonly statusCode: number }>)({
      version: '2.0', routeKey: 'POST /hooks/{hookId}/test', rawPath: '/hooks/h1/test', rawQueryString: `address=${encodeURIComponent(base + path)}`, headers: {}, isBase64Encoded: false,
      requestContext: { http: { method: 'POST' }, requestId: 'r', authorizer: { jwt: { claims: { sub: 's' }, scopes: [] } } },
    })).statusCode;
    expect([await call('/ok'), await call('/broken')]).toEqual([204, 502]);
    expect(received.map(({ url }) => url)).toContain('/ok?hook=h1');
  });
});
