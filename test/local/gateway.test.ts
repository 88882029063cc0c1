import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './support.js';

const json = { 'content-type': 'application/json' };
const text = (schema: object = { type: 'string' }): object => ({ 200: { description: 'Fine.', content: { 'application/json': { schema } } } });
const variable = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } };
const echo = { type: 'object' };

const document = (protocol: 'rest' | 'http'): object => ({
  openapi: '3.1.0', info: { title: 'Local', version: '1' }, security: [],
  'x-gateway': { protocol, defaults: { throttle: { rate: 5, burst: 5 } }, cors: { origins: ['https://a.example.com'], credentials: true, maxAge: '10m' } },
  paths: {
    '/things/mine': { get: { operationId: 'mine', responses: text() } },
    '/things/{id}': { parameters: [variable], get: { operationId: 'one', responses: text(echo) } },
    '/list': { get: { operationId: 'list', parameters: [{ name: 'tag', in: 'query', schema: { type: 'array', maxItems: 9, items: { type: 'string', maxLength: 9 } } }, { name: 'x-many', in: 'header', schema: { type: 'array', maxItems: 9, items: { type: 'string', maxLength: 9 } } }, { name: 'sid', in: 'cookie', schema: { type: 'string', maxLength: 9 } }], responses: text(echo) } },
    '/bytes': { put: { operationId: 'bytes', security: [{}], requestBody: { required: true, content: { 'application/octet-stream': {} } }, responses: { 200: { description: 'Back.', content: { 'application/octet-stream': {} } } } } },
    '/stub': { get: { operationId: 'stub', responses: text() } },
    '/throws': { get: { operationId: 'throws', responses: text() } },
    '/broken': { get: { operationId: 'broken', responses: text() } },
    '/hangs': { get: { operationId: 'hangs', responses: text(), 'x-gateway': { timeout: '1s' } } },
    '/cookies': { get: { operationId: 'cookies', responses: { 200: { description: 'Fine.', headers: { 'Set-Cookie': { schema: { type: 'string' } } } } } } },
  },
});

const handler = (name: string, code: string): string => `import { ${name} } from '../generated/contract/${name}.js';\nexport const handler = ${name}(async (input) => { void input; ${code} });\n`;
const handlers = {
  mine: handler('mine', "return { status: 200, body: 'mine' };"),
  one: handler('one', 'return { status: 200, body: { id: input.params.id } };'),
  list: handler('list', 'return { status: 200, body: { query: input.query, headers: input.headers, cookies: input.cookies } };'),
  bytes: handler('bytes', 'return { status: 200, body: input.body };'),
  throws: handler('throws', "throw new Error('the secret of the house');"),
  broken: "import { nothing } from './nowhere.js';\nexport const handler = nothing;\n",
  hangs: handler('hangs', 'return await new Promise(() => {});'),
};

describe.each(['rest', 'http'] as const)('the local gateway of a %s API', (protocol) => {
  let served: Served;
  beforeAll(async () => { served = await serve(document(protocol), handlers); }, 60_000);
  afterAll(() => served.close());
  const rest = protocol === 'rest';

  it.each<[string, string, string, number]>([
    ['a literal before a variable', 'GET', '/things/mine', 200],
    ['a variable', 'GET', '/things/x', 200],
    ['an encoded literal', 'GET', '/things/%6Dine', 200],
    ['a trailing slash', 'GET', '/list/', rest ? 200 : 404],
    ['an unknown path', 'GET', '/nothing', 404],
    ['an unknown method', 'DELETE', '/list', 404],
    ['an empty variable', 'GET', '/things/', 404],
    ['the name of a property that objects inherit', 'GET', '/constructor', 404],
    ['a URL longer than the gateway takes', 'GET', `/list?tag=${'x'.repeat(10_241)}`, 414],
    ['a stub that nobody filled in', 'GET', '/stub', 501],
  ])('routes %s', async (_, method, path, status) => {
    expect((await served.ask(method, path)).status).toBe(status);
  });

  it('prefers the literal, and decodes a variable once', async () => {
    expect(JSON.parse((await served.ask('GET', '/things/mine')).body)).toBe('mine');
    expect(JSON.parse((await served.ask('GET', '/things/a%2Fb%2525')).body)).toEqual({ id: 'a/b%25' });
  });

  it('hands over repeated parameters, headers and cookies, and nothing that was not sent', async () => {
    const { status, body } = await served.ask('GET', '/list?tag=a&tag=b&__proto__[x]=1&constructor.prototype.y=2&toString=1', { 'x-many': ['1', '2'], cookie: 'sid=s; other=o' });
    expect([status, JSON.parse(body)]).toMatchObject([200, { query: { tag: ['a', 'b'] }, cookies: { sid: 's' } }]);
    expect(JSON.parse(body)).toMatchObject({ headers: { 'x-many': ['1', '2'] } });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('carries bytes both ways', async () => {
    const { status, body } = await served.ask('PUT', '/bytes', { 'content-type': 'application/octet-stream' }, Uint8Array.of(104, 0, 105));
    expect([status, body]).toEqual([200, 'h\u0000i']);
  });

  it('refuses a body over 10 MB, and headers over 10 KB', async () => {
    const large = await served.ask('PUT', '/bytes', { 'content-type': 'application/octet-stream' }, Buffer.alloc(10 * 1024 * 1024 + 1));
    expect(large.status).toBe(413);
    expect((await served.ask('GET', '/list', { 'x-large': 'x'.repeat(10_241) })).status).toBe(431);
  });

  it.each([['rebound.example.com', 403], ['localhost:1', 200], ['127.0.0.1', 200], ['localhost.evil.example', 403]])('answers requests for the host %s with %i', async (host, status) => {
    expect((await served.ask('GET', '/things/mine', { host })).status).toBe(status);
  });

  it('gives up on a function that hangs', async () => {
    const { status } = await served.ask('GET', '/hangs');
    expect(status).toBe(rest ? 504 : 503);
    expect(served.log.at(-1)?.note).toContain('no answer within 1000 ms');
  });

  it('tells the caller nothing of what a handler threw', async () => {
    const { status, body } = await served.ask('GET', '/throws');
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
  });

  it('tells the developer, not the caller, that a function does not build', async () => {
    const { status, body } = await served.ask('GET', '/broken');
    expect(status).toBe(rest ? 502 : 500);
    expect(body).not.toContain('nowhere');
    expect(served.log.at(-1)?.note).toMatch(/does not build:[^]*nowhere/);
  });

  it('answers preflights of the origins that are allowed', async () => {
    const ask = (origin: string) => served.ask('OPTIONS', '/list', { origin, 'access-control-request-method': 'GET' });
    expect(await ask('https://a.example.com')).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': 'https://a.example.com', 'access-control-allow-credentials': 'true', 'access-control-max-age': '600' } });
    // A REST API names its first origin to strangers, which does not let them in; an HTTP API says nothing.
    expect((await ask('https://b.example.com')).headers['access-control-allow-origin']).toBe(rest ? 'https://a.example.com' : undefined);
  });

  it('runs what a handler says now', async () => {
    writeFileSync(join(served.folder, 'handlers/mine.ts'), handler('mine', "return { status: 200, body: 'changed' };"));
    expect(JSON.parse((await served.ask('GET', '/things/mine', json)).body)).toBe('changed');
  });
});
