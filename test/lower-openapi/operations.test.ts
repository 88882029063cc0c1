import { describe, expect, test } from 'vitest';
import { documentOf, lowerText } from './support.js';

const done = { responses: { 204: { description: 'Done' } } };
const shapes = async (rest: object, version = '3.1.0') => {
  const { lowered, diagnostics } = await lowerText(documentOf(version, rest));
  return { shapes: lowered?.operations.map(({ shape }) => shape) ?? [], diagnostics, codes: diagnostics.map(({ code }) => code) };
};

test('operations come by path, then by method in the order of the specification', async () => {
  const { shapes: found } = await shapes({ paths: { '/b': { trace: done, get: done }, '/a': { patch: done, delete: done, post: done, put: done } } });
  expect(found.map(({ method, path }) => `${method} ${path.text}`)).toEqual(['PUT /a', 'POST /a', 'DELETE /a', 'PATCH /a', 'GET /b', 'TRACE /b']);
});

describe('ids', () => {
  test.each<[string, string, string | undefined, string, string]>([
    ['as given', '/x', 'getOrder', 'getOrder', 'get-order'],
    ['sanitised', '/x', 'orders:get_one', 'ordersGetOne', 'orders-get-one'],
    ['reserved words', '/x', 'delete', 'delete_', 'delete'],
    ['device names', '/x', 'aux', 'aux', 'aux-file'],
    ['a way out of the folder', '/x', '../../etc/x', 'etcX', 'etc-x'],
    ['digits first', '/x', '2fa', '_2fa', '2fa'],
    ['from method and path', '/orders/{orderId}', undefined, 'getOrdersByOrderId', 'get-orders-by-order-id'],
    ['from a path when nothing is left', '/orders', '取得', 'getOrders', 'get-orders'],
    ['of the root', '/', undefined, 'getRoot', 'get-root'],
  ])('%s', async (_, path, operationId, id, fileName) => {
    const parameters = path.includes('{') ? [{ name: 'orderId', in: 'path', required: true, schema: {} }] : [];
    const { shapes: [shape] } = await shapes({ paths: { [path]: { get: { ...done, parameters, ...(operationId === undefined ? {} : { operationId }) } } } });
    expect(shape).toMatchObject({ id, fileName });
  });

  test('made-up ids give way to stated ones; stated ones never meet', async () => {
    const { shapes: found, diagnostics } = await shapes({ paths: { '/a': { get: done }, '/b': { get: { ...done, operationId: 'getA' } }, '/c': { get: { ...done, operationId: 'GETA' } } } });
    expect(found.map(({ id }) => id.toLowerCase())).toEqual(['geta3', 'geta', 'geta2']);
    expect(diagnostics.map(({ code, at, related }) => [code, at.pointer, related[0]?.at.pointer])).toEqual([['operation/duplicate-id', '/paths/~1c/get/operationId', '/paths/~1b/get/operationId']]);
  });
});

describe('paths', () => {
  const variable = (name: string) => ({ kind: 'variable', name, greedy: false });
  test.each<[string, string, unknown]>([
    ['variables', '/a/{b}', { text: '/a/{b}', segments: [{ kind: 'literal', text: 'a' }, variable('b')] }],
    ['mixed segments', '/t.{ext}', { segments: [{ kind: 'mixed', parts: [{ text: 't.' }, { name: 'ext' }] }] }],
    ['greedy variables', '/f/{proxy+}', { segments: [{ kind: 'literal', text: 'f' }, { kind: 'variable', name: 'proxy', greedy: true }] }],
    ['the root', '/', { text: '/', segments: [] }],
    ['a slash at the end', '/a/', { text: '/a' }],
    ['a fragment', '/a#b', { text: '/a' }],
    ['a query', '/a?b=c#d', { text: '/a' }],
  ])('%s', async (_, path, want) => {
    const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map((found) => found[1]);
    const { shapes: [shape] } = await shapes({ paths: { [path]: { get: { ...done, parameters: names.map((name) => ({ name, in: 'path', required: true, schema: {} })) } } } });
    expect(shape?.path).toMatchObject(want as object);
  });

  test.each(['a', '', '/a//b', '/{a', '/a}', '/{}', '/{a}/{a}', '/{p+}/x', '/x{p+}', '/a b'])('%j is none', async (path) => {
    expect((await shapes({ paths: { [path]: { get: done } } })).codes).toEqual(['path/malformed']);
  });
});

describe('parameters', () => {
  const parameter = async (given: object, path = '/a') => {
    const { shapes: [shape], codes } = await shapes({ paths: { [path]: { get: { ...done, parameters: [given] } } } });
    return { parameter: shape?.parameters[0], codes };
  };
  test.each<[string, object, object]>([
    ['query', { in: 'query', schema: {} }, { required: false, encoding: { kind: 'style', style: 'form', explode: true } }],
    ['header', { in: 'header', schema: {} }, { encoding: { style: 'simple', explode: false } }],
    ['cookie', { in: 'cookie', schema: {} }, { encoding: { style: 'form', explode: true } }],
    ['a style of its own', { in: 'query', style: 'pipeDelimited', schema: {} }, { encoding: { style: 'pipeDelimited', explode: false } }],
    ['a document', { in: 'query', content: { 'application/json': { schema: { type: 'object' } } } }, { encoding: { kind: 'content', mediaType: 'application/json' }, schema: { types: ['object'] } }],
  ])('%s', async (_, given, want) => {
    expect(await parameter({ name: 'p', ...given })).toMatchObject({ parameter: want, codes: [] });
  });

  test('an operation replaces what its path item says; by place, then by name', async () => {
    const { shapes: [shape] } = await shapes({
      paths: { '/a/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: {} }, { name: 'X-A', in: 'header', schema: {} }, { name: 'q', in: 'query', schema: { type: 'string' } }],
        get: { ...done, parameters: [{ name: 'x-a', in: 'header', required: true, schema: {} }, { name: 'b', in: 'query', schema: {} }] },
      } },
    });
    expect(shape?.parameters.map(({ in: place, name, required }) => [place, name, required])).toEqual([['path', 'id', true], ['query', 'b', false], ['query', 'q', false], ['header', 'x-a', true]]);
  });
});

test('media types have kinds; responses and examples an order', async () => {
  const types = ['application/json', 'application/problem+json; charset=utf-8', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/csv', 'application/xml', 'image/png', '*/*'];
  const { shapes: [shape] } = await shapes({ paths: { '/a': { get: { responses: {
    default: { description: 'd' }, '4XX': { description: 'c' }, 500: { description: 'b' },
    200: { description: 'a', content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'object' }, examples: { b: { value: 1 }, a: { externalValue: 'x' } }, example: 2 }])) },
  } } } } });
  expect(shape?.responses.map(({ status }) => status)).toEqual([200, 500, '4XX', 'default']);
  const contents = shape?.responses[0]?.contents ?? [];
  expect(Object.fromEntries(contents.map(({ mediaType, kind }) => [mediaType, kind]))).toEqual({
    'application/json': 'json', 'application/problem+json; charset=utf-8': 'json', 'application/x-www-form-urlencoded': 'form', 'multipart/form-data': 'multipart',
    'text/csv': 'text', 'application/xml': 'text', 'image/png': 'binary', '*/*': 'json',
  });
  expect(contents[0]?.examples).toEqual([{ name: 'example', value: 2 }, { name: 'b', value: 1 }]);
});

test('security is stated, inherited or absent', async () => {
  const components = { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' }, jwt: { type: 'openIdConnect', openIdConnectUrl: 'https://i/x' }, tls: { type: 'mutualTLS' }, hmac: { type: 'http', scheme: 'HMAC' } } };
  const { lowered } = await lowerText(documentOf('3.1.0', { security: [{ key: [] }, { jwt: ['a'], tls: [] }], components, paths: { '/a': { get: done, put: { ...done, security: [] } } } }));
  expect(lowered?.operations.map(({ shape }) => shape.security.map(({ all }) => all))).toEqual([[[{ scheme: 'key', scopes: [] }], [{ scheme: 'jwt', scopes: ['a'] }, { scheme: 'tls', scopes: [] }]], []]);
  expect([...(lowered?.schemes.values() ?? [])].map(({ credential }) => credential.kind)).toEqual(['other-http', 'bearer', 'api-key', 'mutual-tls']);
});

test.each<[string, object, string]>([
  ['a tag', { tags: [{ name: 'a', descripton: 'b' }] }, '/tags/0/descripton'],
  ['a server', { servers: [{ uri: '/' }] }, '/servers/0/uri'],
  ['the document', { path: {} }, '/path'],
  ['components', { components: { schema: {} } }, '/components/schema'],
])('a misspelt field of %s', async (_, rest, pointer) => {
  const { diagnostics } = await shapes({ paths: { '/a': { get: done } }, ...rest });
  expect(diagnostics.map(({ code, at }) => [code, at.pointer])).toEqual([['document/unknown-field', pointer]]);
});
