import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { directOf } from '../support/services.js';
import { hasVelocity, renderAll } from '../support/velocity.js';
import { serve, type Answer, type Served } from '../local/support.js';
import { build, documentOf, type Parts } from './support.js';

interface Told { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, unknown>>; readonly body: string }
interface Said { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

const body = { type: 'object', properties: { part: { type: 'string', maxLength: 40 }, count: { type: 'integer' } } };
const problem = { description: 'No.', content: { 'application/problem+json': { schema: { type: 'object', properties: { title: { type: 'string' } } } } } };
const parameters = [
  { name: 'shop', in: 'path', required: true, schema: { type: 'string', maxLength: 40 } }, { name: 'dry', in: 'query', schema: { type: 'string', maxLength: 9 } },
  { name: 'X-Tenant', in: 'header', schema: { type: 'string', maxLength: 40 } }, { name: 'X-Internal-Key', in: 'header', schema: { type: 'string', maxLength: 40 } },
];
const responses = {
  201: { description: 'Held.', headers: { ETag: { schema: { type: 'string' } } }, content: { 'application/json': { schema: { type: 'object' } } } },
  204: { description: 'Nothing.' }, 404: problem, 409: problem, 418: problem, default: problem,
};
const parts = (url: string, more: Partial<Parts> = {}): Parts => ({
  path: '/shops/{shop}', parameters, body, responses,
  gateway: { resources: { stock: { kind: 'http', url } }, headers: { request: { remove: ['x-internal-*'] }, response: { set: { 'x-by': 'us' } } } },
  policy: {
    throttle: { rate: 1000, burst: 1000 },
    integration: { http: 'stock', path: '/places/{$request.path.shop}/holds' },
    request: { sku: '$request.body#/part', note: 'for {$request.header.X-Tenant}', id: '$request.body#/count' },
    responses: { 201: { body: { held: '$response.body#/hold/id' }, headers: { ETag: '$response.header.ETag', 'x-kind': 'a hold' } }, 418: { body: { title: 'A pot', was: '$response.body#/why' }, headers: { 'x-pot': '$context.stage' } } },
  },
  ...more,
});
const httpParts = (policy: object, link?: string, url = 'https://a.example/v1'): Parts =>
  parts(url, { protocol: 'http', body: null, gateway: { resources: { stock: { kind: 'http', url, ...(link === undefined ? {} : { vpcLink: link }) } }, stages: { dev: { variables: { ROOM: '7' } } } }, policy });

describe('a mapped backend of a REST API', () => {
  it('gets what the document maps and declares, and nothing else', async () => {
    const { codes, integration } = await build(parts('https://a.example/v1'));
    expect(codes).toEqual([]);
    expect(integration).toMatchObject({ type: 'http', httpMethod: 'POST', uri: { 'Fn::Sub': '${StockUrl}/places/{part1}/holds' }, passthroughBehavior: 'never' });
    expect(integration['requestParameters']).toEqual({
      'integration.request.path.part1': 'method.request.path.shop', 'integration.request.querystring.dry': 'method.request.querystring.dry',
      'integration.request.header.X-Tenant': 'method.request.header.X-Tenant', 'integration.request.header.Content-Type': "'application/json'",
    });
  });
  it('has an answer for whatever it says, each of another status and every header declared', async () => {
    const { integration, method } = await build(parts('https://a.example/v1'));
    const answers = integration['responses'] as unknown as Record<string, { statusCode: string; responseParameters: Record<string, string> }>;
    expect(Object.entries(answers).map(([key, { statusCode }]) => `${key}→${statusCode}`)).toEqual(['201', '204', '400', '404', '409', '410', '412', '418', '422', '429', '503', '504'].map((status) => `${status}→${status}`).concat('default→502'));
    for (const { statusCode, responseParameters } of Object.values(answers)) expect(Object.keys(method['responses']?.[statusCode]?.['headers'] ?? {})).toEqual(expect.arrayContaining(Object.keys(responseParameters).map((name) => name.replace('method.response.header.', ''))));
    expect(answers['201']?.responseParameters).toMatchObject({ 'method.response.header.etag': 'integration.response.header.ETag', 'method.response.header.x-kind': "'a hold'", 'method.response.header.x-by': "'us'" });
  });
  it.each<[string, object, string]>([
    ['a header of the answer inside of a body', { responses: { 201: { body: { tag: '$response.header.ETag' } } } }, 'mapping/unreachable'],
    ['the body of the request in an answer', { responses: { 201: { body: { part: '$request.body#/part' } } } }, 'mapping/unreachable'],
    ['a path from the body', { integration: { http: 'stock', path: '/{$request.body#/part}' } }, 'mapping/unreachable'],
  ])('cannot have %s', async (_, policy, code) => {
    expect((await build(parts('https://a.example', { policy: { integration: { http: 'stock' }, ...policy } }))).codes).toContain(code);
  });
  it('is reached by a VPC link, whose id the deployment gives, in both targets', async () => {
    const private_ = parts('http://stock.internal/v1', { gateway: { resources: { stock: { kind: 'http', url: 'http://stock.internal/v1', vpcLink: 'inner' } } } });
    for (const policy of [private_.policy, { integration: { http: 'stock' } }]) {
      const { integration, files, codes, messages } = await build({ ...private_, policy });
      expect(codes).toEqual([]);
      expect(messages.join()).not.toContain('not encrypted');
      expect(integration).toMatchObject({ connectionType: 'VPC_LINK', connectionId: { Ref: 'InnerLinkId' } });
      expect(files.get('infra/openapi.tf')).toMatch(/connectionId\s*= var\.inner_link_id/);
    }
  });
});

describe('a mapped backend of an HTTP API', () => {
  it('is asked at a path of path variables and stage variables', async () => {
    const { integration, codes } = await build(httpParts({ integration: { http: 'stock', path: '/places {1}/{$request.path.shop}/{$stage.ROOM}' } }, undefined));
    expect([codes, integration['uri']]).toEqual([[], { 'Fn::Sub': '${StockUrl}/places%20%7B1%7D/{shop}/${!stageVariables.ROOM}' }]);
  });
  it('has headers of its answers set', async () => {
    const { integration } = await build(httpParts({ integration: { http: 'stock' }, responses: { 201: { headers: { 'x-tag': 'tag {$response.header.ETag} of {$context.requestId}' } } } }));
    expect(integration['responseParameters']).toEqual({ 201: { 'overwrite:header.x-tag': 'tag ${response.header.ETag} of ${context.requestId}' } });
  });
  it('is reached by a VPC link at its listener, without the stage in the path', async () => {
    const { integration, files } = await build(httpParts({ integration: { http: 'stock' } }, 'inner'));
    expect(integration).toMatchObject({ type: 'http_proxy', connectionType: 'VPC_LINK', connectionId: { Ref: 'InnerLinkId' }, uri: { Ref: 'InnerListenerArn' }, requestParameters: { 'overwrite:path': '/v1${request.path}' }, tlsConfig: { serverNameToVerify: 'a.example' } });
    expect(files.get('infra/openapi.tf')).toContain('"/v1$${request.path}"');
  });
  it.each<[string, object, string | undefined]>([
    ['a body that is mapped', { integration: { http: 'stock' }, request: { a: '$request.path.shop' } }, undefined],
    ['an answer whose body is mapped', { integration: { http: 'stock' }, responses: { 201: { body: { a: 1 } } } }, undefined],
    ['answers of a class', { integration: { http: 'stock' }, responses: { default: { headers: { 'x-a': 'b' } } } }, undefined],
    ['of the request in a header of the answer', { integration: { http: 'stock' }, responses: { 201: { headers: { 'x-a': '$request.path.shop' } } } }, undefined],
    ['the caller’s identity in a path', { integration: { http: 'stock', path: '/{$context.sourceIp}' } }, undefined],
    ['values in a path behind a link', { integration: { http: 'stock', path: '/{$request.path.shop}' } }, 'inner'],
  ])('cannot have %s', async (_, policy, link) => expect((await build(httpParts(policy, link))).codes).toContain('target/unsupported'));
});

it('cannot be sent a body with a GET', async () => {
  const { paths } = documentOf(parts('https://a.example')) as { paths: Record<string, Record<string, { requestBody?: object }>> };
  const { requestBody: _, ...get } = paths['/shops/{shop}']?.['post'] ?? {};
  const { codes } = await build({ ...parts('https://a.example'), path: '/other', policy: { integration: { http: 'stock' } }, paths: { '/shops/{shop}': { get: { ...get, operationId: 'getIt', 'x-gateway': { integration: { http: 'stock' }, request: { a: '$request.path.shop' } } } } }, parameters: [] });
  expect(codes).toContain('target/unsupported');
});

describe('locally', () => {
  let server: Server;
  let served: Served;
  let told: Told[] = [];
  let said: Said = { status: 204 };
  const ask = async (answer: Said, text = '{"part":"a\\"b","count":2}', type = 'application/json'): Promise<Answer> => {
    told = [];
    said = answer;
    return served.ask('POST', '/shops/a%2Fb%20c?dry=yes&other=1', { 'content-type': type, 'content-length': String(Buffer.byteLength(text)), 'X-Tenant': "o'neil", 'X-Internal-Key': 'k', 'X-Other': 'o', authorization: 'mine' }, text);
  };
  const requestTemplate = async (): Promise<string> => directOf((await build(parts('https://a.example/v1'))).api, 'doIt').request;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Uint8Array[] = [];
      request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      request.on('end', () => {
        told.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(said.status, said.headers).end(said.body);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    served = await serve(documentOf(parts(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`)), {});
  }, 60_000);
  afterAll(async () => {
    await served.close();
    server.close();
  });

  it('the backend gets what the mapping says', async () => {
    await ask({ status: 204 });
    const [{ method, path, headers, body: sent } = { method: '', path: '', headers: {}, body: '' }] = told;
    expect([method, path, JSON.parse(sent)]).toEqual(['POST', '/v1/places/a%2Fb%20c/holds?dry=yes', { sku: 'a"b', note: "for o'neil", id: 2 }]);
    expect([headers['content-type'], headers['x-tenant'], headers['x-internal-key'], headers['x-other'], headers['authorization']]).toEqual(['application/json', "o'neil", undefined, undefined, undefined]);
  });
  it.each<[string, Said, number, unknown, Readonly<Record<string, string | undefined>>]>([
    ['a mapped success', { status: 201, headers: { etag: '"7"', server: 'secret' }, body: '{"hold":{"id":"h-1"},"secret":1}' }, 201, { held: 'h-1' }, { etag: '"7"', 'x-kind': 'a hold', 'x-by': 'us', server: undefined }],
    ['a success that is not mapped', { status: 204 }, 204, undefined, { 'x-by': 'us' }],
    ['a success that nobody declared', { status: 203, body: 'secret' }, 502, { title: 'Bad Gateway' }, {}],
    ['a declared error', { status: 404, body: 'secret: no row in stock.db' }, 404, { title: 'Not Found' }, { 'content-type': 'application/problem+json' }],
    ['an error that is mapped', { status: 418, body: '{"why":"short"}' }, 418, { title: 'A pot', was: 'short' }, { 'x-pot': 'dev' }],
    ['an error between the gateway and the backend', { status: 401, body: 'secret' }, 502, { title: 'Bad Gateway' }, {}],
    ['a crash', { status: 500, body: 'secret: at line 7' }, 502, { title: 'Bad Gateway' }, {}],
    ['a busy backend', { status: 503, body: 'secret' }, 503, { title: 'Service Unavailable' }, { 'retry-after': '1' }],
  ])('%s', async (_, answer, status, wanted, headers) => {
    const found = await ask(answer);
    expect(found.status).toBe(status);
    if (wanted === undefined) expect(found.body).toBe('');
    else expect(JSON.parse(found.body)).toMatchObject(wanted as object);
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(found.headers).toMatchObject(Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)));
    for (const [name, value] of Object.entries(headers)) if (value === undefined) expect(found.headers[name]).toBeUndefined();
  });
  it.each([['JSON that says it is a text', 'text/plain', '{}', 415], ['broken JSON', 'application/json', '{', 400]])('%s reaches nobody', async (_, type, text, status) => {
    expect((await ask({ status: 204 }, text, type)).status).toBe(status);
    expect(told).toEqual([]);
  });
  it.runIf(hasVelocity)('is sent and told what Apache Velocity makes of the templates', async () => {
    const { reply } = directOf((await build(parts('https://a.example/v1'))).api, 'doIt');
    const given = { part: "it's \"a\" \\ $x #if", count: 3 };
    const params = { path: { shop: 'a' }, querystring: {}, header: { 'X-Tenant': "o'neil" } };
    const [sent, held, pot, gone] = renderAll([
      { template: await requestTemplate(), request: { body: JSON.stringify(given), params } },
      { template: reply('201'), request: { body: '{"hold":{"id":"h\\u0000-\'1"}}' } }, { template: reply('418'), request: { body: '{"why":[1,"x"]}', context: { stage: 'dev' } } },
      { template: reply('404'), request: { body: 'secret <row>', context: { extendedRequestId: 'r' } } },
    ]);
    await ask({ status: 204 }, JSON.stringify(given));
    const local = async (answer: Said): Promise<Json> => JSON.parse((await ask(answer)).body) as Json;
    expect(JSON.parse(sent?.output ?? '')).toEqual(JSON.parse(told[0]?.body ?? ''));
    expect(JSON.parse(held?.output ?? '')).toEqual(await local({ status: 201, body: '{"hold":{"id":"h\\u0000-\'1"}}' }));
    expect(JSON.parse(pot?.output ?? '')).toEqual(await local({ status: 418, body: '{"why":[1,"x"]}' }));
    expect(pot?.responseOverride?.header).toEqual({ 'x-pot': 'dev' });
    expect({ ...JSON.parse(gone?.output ?? '') as object, instance: '', requestId: '' }).toEqual({ ...await local({ status: 404, body: 'secret <row>' }) as object, instance: '', requestId: '' });
  });
});
