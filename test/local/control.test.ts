import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { serve, type Served } from './support.js';

const document = {
  openapi: '3.1.0', info: { title: 'Control', version: '1' },
  'x-gateway': { protocol: 'rest', defaults: { throttle: { rate: 100, burst: 100 } }, stages: { dev: {}, prod: {} } },
  components: {
    securitySchemes: {
      user: { type: 'http', scheme: 'bearer', 'x-gateway': { issuer: 'https://id.example.com/', audience: ['a', 'b'], algorithms: ['ES256'] } },
      partner: { type: 'apiKey', in: 'header', name: 'x-api-key', 'x-gateway': { plans: { basic: { rate: 5, burst: 5 }, large: { rate: 50, burst: 50 } } } },
    },
  },
  paths: { '/time': { get: { operationId: 'time', security: [], responses: { 200: { description: 'Now.', content: { 'application/json': { schema: { type: 'string' } } } } } } } },
};
const handlers = { time: "import { time } from '../generated/contract/time.js';\nexport const handler = time(async ({ context }) => ({ status: 200, body: context.receivedAt }));\n" };

describe.each([true, false])('questions to the gateway itself, in test mode: %s', (test) => {
  let served: Served;
  beforeAll(async () => { served = await serve(document, handlers, {}, { test }); });
  afterAll(() => served.close());
  const json = { 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = json): Promise<[number, Record<string, unknown>]> => {
    const answer = await served.ask(method, `/_gatewright${path}`, headers, body && JSON.stringify(body));
    return [answer.status, JSON.parse(answer.body) as Record<string, unknown>];
  };

  it.each<[string, string, string, object | undefined, number]>([
    ['time to pass', 'POST', '/clock', { advance: '1s' }, test ? 200 : 403],
    ['no time', 'POST', '/clock', { advance: 'soon' }, test ? 400 : 403],
    ['everything to be forgotten', 'POST', '/reset', undefined, test ? 200 : 403],
    ['what is not there', 'GET', '/request', undefined, 404],
    ['in the wrong way', 'GET', '/clock', undefined, 405],
    ['a token of a scheme that is not there', 'POST', '/token', { scheme: 'users' }, 400],
    ['a token of a scheme that takes none', 'POST', '/token', { scheme: 'partner' }, 400],
    ['a token with a typo', 'POST', '/token', { subject: 'x' }, 400],
    ['a key of a plan', 'POST', '/key', { plan: 'large' }, 200],
    ['a key of no plan', 'POST', '/key', { plan: 'huge' }, 400],
  ])('are asked for %s', async (_, method, path, body, status) => {
    expect((await ask(method, path, body))[0]).toBe(status);
  });

  it('mint what was asked for, and else what the scheme takes', async () => {
    const [status, { token }] = await ask('POST', '/token', { sub: 'user-1', scopes: ['x', 'y'], claims: { tenant: 't' }, expiresIn: '2m' });
    const claims = decodeJwt(token as string);
    expect([status, claims]).toMatchObject([200, { iss: 'https://id.example.com/', aud: 'a', sub: 'user-1', scope: 'x y', tenant: 't' }]);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(120);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a page of another origin', { origin: 'https://evil.example' }, 403],
    ['a page of no origin', { origin: 'null' }, 403],
    ['a host that points here', { host: 'rebound.example.com' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of its own', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a program', {}, 200],
  ])('are refused where asked by %s, if it is not of this gateway', async (_, headers, status) => {
    expect((await ask('GET', '/requests', undefined, headers))[0]).toBe(status);
    expect((await ask('GET', '/requests', undefined, { origin: served.url }))[0]).toBe(200);
  });

  it('tell what was served, the latest first, with each step', async () => {
    await served.ask('GET', '/nothing');
    await served.ask('GET', '/time');
    const [, requests] = await ask('GET', '/requests');
    const [last, before] = requests as unknown as { path: string; status: number; operation?: string; steps: { step: string; outcome: string; ms: number }[] }[];
    expect(last).toMatchObject({ method: 'GET', path: '/time', operation: 'time', status: 200 });
    expect(last?.steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['route', 'integrate', 'respond']));
    expect(last?.steps.every(({ ms }) => ms >= 0)).toBe(true);
    expect(before).toMatchObject({ path: '/nothing', status: 404 });
  });

  it('let time pass for a request, in test mode alone', async () => {
    const before = Date.parse(JSON.parse((await served.ask('GET', '/time')).body) as string);
    const after = Date.parse(JSON.parse((await served.ask('GET', '/time', { 'x-gatewright-advance': '1h' })).body) as string);
    expect(after - before >= 3_600_000).toBe(test);
    if (test) expect((await served.ask('GET', '/time', { 'x-gatewright-advance': 'soon' })).status).toBe(400);
  });

  it('think code to be slow for a request, in test mode alone', async () => {
    const statuses = await Promise.all(['10s', '10001ms', 'long'].map(async (delay) => (await served.ask('GET', '/time', { 'x-gatewright-delay': delay })).status));
    expect(statuses).toEqual(test ? [200, 504, 400] : [200, 200, 200]);
  });
});
