import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './support.js';

const ok = { 200: { description: 'Fine.', content: { 'application/json': { schema: { type: 'object' } } } } };
const operation = (operationId: string, more: object = {}): object => ({ operationId, responses: ok, ...more });
const document = (protocol: 'rest' | 'http'): object => ({
  openapi: '3.1.0', info: { title: 'Hostile', version: '1' }, security: [],
  'x-gateway': { protocol, defaults: { throttle: { rate: 100_000, burst: 100_000 } } },
  paths: {
    ...Object.fromEntries(['exits', 'throws', 'shape', 'forges', 'mangles', 'fine'].map((name) => [`/${name}`, { get: operation(name) }])),
    ...Object.fromEntries(['hangs', 'spins'].map((name) => [`/${name}`, { get: operation(name, { 'x-gateway': { timeout: '1s' } }) }])),
    '/take': { post: operation('take', { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } }) },
    '/raw': { get: operation('raw', { 'x-gateway': { integration: { function: { payload: 'raw' } } } }) },
  },
});
const handler = (name: string, code: string): string => `import { ${name} } from '../generated/contract/${name}.js';\nexport const handler = ${name}(async (input): Promise<never> => { void input; ${code} });\n`;
const handlers = {
  exits: handler('exits', 'process.exit(3);'), hangs: handler('hangs', 'return await new Promise(() => {});'), spins: handler('spins', 'for (;;);'),
  throws: handler('throws', "setTimeout(() => { throw new Error('later'); }, 1); return await new Promise(() => {});"), shape: handler('shape', "return { status: 299, body: 1n, headers: { 'x-evil': 'a\\r\\nb: c' } } as never;"),
  forges: `import { parentPort } from 'node:worker_threads';\n${handler('forges', "for (const forged of [5, null, 'text', [5], [[0, true, 'no JSON']], [[0, true, {}]], [[0, false]], { length: 1 }]) parentPort?.postMessage(forged); return { status: 200, body: { fine: true } } as never;")}`,
  mangles: handler('mangles', "JSON.stringify = () => 'no JSON'; return { status: 200, body: {} } as never;"),
  fine: handler('fine', "return { status: 200, body: { fine: true } } as never;"), take: handler('take', "return { status: 200, body: { size: JSON.stringify(input.body ?? null).length } } as never;"),
  raw: "export const handler = async () => ({ statusCode: 200, headers: { 'x-evil': 'a\\r\\nset-cookie: b' }, body: 'x' });\n",
};

describe.each(['rest', 'http'] as const)('a local %s API under fire', (protocol) => {
  let served: Served;
  beforeAll(async () => { served = await serve(document(protocol), handlers, {}, { patience: { headersMs: 1_000, requestMs: 60_000 } }); });
  afterAll(() => served.close());
  const rest = protocol === 'rest';
  const stillFine = async (): Promise<void> => expect((await served.ask('GET', '/fine')).status).toBe(200);

  it.each<[string, string, number]>([
    ['ends its process', '/exits', rest ? 502 : 500], ['never answers', '/hangs', rest ? 504 : 503], ['never lets go', '/spins', rest ? 504 : 503],
    ['throws when nobody is looking', '/throws', rest ? 502 : 500], ['answers what no contract has', '/shape', 500], ['splits headers', '/raw', rest ? 502 : 500], ['answers what is no JSON', '/mangles', rest ? 502 : 500],
  ])('outlives a handler that %s, twice', async (_, path, status) => {
    expect((await served.ask('GET', path)).status).toBe(status);
    await stillFine();
    expect((await served.ask('GET', path)).status).toBe(status);
  });

  it('outlives a handler that sends by the way of its answers', async () => {
    for (let times = 0; times < 2; times++) expect([200, rest ? 502 : 500]).toContain((await served.ask('GET', '/forges')).status);
    await stillFine();
  });

  /** Sends bytes as they are, and answers all that came back until the other side closed, or went quiet once it had said something. */
  const raw = (bytes: string, quietMs = 400): Promise<string> => new Promise((resolve) => {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    let got = '';
    const done = (): void => {
      socket.destroy();
      resolve(got);
    };
    socket.on('timeout', done).setTimeout(30_000);
    socket.on('data', (part) => {
      got += part.toString('latin1');
      socket.setTimeout(quietMs);
    });
    socket.on('close', done).on('error', done);
    socket.write(bytes, 'latin1');
  });
  const statusLines = (text: string): string[] => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status ?? '');
  const post = (headers: string, body: string): string => `POST /take HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
  const smuggled = 'GET /fine HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it.each<[string, string]>([
    ['two lengths', post('Content-Length: 2\r\nContent-Length: 40', `{}${smuggled}`)],
    ['a length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled}`)],
    ['chunks that are not the last coding', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${smuggled}`)],
    ['a coding that is none', post('Transfer-Encoding: xchunked', `0\r\n\r\n${smuggled}`)],
    ['two codings in two lines', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: cow', `0\r\n\r\n${smuggled}`)],
    ['a folded header', post('Transfer-Encoding:\r\n chunked', `0\r\n\r\n${smuggled}`)],
    ['a space before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${smuggled}`)],
    ['a bare line feed', `POST /take HTTP/1.1\nHost: localhost\nContent-Length: 2\n\n{}${smuggled}`],
    ['a length with a sign', post('Content-Length: +2', `{}${smuggled}`)],
    ['a chunk size with a prefix', post('Transfer-Encoding: chunked', `0x2\r\n{}\r\n0\r\n\r\n${smuggled}`)],
    ['a header without a name', post(': x\r\nContent-Length: 2', `{}${smuggled}`)],
    ['a null byte in a header', post('X-A: a\0b\r\nContent-Length: 2', `{}${smuggled}`)],
    ['two hosts', `GET /fine HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n`],
  ])('refuses a request with %s, and reads no second one out of it', async (_, bytes) => {
    const got = statusLines(await raw(bytes));
    expect(got).toHaveLength(1);
    expect(got[0]).toMatch(/^4\d\d$/);
    await stillFine();
  });

  it.each<[string, string, string | string[], number]>([
    ['no host', 'GET /fine HTTP/1.1\r\n\r\n', [], 400],
    ['10,241 bytes of headers', `GET /fine HTTP/1.1\r\nHost: localhost\r\nX-L: ${'x'.repeat(10_241)}\r\n\r\n`, [], 431],
    ['1,000 headers', `GET /fine HTTP/1.1\r\nHost: localhost\r\n${Array.from({ length: 1_000 }, (_, index) => `X-${index}: yyyyyyyy`).join('\r\n')}\r\n\r\n`, [], 431],
    ['headers without an end', `GET /fine HTTP/1.1\r\nHost: localhost\r\nX-L: ${'x'.repeat(60_000)}`, [], 431],
    ['8,193 bytes of URL', `GET /fine?${'x'.repeat(8_193 - 6)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, [], 414],
    ['a length over 10 MB', post('Content-Length: 10485761', ''), [], 413],
  ])('refuses %s before any handler sees it', async (_, bytes, __, status) => {
    const before = served.log.length;
    expect(statusLines(await raw(bytes))).toEqual([String(status)]);
    expect(served.log.length).toBe(before);
  });

  it('gives up a body in chunks at its limit, without keeping it', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().arrayBuffers - before); }, 5);
    const got = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
      let text = '';
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
      const push = (): void => { for (let room = true; room && !socket.destroyed;) room = socket.write(chunk); };
      socket.on('data', (part) => { text += part.toString('latin1'); });
      socket.on('drain', push).on('error', () => undefined).on('close', () => resolve(text));
      socket.write(post('Transfer-Encoding: chunked', ''));
      push();
    });
    clearInterval(watch);
    expect(statusLines(got)[0] ?? '413').toBe('413');
    expect(most).toBeLessThan(11 * 1024 * 1024 + 1024 * 1024);
    await stillFine();
  }, 20_000);

  it('hangs up on a caller who takes too long over the headers', async () => {
    // Of its own, long before this side gives up.
    expect(statusLines(await raw('GET /fine HTTP/1.1\r\nHost: local'))).toEqual(['408']);
  }, 40_000);

  it('takes names that objects inherit for names', async () => {
    expect((await served.ask('GET', '/fine?__proto__[x]=1&constructor.prototype.y=2&toString=1&a[length]=1e9')).status).toBe(200);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
