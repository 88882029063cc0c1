import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PayloadAnswer } from '../../src/runtime/payload.js';
import type { RestEvent, RestResult } from '../../src/runtime/rest.js';
import { apiOf, bundle, generate, typecheck, write } from '../support/generated.js';
import { document, handler } from '../support/payload-cases.js';
import { directOf } from '../support/services.js';
import { hasVelocity, renderAll } from '../support/velocity.js';
import { build } from './support.js';

interface Given {
  readonly id: string; readonly ids: readonly string[]; readonly query: Readonly<Record<string, string>>; readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined; readonly scopes: readonly string[]; readonly claims: Readonly<Record<string, string>>;
}

const epoch = Date.UTC(2026, 3, 9, 12, 34, 56) + 78;
const authorizer = ({ scopes, claims }: Given): Record<string, string> => ({ scheme: 'member', principalId: 'o\'neil "x"', scopes: scopes.join(' '), claims: JSON.stringify(claims) });
const pathOf = ({ id, ids }: Given): string => `/users/${encodeURIComponent(id)}/${ids.map(encodeURIComponent).join(',')}`;
/** The same request: as the event of a proxy integration, and as the gateway's templates see it. */
const proxied = (given: Given): RestEvent => ({
  resource: '/users/{id}/{ids}', path: pathOf(given), httpMethod: 'PUT', headers: given.headers, multiValueHeaders: null, queryStringParameters: given.query, multiValueQueryStringParameters: null,
  pathParameters: { id: encodeURIComponent(given.id) }, stageVariables: { LEVEL: 'debug' }, body: given.body ?? null, isBase64Encoded: false,
  requestContext: { requestId: '1f6c', stage: 'dev', domainName: 'a.execute-api.eu-west-1.amazonaws.com', requestTimeEpoch: epoch, authorizer: authorizer(given), identity: { sourceIp: '192.0.2.1', userAgent: null } },
});
const rendered = (given: Given): object => ({
  body: given.body ?? '',
  params: { path: { id: encodeURIComponent(given.id), ids: given.ids.map(encodeURIComponent).join(',') }, querystring: given.query, header: given.headers },
  context: {
    requestId: '1f6c', stage: 'dev', domainName: 'a.execute-api.eu-west-1.amazonaws.com', path: `/dev${pathOf(given)}`, httpMethod: 'PUT', requestTime: '09/Apr/2026:12:34:56 +0000', requestTimeEpoch: epoch,
    identity: { sourceIp: '192.0.2.1' }, authorizer: authorizer(given), extendedRequestId: 'e-1',
  },
  stageVariables: { LEVEL: 'debug' },
});

const nasty = fc.oneof(
  fc.constantFrom('', "it's", 'say "hi"', 'a\\b', 'tab\t', '\u2028', '$x', '${x}', '#if', '#end', '##', '{"a":1}', '","admin":true,"x":"', '&x=1', 'é🙂', '%41+', '%', '+', 'null', '0', '-0', '-1', '01', '1.0', '1.5', '1e3', '1e400', '9007199254740993', '123456789012345', 'true', 'false', ' ', 'a,b', ',', 'a|b'),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/[\ud800-\udfff]/g, '')),
);
/** What a header can hold. */
const line = nasty.map((text) => text.replace(/[^\t\x20-\x7e]/g, '').trim());
const cookie = fc.oneof(line.map(encodeURIComponent), fc.constantFrom('"quoted"', '1', 'a%2Cb', '%4', '%zz', 'a=b'));
const number = fc.oneof(fc.integer().map(String), fc.constantFrom('0.5', '-2.25', '1e2', '12345678901234567890', 'x', ''));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const present = (entries: Readonly<Record<string, string | undefined>>): Record<string, string> => Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined));

const requests: fc.Arbitrary<Given> = fc.record({
  id: nasty.filter((text) => text !== '' && !/^\.{1,2}$/.test(text)),
  ids: fc.oneof({ weight: 3, arbitrary: fc.array(fc.integer().map(String), { minLength: 1, maxLength: 3 }) }, { weight: 1, arbitrary: fc.array(nasty.filter((text) => text !== ''), { minLength: 1, maxLength: 3 }) }),
  query: fc.record({
    limit: maybe(number), ratio: maybe(number), flag: maybe(fc.constantFrom('true', 'false', 'yes')), note: maybe(nasty), size: maybe(fc.constantFrom('', 'null', '1', 'x')), either: maybe(nasty), tags: maybe(nasty),
    pipes: maybe(fc.array(number, { maxLength: 3 }).map((all) => all.join('|'))), spaces: maybe(fc.constantFrom('true false', 'true', '', 'no')), empty: maybe(fc.constantFrom('', '1')), other: maybe(nasty),
  }).map(present),
  headers: fc.record({
    'Content-Type': fc.constantFrom('application/json', 'application/json; charset=utf-8'), 'x-TENANT': maybe(line), 'X-Rank': maybe(fc.constantFrom('1', '01', 'a')), 'X-List': maybe(fc.constantFrom('1, 2', '1', 'a,1', '')), 'X-Request-Id': maybe(line),
    traceparent: maybe(fc.constantFrom('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"x', 'no')), 'X-Amzn-Trace-Id': fc.constant('Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'),
    'X-Internal-A': maybe(line), 'x-secret': maybe(line), Connection: maybe(fc.constant('close')), 'X-By': maybe(line), "x-o'k": maybe(line), 'User-Agent': maybe(line),
    Cookie: maybe(fc.tuple(cookie, cookie).map(([sid, seen]) => `sid=${sid}; other=1; seen=${seen}`)),
  }).map(present),
  body: fc.oneof(fc.json({ maxDepth: 3 }), fc.record({ name: nasty, next: fc.jsonValue({ maxDepth: 2 }) }, { requiredKeys: [] }).map((value) => JSON.stringify(value))),
  scopes: fc.subarray(['users:write', 'a', "b'c"]),
  claims: fc.record({ tenant: line.filter((text) => text !== ''), "it's": nasty }, { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>,
});

interface Told { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown }
const names = ['accept', 'cache-control', 'content-type', 'etag', 'set-cookie', 'x-request-id', 'x-served'];

let viaProxy: (event: unknown) => Promise<RestResult>;
let viaGateway: (event: unknown) => Promise<PayloadAnswer>;
let direct: ReturnType<typeof directOf>;

beforeAll(async () => {
  for (const payload of ['normalised', 'gateway']) {
    const api = await apiOf(document(payload));
    const files = await generate(api);
    files.set('handlers/put-user.ts', handler);
    const folder = write(files);
    expect(typecheck(folder)).toBe('');
    const entry = (await bundle(folder, 'generated/entry/put-user.ts')).module['handler'];
    if (payload === 'normalised') viaProxy = entry as typeof viaProxy;
    else {
      viaGateway = entry as typeof viaGateway;
      direct = directOf(api, 'putUser');
    }
  }
}, 120_000);

const answers = (): readonly (readonly [pattern: string, status: string, template: string])[] =>
  Object.entries(direct.integration['responses'] ?? {}).map(([pattern, { statusCode, responseTemplates }]) => [pattern, String(statusCode), String(responseTemplates?.['application/json'])]);

/** What the caller is told, by the templates of the answer that the gateway would select. */
const settle = (results: readonly (PayloadAnswer | Error)[]): readonly Told[] => {
  const sent = results.map((result) => (result instanceof Error ? { errorMessage: result.message, errorType: result.name, trace: [result.stack] } : result));
  const choices = renderAll(sent.flatMap((result) => answers().filter(([pattern]) => pattern !== 'default').map(([pattern]) => ({ template: `#set($p = $util.urlDecode('${encodeURIComponent(pattern).replaceAll("'", '%27')}'))$input.path('$.errorMessage').matches($p)`, request: { body: JSON.stringify(result) } })))).map(({ output }) => output?.trim() === 'true');
  const [standard, ...patterns] = [answers().find(([pattern]) => pattern === 'default'), ...answers().filter(([pattern]) => pattern !== 'default')];
  const chosen = sent.map((result, index) => {
    const fitting = patterns.filter((_, at) => choices[index * patterns.length + at]);
    expect(fitting.length).toBe('errorMessage' in result ? 1 : 0);
    return (fitting[0] ?? standard) as readonly [string, string, string];
  });
  return renderAll(chosen.map(([, , template], index) => ({ template, request: { body: JSON.stringify(sent[index]), context: { extendedRequestId: 'e-1' } } }))).map(({ output = '', error, responseOverride }, index) => {
    expect(error).toBeUndefined();
    const headers = Object.fromEntries(Object.entries(responseOverride?.header ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    return { status: responseOverride?.status ?? Number(chosen[index]?.[1]), headers, body: plain(output) };
  });
};

/** The instance of an error is its path, of which a payload does not know how it was encoded. */
const plain = (text: string): unknown => (text === '' ? undefined : JSON.parse(text, (key, value: unknown) => (key === 'instance' ? decodeURIComponent(String(value)) : value)));
const fromProxy = ({ statusCode, headers = {}, body }: RestResult): Told => ({ status: statusCode, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name))), body: plain(body) });
const call = async (payload: unknown): Promise<PayloadAnswer | Error> => viaGateway(payload).catch((error: unknown) => error as Error);
const simple = (id: string, more: Partial<Given> = {}): Given => ({ id, ids: ['1'], query: {}, headers: { 'Content-Type': 'application/json' }, body: '{"name":"Ann"}', scopes: [], claims: {}, ...more });

describe.skipIf(!hasVelocity)('a payload that the gateway makes', () => {
  const payloads = (all: readonly Given[]): readonly unknown[] => renderAll(all.map((given) => ({ template: direct.request, request: rendered(given) }))).map(({ output, error }, index) => {
    expect(error).toBeUndefined();
    try {
      return JSON.parse(output ?? '') as unknown;
    } catch {
      throw new Error(`no JSON: ${output}\nfor ${JSON.stringify(all[index])}`);
    }
  });

  it('has the values as the schemas type them, and defaults', () => {
    const [payload] = payloads([simple('a b', { ids: ['1', '2'], query: { ratio: '0.5', flag: 'true', size: 'null', tags: 'a,b', pipes: '1|2' }, headers: { 'Content-Type': 'application/json', 'X-Rank': '7', 'X-List': '1, 2', Cookie: 'seen=3; sid="a%20b"', 'X-Internal-A': '1' }, scopes: ['a', 'b'], claims: { tenant: 't' } })]);
    expect(payload).toEqual({
      request: {
        id: '1f6c', method: 'PUT', path: '/users/a b/1,2', route: '/users/{id}/{ids}', params: { id: 'a b', ids: [1, 2] },
        query: { limit: 20, ratio: 0.5, flag: true, size: null, tags: ['a', 'b'], pipes: [1, 2], spaces: [true] },
        headers: { 'content-type': 'application/json', 'x-request-id': '1f6c', 'x-level': 'debug', 'x-by': 't', 'x-fixed': 'a "b" $c #d', 'x-rank': 7, 'x-list': [1, 2] },
        cookies: { sid: 'a b', seen: 3 }, body: { name: 'Ann' },
      },
      auth: { scheme: 'member', principalId: 'o\'neil "x"', scopes: ['a', 'b'], claims: { tenant: 't' } },
      context: { stage: 'dev', traceparent: '', receivedAt: '2026-04-09T12:34:56.078Z', sourceIp: '192.0.2.1', domain: 'a.execute-api.eu-west-1.amazonaws.com', userAgent: '' },
      size: 14, stageVariables: { LEVEL: 'debug' },
    });
  });

  it('is to the handler what a proxy would have given it, whatever is sent', async () => {
    const all = fc.sample(requests, { numRuns: 1500, seed: 20261128 });
    const results = await Promise.all(payloads(all).map(call));
    const told = settle(results);
    const wanted = await Promise.all(all.map(async (given) => fromProxy(await viaProxy(proxied(given)))));
    const statuses = new Set<number>();
    for (const [index, answer] of told.entries()) {
      const other = wanted[index] as Told;
      statuses.add(other.status);
      expect([answer.status, answer.body], JSON.stringify(all[index])).toEqual([other.status, other.body]);
      expect(answer.headers).toEqual(other.headers);
    }
    expect([...statuses].sort()).toEqual([200, 400]);
  }, 120_000);

  it.each([
    ['an answer without a body', simple('none')], ['an error that is mapped', simple('gone')], ['one whose name means something to patterns', simple('full')], ['one of the status of a function that is late', simple('late')],
    ['an error that nobody foresaw, and that looks like one that is mapped', simple('bad')],
  ])('is answered as a proxy is: %s', async (_, given) => {
    const [told] = settle([await call(payloads([given])[0])]);
    const wanted = fromProxy(await viaProxy(proxied(given)));
    expect(told).toEqual(wanted);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it.each([
    ['has crashed', new Error('RequestId: 1 Error: Runtime exited with error: signal: killed'), 502], ['was late', new Error('2026-04-09T12:34:59.123Z 1 Task timed out after 3.00 seconds'), 504], ['says nothing', { status: undefined } as unknown as PayloadAnswer, 502],
    ['says several lines', new Error('a\n{"fault":"Gone"}'), 502],
  ])('tells nothing of a function that %s', (_, result, status) => {
    const [told] = settle([result]);
    expect(told).toMatchObject({ status, body: { status } });
    expect(JSON.stringify(told)).not.toMatch(/Runtime|RequestId|fault/);
  });

  it('tells how many bytes the body came as, and too many are refused', async () => {
    const [small, large] = payloads([simple('a', { body: '{"name":"é🙂 %+"}' }), simple('a', { body: `{"name":"a"${' '.repeat(262_144)}}` })]);
    expect(small).toMatchObject({ size: Buffer.byteLength('{"name":"é🙂 %+"}') });
    expect(await call(large)).toMatchObject({ status: 413 });
  });

  it('is not handed on with a header that nobody declared', async () => expect(await call(payloads([simple('other')])[0])).toMatchObject({ status: 500 }));

  it('has no body where none was sent', async () => {
    const [payload] = payloads([{ ...simple('a'), headers: {}, body: undefined }]);
    expect(payload).toMatchObject({ request: { body: null } });
  });
});

describe('what a payload of the gateway cannot hold is told where it stands', () => {
  it.each<[string, object, string]>([
    ['a list that is spread out', { parameters: [{ name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } }] }, 'mapping/payload'],
    ['an object', { parameters: [{ name: 'where', in: 'query', style: 'deepObject', explode: true, schema: { type: 'object', properties: { a: { type: 'string' } } } }] }, 'mapping/payload'],
    ['a document', { parameters: [{ name: 'where', in: 'query', content: { 'application/json': { schema: {} } } }] }, 'mapping/payload'],
    ['a part of a segment', { path: '/files/{name}.txt', parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }] }, 'mapping/payload'],
    ['the whole URL in a mapping', { policy: { integration: { function: { payload: 'gateway' } }, request: { from: '$url' } } }, 'mapping/payload'],
    ['a body of bytes', { responses: { 200: { description: 'ok', content: { 'image/png': {} } } } }, 'mapping/payload'],
    ['an HTTP API', { protocol: 'http' }, 'target/unsupported'],
  ])('%s', async (_, more, code) => {
    const built = await build({ policy: { integration: { function: { payload: 'gateway' } } }, ...more });
    expect(built.codes).toContain(code);
  });
  it('a REST API is chosen for it', async () => expect((await build({ protocol: 'auto', policy: { integration: { function: { payload: 'gateway' } } } })).api.protocol).toMatchObject({ kind: 'rest', because: expect.arrayContaining([expect.objectContaining({ reason: 'a REST API is needed for a payload that the gateway makes' })]) }));
});

it('one function may serve operations that are given their request in each of the ways', async () => {
  const operation = (id: string, policy: object) => ({ post: { operationId: id, requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } } } }, responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } }, 'x-gateway': policy } });
  const api = await apiOf(JSON.stringify({
    openapi: '3.1.0', info: { title: 'T', version: '1' }, 'x-gateway': { protocol: 'rest', functions: { split: 'api' } }, security: [],
    paths: {
      '/a': operation('proxied', {}), '/c': operation('asItComes', { integration: { function: { payload: 'raw' } } }),
      '/b': operation('handed', { integration: { function: { payload: 'gateway' } }, request: { b: '$request.body#/a', by: '$context.requestId' }, responses: { 200: { body: { was: '$response.body#/b' }, headers: { 'x-note': 'of {$context.requestId}' } } } }),
    },
  }));
  const files = await generate(api);
  for (const [name, file] of [['proxied', 'proxied'], ['handed', 'handed']] as const) files.set(`handlers/${file}.ts`, `import { ${name} } from '../generated/contract/${file}.js';\nexport const handler = ${name}(({ body }) => ({ status: 200, body: { ...body } }));\n`);
  files.set('handlers/as-it-comes.ts', `import { asItComes } from '../generated/contract/as-it-comes.js';\nexport const handler = asItComes(async ({ body }) => ({ statusCode: 200, body: 'raw ' + body, isBase64Encoded: false }));\n`);
  const folder = write(files);
  expect(typecheck(folder)).toBe('');
  const entry = (await bundle(folder, 'generated/entry/api.ts')).module['handler'] as (event: unknown) => Promise<Record<string, unknown>>;
  const event = (path: string): object => ({ ...proxied(simple('x')), resource: path, path, httpMethod: 'POST', body: '{"a":"1"}' });
  expect(await entry(event('/a'))).toMatchObject({ statusCode: 200, body: '{"a":"1"}' });
  expect(await entry(event('/c'))).toMatchObject({ statusCode: 200, body: 'raw {"a":"1"}' });
  const payload = { request: { id: 'r', method: 'POST', path: '/b', route: '/b', params: {}, query: {}, headers: { 'content-type': 'application/json' }, cookies: {}, body: { a: '1' } }, auth: null, context: { stage: 's', traceparent: '', receivedAt: '2026-01-01T00:00:00.000Z', sourceIp: '', domain: '', userAgent: '' }, size: 9 };
  expect(await entry(payload)).toMatchObject({ status: 200, body: '{"was":"1"}', headers: { 'x-note': 'of r' } });
  await expect(entry({ ...payload, request: { ...payload.request, route: '/a' } })).rejects.toThrow('of no operation');
});
