import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { HttpEvent, HttpResult } from '../../src/runtime/http.js';
import type { RestEvent, RestResult } from '../../src/runtime/rest.js';
import { apiOf, bundle, generate, typecheck, write } from '../support/generated.js';

/** What the developer wrote; each handler tells what it was given. */
const written: Readonly<Record<string, string>> = {
  'handlers/get-item.ts': `import { getItem } from '../generated/contract/get-item.js';
import { OutOfStock } from '../generated/errors.js';
export const handler = getItem(async ({ params, query, headers, cookies, auth, request, context }) => {
  const id: number = params.id;
  const limit: number = query.limit;
  const flag: boolean | undefined = headers['x-flag'];
  if (id === 404) return { status: 404, body: { title: 'none' } };
  if (id === 409) throw new OutOfStock('Nothing is left.');
  if (id === 500) throw new Error('the password is hunter2');
  if (id === 204) return { status: 204 };
  if (id === 418) return { status: 200, headers: {} as { etag: string }, body: { id, name: 'x' } };
  const seen = { limit, tags: query.tags, flag, cookies, auth, internal: headers['x-internal-a'], requestId: headers['x-request-id'], path: request.path, traceparent: context.traceparent };
  return { status: 200, headers: { etag: '"1"' }, cookies: ['a=1', 'b=2'], body: { id, name: JSON.stringify(seen) } };
});
`,
  'handlers/latest.ts': `import { latest } from '../generated/contract/latest.js';
export const handler = latest(() => ({ status: 200, contentType: 'image/png', body: new Uint8Array([1, 2, 255]) }));
`,
  'handlers/add-item.ts': `import { addItem } from '../generated/contract/add-item.js';
export const handler = addItem(({ body }) => ({ status: 201, body: { id: 1, name: JSON.stringify(body) } }));
`,
  'handlers/upload.ts': `import { upload } from '../generated/contract/upload.js';
export const handler = upload(({ body }) => ({ status: 200, body: { size: body instanceof Uint8Array ? body.length : body.file.data.length + (body.more ?? []).length * 1000 + (body.meta?.a ?? 0) } }));
`,
};

let errors: string;
const entries = new Map<string, (event: never) => Promise<unknown>>();

beforeAll(async () => {
  const text = readFileSync(new URL('./shop.yaml', import.meta.url), 'utf8').replace('protocol: http', 'protocol: http\n  functions: { split: api }');
  for (const protocol of ['http', 'rest'] as const) {
    const files = new Map([...await generate(await apiOf(text.replace('protocol: http', `protocol: ${protocol}`))), ...Object.entries(written)]);
    const folder = write(files);
    if (protocol === 'http') errors = typecheck(folder);
    const entry = [...files.keys()].find((path) => path.startsWith('generated/entry/')) ?? '';
    const { module } = await bundle(folder, entry);
    entries.set(protocol, module['handler'] as (event: never) => Promise<unknown>);
  }
}, 120_000);

interface Given { readonly method?: string; readonly path: string; readonly query?: string; readonly headers?: Record<string, string>; readonly cookies?: string[]; readonly body?: string | Uint8Array; readonly base64?: boolean }

const bytes = (body: string | Uint8Array): string => Buffer.from(body).toString('base64');
const route = (method: string, path: string): string =>
  `${method} ${path.startsWith('/items/') && path !== '/items/latest' ? '/items/{id}' : path}`;

const http = async ({ method = 'GET', path, query = '', headers = {}, cookies, body, base64 = false }: Given): Promise<HttpResult> => {
  const event: HttpEvent = {
    version: '2.0', routeKey: route(method, path), rawPath: `/prod${path}`, rawQueryString: query, headers, isBase64Encoded: base64 || body instanceof Uint8Array,
    ...(cookies ? { cookies } : {}), ...(body === undefined ? {} : { body: base64 || body instanceof Uint8Array ? bytes(body) : body }),
    requestContext: { http: { method, path, sourceIp: '192.0.2.1', userAgent: 'test' }, requestId: 'gateway-id', stage: 'prod', domainName: 'api.example.com', timeEpoch: 1767225600000 },
  };
  return (await entries.get('http')?.(event as never)) as HttpResult;
};

const rest = async ({ method = 'GET', path, query = '', headers = {}, cookies, body, base64 = false }: Given): Promise<RestResult> => {
  const lists: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) (lists[name] ??= []).push(value);
  const all = { ...headers, ...(cookies ? { Cookie: cookies.join('; ') } : {}) };
  const event: RestEvent = {
    resource: route(method, path).split(' ')[1] ?? '', path: `/base${path}`, httpMethod: method,
    headers: Object.keys(all).length > 0 ? all : null, multiValueHeaders: Object.keys(all).length > 0 ? Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]])) : null,
    queryStringParameters: query === '' ? null : Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1)])), multiValueQueryStringParameters: query === '' ? null : lists,
    pathParameters: null, stageVariables: null, body: body === undefined ? null : base64 || body instanceof Uint8Array ? bytes(body) : body, isBase64Encoded: base64 || body instanceof Uint8Array,
    requestContext: { requestId: 'gateway-id', stage: 'prod', domainName: 'api.example.com', requestTimeEpoch: 1767225600000, authorizer: null, identity: { sourceIp: '192.0.2.1', userAgent: 'test' } },
  };
  return (await entries.get('rest')?.(event as never)) as RestResult;
};

test('what was generated passes the strict compiler', () => expect(errors).toBe(''));

const json = { 'content-type': 'application/json' };

describe.each([['payload 2.0', http], ['payload 1.0', rest]] as const)('%s', (_, send) => {
  const statusAndBody = async (given: Given): Promise<[number, Record<string, unknown>]> => {
    const { statusCode, body } = await send(given);
    return [statusCode, JSON.parse(body) as Record<string, unknown>];
  };

  test('one normalised request', async () => {
    const answer = await send({ path: '/items/7', query: 'tags=a&tags=b', headers: { 'X-Flag': 'true', 'x-internal-a': 'secret', 'X-Request-Id': 'mine-1', 'X-Amzn-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' }, cookies: ['sid=s1', 'other=2'] });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse((JSON.parse(answer.body) as { name: string }).name)).toMatchObject({
      limit: 20, tags: ['a', 'b'], flag: true, cookies: { sid: 's1' }, auth: null, requestId: 'mine-1', traceparent: '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01',
    });
    expect((JSON.parse((JSON.parse(answer.body) as { name: string }).name) as { internal?: string }).internal).toBeUndefined();
    expect(answer.headers).toMatchObject({ etag: '"1"', 'x-request-id': 'mine-1', 'strict-transport-security': 'max-age=63072000', 'content-type': 'application/json' });
  });

  test('all that is wrong is told at once', async () => {
    const [status, body] = await statusAndBody({ path: '/items/0', query: 'limit=101&tags=c', headers: { 'x-flag': 'yes' } });
    expect(status).toBe(400);
    expect(body['errors']).toEqual([
      { in: 'header', name: 'x-flag', pointer: '', keyword: 'type', message: 'must be `true` or `false`, is "yes"' },
      { in: 'path', name: 'id', pointer: '', keyword: 'minimum', message: 'must be at least 1, is 0' },
      { in: 'query', name: 'limit', pointer: '', keyword: 'maximum', message: 'must be at most 100, is 101' },
      { in: 'query', name: 'tags', pointer: '/0', keyword: 'enum', message: 'must be one of "a", "b", is "c"' },
    ]);
  });

  test.each<[string, Given, number, unknown]>([
    ['declared 404', { path: '/items/404' }, 404, { title: 'none' }],
    ['mapped domain error', { path: '/items/409' }, 409, { status: 409, detail: 'Nothing is left.' }],
    ['anything else thrown', { path: '/items/500' }, 500, { status: 500, detail: 'The request could not be served.' }],
    ['a required header forgotten', { path: '/items/418' }, 500, { status: 500 }],
    ['a stub', { method: 'POST', path: '/shapes', headers: json, body: '{"kind":"circle","radius":1}' }, 501, { status: 501 }],
    ['unknown path', { path: '/nothing' }, 404, { status: 404 }],
    ['unknown method', { method: 'DELETE', path: '/items' }, 405, { status: 405 }],
    ['malformed JSON', { method: 'POST', path: '/items', headers: json, body: '{' }, 400, { errors: [{ keyword: 'malformed' }] }],
    ['no body', { method: 'POST', path: '/items', headers: json }, 400, { errors: [{ in: 'body', keyword: 'required' }] }],
    ['another media type', { method: 'POST', path: '/items', headers: { 'content-type': 'text/xml' }, body: '<a/>' }, 415, { status: 415 }],
    ['too large', { method: 'POST', path: '/items', headers: json, body: JSON.stringify({ name: 'x'.repeat(1100) }) }, 413, { status: 413 }],
    ['read-only', { method: 'POST', path: '/items', headers: json, body: '{"id":1,"name":"a","secret":"s"}' }, 400, { errors: [{ pointer: '/id', keyword: 'readOnly', message: 'is read-only and must not be sent' }] }],
    ['deep within a recursive schema', { method: 'POST', path: '/items', headers: json, body: '{"name":"a","secret":"s","parts":[{"name":"","secret":"s"}]}' }, 400, { errors: [{ pointer: '/parts/0/name', keyword: 'minLength' }] }],
    ['unknown property', { method: 'POST', path: '/items', headers: json, body: '{"name":"a","secret":"s","__proto__":{"x":1}}' }, 400, { errors: [{ pointer: '/__proto__', keyword: 'additionalProperties' }] }],
    ['only the selected member', { method: 'POST', path: '/shapes', headers: json, body: '{"kind":"circle","radius":0}' }, 400, { errors: [{ pointer: '/radius', keyword: 'exclusiveMinimum', message: 'must be more than 0, is 0' }] }],
    ['no member selected', { method: 'POST', path: '/shapes', headers: json, body: '{"kind":"blob"}' }, 400, { errors: [{ pointer: '/kind', keyword: 'enum', message: 'must be one of "circle", "square", is "blob"' }] }],
    ['no boundary', { method: 'POST', path: '/upload', headers: { 'content-type': 'multipart/form-data' }, body: 'x' }, 400, { errors: [{ keyword: 'malformed' }] }],
  ])('%s', async (_name, given, status, body) => {
    const answer = await statusAndBody(given);
    expect(answer[0]).toBe(status);
    expect(answer[1]).toMatchObject(body as object);
    expect(JSON.stringify(answer[1])).not.toContain('hunter2');
  });

  test('errors of a read-only property alone', async () => {
    const [, body] = await statusAndBody({ method: 'POST', path: '/items', headers: json, body: '{"id":1,"name":"a","secret":"s"}' });
    expect(body['errors']).toHaveLength(1);
  });

  test('defaults of a body', async () => {
    const [status, body] = await statusAndBody({ method: 'POST', path: '/items', headers: { 'content-type': 'application/json; charset=utf-8' }, body: '{"name":"a","secret":"s"}', base64: true });
    expect([status, JSON.parse(String(body['name']))]).toEqual([201, { name: 'a', secret: 's', state: 'new' }]);
  });

  test('form body', async () => {
    const [status, body] = await statusAndBody({ method: 'POST', path: '/items', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=a+b%21&count=3&tags=x&tags=y&extra=%7B%22a%22%3A1%7D&other=1&__proto__=2' });
    expect(status).toBe(201);
    const read = JSON.parse(String(body['name'])) as Record<string, unknown>;
    expect(read).toMatchObject({ name: 'a b!', count: 3, tags: ['x', 'y'], extra: { a: 1 }, other: '1' });
  });

  test('multipart body', async () => {
    const part = (head: string, data: string): string => `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n${data}\r\n`;
    const text = `${part('name="title"', 'hello')}${part('name="file"; filename="a.bin"', '\u0000\r\n--b')}${part('name="meta"', '{"a":5}')}${part('name="more"; filename="1"', '')}${part('name="more"; filename="2"', 'x')}--B--\r\n`;
    expect(await statusAndBody({ method: 'POST', path: '/upload', headers: { 'content-type': 'multipart/form-data; boundary=B' }, body: new TextEncoder().encode(text) })).toEqual([200, { size: 6 + 2000 + 5 }]);
  });

  test('bytes in, by a range of types', async () => {
    expect(await statusAndBody({ method: 'POST', path: '/upload', headers: { 'content-type': 'image/webp' }, body: new Uint8Array([0, 255, 128]) })).toEqual([200, { size: 3 }]);
  });

  test('bytes out', async () => {
    const answer = await send({ path: '/items/latest' });
    expect([answer.statusCode, answer.isBase64Encoded, answer.body, answer.headers?.['content-type']]).toEqual([200, true, 'AQL/', 'image/png']);
  });

  test('204 has no body', async () => {
    const answer = await send({ path: '/items/204' });
    expect([answer.statusCode, answer.body, answer.headers?.['content-type']]).toEqual([204, '', undefined]);
  });
});

test('a REST API takes several values of a header, and no other key than its own', async () => {
  const answer = await rest({ path: '/items/7', headers: { Origin: 'https://shop.example.com' } });
  expect(answer.multiValueHeaders).toEqual({ 'set-cookie': ['a=1', 'b=2'] });
  expect(Object.keys(answer).sort()).toEqual(['body', 'headers', 'isBase64Encoded', 'multiValueHeaders', 'statusCode']);
  expect(answer.headers).toMatchObject({ 'access-control-allow-origin': 'https://shop.example.com', 'access-control-allow-credentials': 'true', vary: 'Origin' });
});

test('an HTTP API takes cookies, and adds CORS itself', async () => {
  const answer = await http({ path: '/items/7', headers: { origin: 'https://shop.example.com' } });
  expect(answer.cookies).toEqual(['a=1', 'b=2']);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});
