import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { isPublic } from '../../src/runtime/address.js';
import { callbacks, type CallbackContract } from '../../src/runtime/callback.js';
import { CallbackFailed, type Surroundings } from '../../src/runtime/deliver.js';
import type { Facts } from '../../src/runtime/source.js';

interface Received { readonly headers: IncomingHttpHeaders; readonly method: string; readonly url: string; readonly body: string }
interface Reply { readonly status: number; readonly headers?: Record<string, string>; readonly after?: number }

const received: Received[] = [];
let replies: Reply[] = [];
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      received.push({ headers: request.headers, method: request.method ?? '', url: request.url ?? '', body });
      const { status, headers = {}, after = 0 } = replies.shift() ?? { status: 204 };
      setTimeout(() => response.writeHead(status, headers).end('x'.repeat(1000)), after);
    });
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => void server.close());

const waited: number[] = [];
const secretKey = Buffer.from('a secret of 24 bytes, ok').toString('base64');
beforeEach(() => {
  received.length = waited.length = 0;
  replies = [];
  vi.stubEnv('SECRET', 'arn:secret');
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const contract: CallbackContract = { name: 'done', method: 'POST', url: { kind: 'value', source: { kind: 'body', pointer: ['to'] } }, secret: 'SECRET', attempts: 4, backoffMs: 1000, timeoutMs: 500, http: true, private: true };
const now = Date.UTC(2026, 3, 9, 12, 34, 56);
const surroundings: Partial<Surroundings> = { now: () => now, wait: async (ms) => void waited.push(ms), random: () => 0.5, readSecret: async () => `whsec_${secretKey}` };
const factsOf = (to: unknown): Facts => ({ incoming: {}, normalised: { request: { body: { to } } } } as unknown as Facts);
const send = (to: unknown, changes: Partial<CallbackContract> = {}, more: Partial<Surroundings> = {}, body: unknown = { state: 'done' }, id?: string) =>
  callbacks([{ ...contract, ...changes }], { ...surroundings, ...more })(factsOf(to), id)['done']?.(body);

describe('a callback', () => {
  it('is signed as Standard Webhooks are', async () => {
    expect(await send(`${base}/hook`)).toMatchObject({ sent: true, status: 204, attempts: 1 });
    const [{ headers, body, method, url } = {} as Received] = received;
    expect([method, url, body, headers['content-type'], headers['content-length']]).toEqual(['POST', '/hook', '{"state":"done"}', 'application/json', '16']);
    expect(headers['webhook-timestamp']).toBe(String(now / 1000));
    const signature = createHmac('sha256', Buffer.from(secretKey, 'base64')).update(`${String(headers['webhook-id'])}.${now / 1000}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  });

  it('has one id for all attempts, and for every time that a worker tries again', async () => {
    replies = [{ status: 500 }, { status: 204 }];
    await send(`${base}/hook`, {}, {}, {}, 'work-1');
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['msg_work-1_done', 'msg_work-1_done']);
  });

  it.each<readonly [name: string, replies: readonly Reply[], attempts: number, taken: boolean, waits: readonly number[]]>([
    ['an outage is tried again, each time after longer, by chance', [{ status: 500 }, { status: 502 }, { status: 503 }, { status: 200 }], 4, true, [500, 1000, 2000]],
    ['and not for ever', [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 500 }, { status: 200 }], 4, false, [500, 1000, 2000]],
    ['408 and 429 are', [{ status: 408 }, { status: 429 }, { status: 202 }], 3, true, [500, 1000]],
    ['other refusals are not', [{ status: 400 }, { status: 200 }], 1, false, []],
    ['410 is final', [{ status: 410 }, { status: 200 }], 1, false, []],
    ['redirects are not followed', [{ status: 307, headers: { location: 'http://127.0.0.1:1/' } }, { status: 200 }], 1, false, []],
    ['seconds that the receiver asks for are heeded', [{ status: 429, headers: { 'retry-after': '7' } }, { status: 200 }], 2, true, [7000]],
    ['and dates', [{ status: 503, headers: { 'retry-after': new Date(now + 9000).toUTCString() } }, { status: 200 }], 2, true, [9000]],
    ['who asks for too long gets none', [{ status: 503, headers: { 'retry-after': '3600' } }, { status: 200 }], 1, false, []],
    ['nonsense counts for nothing', [{ status: 503, headers: { 'retry-after': 'soon' } }, { status: 200 }], 2, true, [500]],
    ['silence is tried again', [{ status: 200, after: 900 }, { status: 200 }], 2, true, [500]],
  ])('%s', async (_, given, attempts, taken, waits) => {
    replies = [...given];
    const outcome = await send(`${base}/hook`, { timeoutMs: 300 })?.then((sent) => sent.sent, (error: unknown) => error);
    expect(received.length).toBe(attempts);
    expect(waited).toEqual(waits);
    if (taken) expect(outcome).toBe(true);
    else expect(outcome).toBeInstanceOf(CallbackFailed);
  });

  it.each([undefined, null, ''])('to %j is none', async (to) => expect(await send(to)).toEqual({ sent: false }));

  it('reads the secret again when reading failed, and sends nothing without', async () => {
    let reads = 0;
    const readSecret = async (): Promise<string> => {
      if (reads++ === 0) throw new Error('no secret');
      return 'plain text';
    };
    const { done } = callbacks([contract], { ...surroundings, readSecret })(factsOf(`${base}/hook`));
    await expect(done?.({})).rejects.toThrow('no secret');
    expect(received).toEqual([]);
    expect(await done?.({})).toMatchObject({ sent: true });
  });

  it('puts values into an address that stay where they are put', async () => {
    const url: CallbackContract['url'] = { kind: 'text', parts: [{ kind: 'body', pointer: ['to', 'base'] }, '/', { kind: 'body', pointer: ['to', 'id'] }, '?x=1'] };
    await send({ base: `${base}/a`, id: '../b?c#d' }, { url });
    expect(received[0]?.url).toBe('/a/..%2Fb%3Fc%23d?x=1');
    expect(await send({ id: 'x' }, { url })).toEqual({ sent: false });
  });
});

describe('an address that somebody else chose', () => {
  const names: Readonly<Record<string, readonly string[]>> = { 'inside.example': ['10.0.0.5'], 'both.example': ['93.184.216.34', '127.0.0.1'], 'mapped.example': ['::ffff:169.254.169.254'] };
  const resolve: Surroundings['resolve'] = async (host) => (names[host] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it.each([
    ['http://example.com/', 'is not https'], ['ftp://example.com/', 'is not https'], ['nonsense', 'is no URL'], ['https://user:word@example.com/', 'has credentials in it'], [`https://example.com/${'x'.repeat(3000)}`, 'is longer than 2048 characters'],
    ['https://127.0.0.1/', 'is not public'], ['https://[::1]/', 'is not public'], ['https://169.254.169.254/latest/meta-data/', 'is not public'], ['https://2130706433/', 'is not public'], ['https://0x7f.1/', 'is not public'], ['https://[::ffff:10.0.0.1]/', 'is not public'],
    ['https://inside.example/', 'is not public'], ['https://both.example/', 'is not public'], ['https://mapped.example/', 'is not public'],
  ])('is not called: %s %s', async (to, why) => {
    await expect(send(to, { http: false, private: false }, { resolve })).rejects.toThrow(`The address of the callback done ${why}`);
    expect(waited).toEqual([]);
  });

  it('is resolved once for each attempt, and connected to as resolved', async () => {
    const { port } = new URL(base);
    const asked: string[] = [];
    replies = [{ status: 500 }, { status: 204 }];
    const sent = await send(`http://rebound.example:${port}/hook`, {}, { resolve: async (host) => { asked.push(host); return [{ address: '127.0.0.1', family: 4 }]; } });
    expect([sent, asked]).toEqual([expect.objectContaining({ sent: true, attempts: 2 }), ['rebound.example', 'rebound.example']]);
    expect(received[0]?.headers.host).toBe(`rebound.example:${port}`);
  });

  it('that nobody knows is tried again, for names come back', async () => {
    await expect(send('https://unknown.example/', { private: false, attempts: 2 }, { resolve })).rejects.toThrow('is not known');
    expect(waited).toEqual([500]);
  });

  it.each([
    ['93.184.216.34', true], ['8.8.8.8', true], ['172.32.0.1', true], ['100.128.0.1', true], ['2606:4700::1111', true],
    ['0.0.0.0', false], ['10.255.255.255', false], ['100.64.0.1', false], ['127.1.2.3', false], ['169.254.169.254', false], ['172.16.0.1', false], ['172.31.255.255', false], ['192.168.1.1', false], ['192.0.0.8', false], ['198.18.0.1', false], ['224.0.0.1', false], ['255.255.255.255', false],
    ['::', false], ['::1', false], ['fe80::1', false], ['fc00::1', false], ['fd12::1', false], ['ff02::1', false], ['::ffff:8.8.8.8', false], ['64:ff9b::a00:1', false], ['2002:a00:1::', false], ['2001:db8::1', false], ['2001::1', false], ['example.com', false], ['', false],
  ])('%s is public: %s', (address, wanted) => expect(isPublic(address)).toBe(wanted));
});
