import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './support.js';

const json = { 'content-type': 'application/json' };
const ok = { 200: { description: 'Fine.', content: { 'application/json': { schema: { type: 'object' } } } } };
const query = (name: string, required = false): object => ({ name, in: 'query', required, schema: { type: 'string', maxLength: 20 } });

const document = {
  openapi: '3.1.0', info: { title: 'Edge', version: '1' }, security: [],
  'x-gateway': {
    protocol: 'rest', stages: { dev: { cacheSize: 0.5, throttle: { rate: 0.05, burst: 5 } } },
    cors: { origins: ['https://a.example.com', 'https://b.example.com'], expose: ['ETag', 'X-Total'] },
  },
  components: {
    securitySchemes: {
      user: { type: 'http', scheme: 'bearer', 'x-gateway': { issuer: 'https://id.example.com/', audience: ['a'], algorithms: ['RS256'] } },
      partner: { type: 'apiKey', in: 'header', name: 'x-api-key', 'x-gateway': { plans: { basic: { rate: 0.1, burst: 2, quota: { limit: 4, per: 'day' } }, large: { rate: 100, burst: 100 } } } },
    },
  },
  paths: {
    '/limited': { get: { operationId: 'limited', responses: ok, 'x-gateway': { throttle: { rate: 0.1, burst: 4 } } } },
    '/staged': { get: { operationId: 'staged', responses: ok, 'x-gateway': { throttle: null } } },
    '/client': { get: { operationId: 'client', responses: ok, 'x-gateway': { throttle: { rate: 0.05, burst: 2, per: 'client' } } } },
    '/keyed': { get: { operationId: 'keyed', security: [{ partner: [] }], responses: ok } },
    '/cached': { get: { operationId: 'cached', parameters: [query('a'), query('b')], responses: ok, 'x-gateway': { cache: { ttl: '10s', key: ['query.a', 'query.b'] } } } },
    '/mine': { get: { operationId: 'mine', security: [{ user: [] }], responses: ok, 'x-gateway': { cache: { ttl: '10s', key: ['principal'] } } } },
    '/slow': { get: { operationId: 'slow', responses: ok, 'x-gateway': { cache: { ttl: '10s', key: [] } } } },
    '/fails': { get: { operationId: 'fails', responses: { ...ok, 409: { description: 'No.' } }, 'x-gateway': { cache: { ttl: '10s', key: [] } } } },
    '/checked': {
      post: {
        operationId: 'checked', parameters: [query('q', true), { name: 'X-Need', in: 'header', required: true, schema: { type: 'string', maxLength: 9 } }],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer', maximum: 5 } } } } } }, responses: ok,
      },
    },
  },
};
const counter = (name: string, more = ''): string => `import { ${name} } from '../generated/contract/${name}.js';\nlet calls = 0;\nexport const handler = ${name}(async (input) => { calls += 1; ${more} return { status: 200, body: { calls, who: input.auth?.principalId ?? null } }; });\n`;
const handlers = {
  limited: counter('limited'), staged: counter('staged'), client: counter('client'), keyed: counter('keyed'), cached: counter('cached'), mine: counter('mine'), checked: counter('checked'),
  slow: counter('slow', 'await new Promise((resolve) => setTimeout(resolve, 80));'),
  fails: "import { fails } from '../generated/contract/fails.js';\nlet calls = 0;\nexport const handler = fails(async () => (calls++ < 1 ? { status: 409 } : { status: 200, body: { calls } }));\n",
};

describe('the edge of a REST API', () => {
  let served: Served;
  beforeAll(async () => { served = await serve(document, handlers, {}, { test: true }); });
  afterAll(() => served.close());
  const control = async <T>(path: string, body: object = {}): Promise<T> => JSON.parse((await served.ask('POST', `/_gatewright${path}`, json, JSON.stringify(body))).body) as T;
  afterEach(() => control('/reset'));
  const statuses = (count: number, path: string, headers: Record<string, string> = {}): Promise<number[]> => Promise.all(Array.from({ length: count }, async () => (await served.ask('GET', path, headers)).status));
  const passed = (all: readonly number[]): number => all.filter((status) => status === 200).length;
  const token = async (sub: string): Promise<Record<string, string>> => ({ authorization: `Bearer ${(await control<{ token: string }>('/token', { sub })).token}` });
  const body = async (path: string, headers: Record<string, string> = {}): Promise<{ calls: number; who: string; how: unknown }> => {
    const answer = await served.ask('GET', path, headers);
    return { ...(JSON.parse(answer.body) as { calls: number; who: string }), how: answer.headers['x-gatewright-cache'] };
  };

  it('lets the burst of a route through, then its rate, and answers 429 in the envelope', async () => {
    expect(passed(await statuses(9, '/limited'))).toBe(4);
    const refused = await served.ask('GET', '/limited', { origin: 'https://a.example.com' });
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '1', 'content-type': 'application/problem+json', 'access-control-allow-origin': 'https://a.example.com', 'access-control-expose-headers': 'etag,x-total' } });
    expect(JSON.parse(refused.body)).toMatchObject({ status: 429, title: 'Too Many Requests' });
    expect((await served.ask('GET', '/limited', { 'x-gatewright-advance': '20s' })).status).toBe(200);
    expect(passed(await statuses(5, '/limited'))).toBe(1);
  });

  it('keeps a connection longer than a busy client takes to ask again', async () => {
    expect((await fetch(`${served.url}/slow`)).headers.get('keep-alive')).toBe('timeout=75');
  });

  it('takes the setting of the stage for a route that has none', async () => {
    expect(passed(await statuses(8, '/staged'))).toBe(5);
  });

  it('counts for each client where that is asked, before it asks who they are', async () => {
    expect(passed(await statuses(5, '/client'))).toBe(2);
    await served.ask('GET', '/client');
    expect(served.log.at(-1)?.steps.map(({ step }) => step)).toEqual(['route', 'throttle', 'respond']);
  });

  it('knows the keys of its plans, limits each by itself, and counts what their quota allows', async () => {
    const [one, two] = await Promise.all(['basic', 'basic'].map(async (plan) => ({ 'x-api-key': (await control<{ key: string }>('/key', { plan })).key })));
    const none = await served.ask('GET', '/keyed');
    expect([none.status, JSON.parse(none.body)]).toMatchObject([403, { detail: 'The API key is missing or not known.' }]);
    expect((await served.ask('GET', '/keyed', { 'x-api-key': `${one?.['x-api-key']}x` })).status).toBe(403);
    expect([passed(await statuses(4, '/keyed', one)), passed(await statuses(4, '/keyed', two))]).toEqual([2, 2]);
    expect(JSON.parse((await served.ask('GET', '/keyed', { 'x-gatewright-advance': '20s', ...one })).body)).toMatchObject({ who: one?.['x-api-key']?.slice(0, one['x-api-key'].lastIndexOf('.')) });
    await control('/clock', { advance: '20s' });
    await served.ask('GET', '/keyed', one);
    const over = await served.ask('GET', '/keyed', one);
    expect([over.status, JSON.parse(over.body)]).toMatchObject([429, { detail: 'The quota is used up.' }]);
    expect((await served.ask('GET', '/keyed', { 'x-gatewright-advance': '1d', ...one })).status).toBe(200);
  });

  it('keeps answers by the declared key alone, for their time', async () => {
    const first = await body('/cached?a=1&b=2');
    expect(first.how).toBe('miss');
    expect(await body('/cached?b=2&a=1&c=3')).toEqual({ ...first, how: 'hit' });
    expect((await body('/cached?a=2&b=2')).how).toBe('miss');
    await control('/clock', { advance: '11s' });
    expect((await body('/cached?a=1&b=2')).how).toBe('miss');
  });

  it('does not take one of several values for the same as the last', async () => {
    await body('/cached?a=1');
    expect((await body('/cached?a=2&a=1')).how).toBe('miss');
  });

  it('never shares what is kept between two callers', async () => {
    const [one, two] = [await token('one'), await token('two')];
    expect([(await body('/mine', one)).who, (await body('/mine', two)).who, await body('/mine', one)]).toMatchObject(['one', 'two', { who: 'one', how: 'hit' }]);
    // Whose credential counts for the check, and whose for the key, must be the same.
    const both = await served.ask('GET', '/mine', { authorization: [two.authorization, one.authorization] as never });
    expect(both.status === 200 ? (JSON.parse(both.body) as { who: string }).who : 'refused').not.toBe('one');
  });

  it('does not keep errors', async () => {
    expect([(await served.ask('GET', '/fails')).status, (await served.ask('GET', '/fails')).status]).toEqual([409, 200]);
  });

  it('asks the backend once for a stampede', async () => {
    await control('/clock', { advance: '1h' });
    const answers = await Promise.all(Array.from({ length: 3 }, () => body('/slow')));
    expect(new Set(answers.map(({ calls }) => calls)).size).toBe(1);
  });

  it('renews an answer only for those who may', async () => {
    const first = await body('/cached?a=renew');
    const answer = await served.ask('GET', '/cached?a=renew', { 'cache-control': 'max-age=0' });
    expect([JSON.parse(answer.body), answer.headers['warning']]).toEqual([{ calls: first.calls, who: null }, expect.stringContaining('199')]);
  });

  const good = { ...json, 'x-need': 'y' };
  it.each<[string, string, Record<string, string>, string, number]>([
    ['all that is asked for', '/checked?q=1', good, '{"n":5}', 200],
    ['no parameter', '/checked', good, '{"n":5}', 400],
    ['a blank parameter', '/checked?q=%20', good, '{"n":5}', 400],
    ['no header', '/checked?q=1', json, '{"n":5}', 400],
    ['too large a number', '/checked?q=1', good, '{"n":6}', 400],
    ['no JSON', '/checked?q=1', good, '{"n":', 400],
    ['an empty body', '/checked?q=1', good, '', 400],
    ['another media type, for which the model stands too', '/checked?q=1', { ...good, 'content-type': 'text/plain' }, 'x', 400],
  ])('checks a request with %s', async (_, path, headers, content, status) => {
    const answer = await served.ask('POST', path, headers, content);
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(served.log.at(-1)?.steps.map(({ step }) => step)).toEqual(['route', 'throttle', 'validate', 'respond']);
      expect(JSON.parse(answer.body)).toMatchObject({ status: 400, title: 'Bad Request' });
    }
  });
});
