import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { outcomeOf } from '../../src/ir/outcome.js';
import type { ActionBackend, Api } from '../../src/ir/index.js';
import { serve, type Served } from '../local/support.js';
import { compileSpec, filesOf } from '../support/compile.js';
import { textsOf } from '../support/sent-cases.js';
import { directOf } from '../support/services.js';
import { hasVelocity, renderAll } from '../support/velocity.js';
import { build, type Parts } from './support.js';

let api: Api;
let template: string;
beforeAll(async () => {
  const compilation = await compileSpec('service');
  api = compilation.api as Api;
  template = filesOf(compilation).get('infra/template.yaml') ?? '';
}, 60_000);

const integration = (more: object = {}, without: readonly string[] = []): object => {
  const all: Record<string, unknown> = { service: 'ssm', protocol: 'json', target: 'AmazonSSM', action: 'GetParameter', input: { Name: '$request.body#/a' }, grant: { on: ['notices'] }, ...more };
  return Object.fromEntries(Object.entries(all).filter(([key]) => !without.includes(key)));
};
const parts = (more: object = {}, without: readonly string[] = []): Parts => ({ policy: { integration: integration(more, without) } });

describe('an action of any service', () => {
  it('is called as its protocol has it', () => {
    expect(directOf(api, 'readNotice').integration).toMatchObject({
      type: 'aws', httpMethod: 'POST', uri: 'arn:partition:apigateway:region:ssm:path//', passthroughBehavior: 'never',
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.1'", 'integration.request.header.X-Amz-Target': "'AmazonSSM.GetParameter'" },
    });
    expect(directOf(api, 'sendMessage').integration).toMatchObject({ httpMethod: 'POST', uri: 'arn:partition:apigateway:region:email:path//', requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" } });
    expect(directOf(api, 'removeForm').integration).toMatchObject({ httpMethod: 'DELETE', uri: 'arn:partition:apigateway:region:s3:path/front-desk-forms/{part1}', requestParameters: { 'integration.request.path.part1': 'method.request.path.name' } });
  });

  it('is all that the role of its operation permits, on what the document names', () => {
    for (const [action, on] of [['ssm:GetParameter', 'NoticesArn'], ['ses:SendEmail', 'DeskIdentityArn']]) expect(template).toMatch(new RegExp(`Effect: Allow\\s+Action:\\s+- ${action}\\s+Resource:\\s+- !Ref ${on}\\n`));
    expect(template).toMatch(/Effect: Allow\s+Action:\s+- s3:DeleteObject\s+Resource:\s+- "arn:aws:s3:::front-desk-forms\/\*"\n/);
  });

  it.each<[string, Parts, string]>([
    ['json without a target', parts({}, ['target']), 'integration/missing-argument'], ['query without a version', parts({ protocol: 'query' }, ['target']), 'integration/missing-argument'], ['rest without a path', parts({ protocol: 'rest', method: 'GET' }, ['target']), 'integration/missing-argument'],
    ['a path for json', parts({ path: '/a' }), 'integration/needless-key'], ['a grant without an action', parts({ protocol: 'rest', method: 'GET', path: '/a' }, ['action', 'target']), 'integration/missing-argument'],
    ['a grant on everything', parts({ grant: { on: ['*'] } }), 'integration/missing-argument'], ['a permission on all actions', parts({ grant: { action: 'ssm:*', on: ['notices'] } }), 'gateway/invalid-text'],
    ['an HTTP API', { ...parts(), protocol: 'http' }, 'target/unsupported'], ['the request’s body in a path', parts({ protocol: 'rest', method: 'GET', path: '/{$request.body#/a}' }, ['target']), 'mapping/unreachable'],
  ])('cannot have %s', async (_, given, code) => expect((await build(given)).codes).toContain(code));
  it('may be on everything for a reason, and takes a REST API', async () => {
    const { codes, api: { protocol } } = await build({ ...parts({ grant: { on: ['*'], reason: 'It is on nothing in particular.' } }), protocol: 'auto' });
    expect([codes, protocol.kind]).toEqual([[], 'rest']);
  });
});

describe.runIf(hasVelocity)('what it is sent, as Apache Velocity prints it', () => {
  const render = (operation: string, requests: readonly object[]): readonly string[] => renderAll(requests.map((request) => ({ template: directOf(api, operation).request, request: { context: {}, stageVariables: {}, ...request } }))).map(({ output, error }) => {
    expect(error).toBeUndefined();
    return output ?? '';
  });
  const texts = textsOf(53).filter((text) => text !== '');

  it('is one object of JSON, whatever a value holds', () =>
    expect(render('readNotice', texts.map((text) => ({ body: '', params: { path: { name: encodeURIComponent(text) }, querystring: {}, header: {} } }))).map((output) => JSON.parse(output) as unknown)).toEqual(texts.map((text) => ({ Name: `/notices/${text}` }))));
  it('is a form with the parameters that are meant, whatever a value holds', () =>
    expect(render('sendMessage', texts.map((text) => ({ body: JSON.stringify({ to: text, text, subject: text }), params: { path: {}, querystring: {}, header: {} } }))).map((output) => [...new URLSearchParams(output)].sort())).toEqual(texts.map((text) => [
      ['Action', 'SendEmail'], ['Destination.ToAddresses.member.1', text], ['Message.Body.Text.Data', text], ['Message.Subject.Data', `Front desk: ${text}`], ['Source', 'desk@example.com'], ['Version', '2010-12-01'],
    ])));
  it('leaves parameters out that have no value', () =>
    expect([...new URLSearchParams(render('sendMessage', [{ body: '{"text":""}', params: { path: {}, querystring: {}, header: {} } }])[0])].map(([name]) => name)).toEqual(['Action', 'Version', 'Message.Body.Text.Data', 'Message.Subject.Data', 'Source']));
});

const replies: readonly (readonly [what: string, status: number, body: string, told: number])[] = [
  ['something that is not there', 400, '{"__type":"ParameterNotFound","message":"secret"}', 404], ['something that is not there, in XML', 404, '<Error><Code>NoSuchKey</Code><Key>secret</Key></Error>', 404],
  ['something that is there already', 400, '{"__type":"ResourceExistsException","message":"secret"}', 409], ['what it was given', 400, '{"__type":"ValidationException","message":"secret"}', 400],
  ['a throttle', 400, '{"__type":"ThrottlingException","message":"secret"}', 503], ['a permission', 400, '{"__type":"AccessDeniedException","message":"secret"}', 502], ['itself', 500, 'secret', 503],
];

describe.runIf(hasVelocity)('what it answers', () => {
  it.each(replies)('tells of an error about %s by its status, and nothing of it', (_, status, body, told) => {
    const { integration: { responses }, reply } = directOf(api, 'readNotice');
    const key = status >= 500 ? '5\\d{2}' : '4\\d{2}';
    const [rendered] = renderAll([{ template: reply(key), request: { body, context: { extendedRequestId: 'e' } } }]);
    expect(rendered?.responseOverride?.status ?? Number(responses?.[key]?.['statusCode'])).toBe(told);
    expect(JSON.parse(rendered?.output ?? '')).toMatchObject({ status: told, requestId: 'e' });
    expect(rendered?.output).not.toContain('secret');
    const backend = api.operations.get('readNotice')?.integration.backend as ActionBackend;
    expect(outcomeOf(backend, { status, body: body.startsWith('{') ? (JSON.parse(body) as Json) : body }).kind).toBe('fault');
  });
  it('is what the document makes of it', () => {
    const [rendered] = renderAll([{ template: directOf(api, 'readNotice').reply(), request: { body: '{"Parameter":{"Value":"it\'s \\"open\\"","Version":3,"ARN":"secret"}}', context: {} } }]);
    expect(JSON.parse(rendered?.output ?? '')).toEqual({ text: 'it\'s "open"', version: 3 });
  });
  it('goes on to nobody where the answer is declared without a body', () => expect(renderAll([{ template: directOf(api, 'sendMessage').reply(), request: { body: '<SendEmailResponse>secret</SendEmailResponse>', context: {} } }])[0]?.output).toBe(''));
});

describe('locally', () => {
  interface Told { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, unknown>>; readonly body: string }
  let server: Server;
  let alone: Served;
  let served: Served;
  let told: Told[] = [];
  let said: readonly [status: number, body: string] = [200, '{}'];
  const document = () => ({
    openapi: '3.1.0', info: { title: 'T', version: '1' }, 'x-gateway': { protocol: 'rest' }, security: [],
    paths: {
      '/notices/{name}': { parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 90 } }], get: { operationId: 'readNotice', responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } }, 'x-gateway': { integration: integration({ input: { Name: 'n/{$request.path.name}' } }), responses: { 200: { body: { text: '$response.body#/Parameter/Value' } } } } },
        delete: { operationId: 'removeForm', responses: { 204: { description: 'ok' } }, 'x-gateway': { throttle: { rate: 9, burst: 9 }, integration: { service: 's3', protocol: 'rest', method: 'DELETE', path: '/forms/{$request.path.name}', grant: { action: 's3:DeleteObject', on: ['forms'] } } } } },
      '/messages': { post: { operationId: 'send', requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { text: { type: 'string', maxLength: 90 } } } } } }, responses: { 204: { description: 'ok' } }, 'x-gateway': { throttle: { rate: 9, burst: 9 }, integration: { service: 'email', protocol: 'query', action: 'SendEmail', version: '2010-12-01', input: { 'Message.Body': '$request.body#/text' }, grant: { on: ['desk'] } } } } },
    },
  });
  beforeAll(async () => {
    alone = await serve(document(), {});
    server = createServer((request, response) => {
      const chunks: Uint8Array[] = [];
      request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      request.on('end', () => {
        told.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(said[0]).end(said[1]);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    served = await serve(document(), {});
  }, 60_000);
  afterAll(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    await Promise.all([alone, served].map((each) => each?.close()));
    server.close();
  });
  const ask = async (method: string, path: string, answer: readonly [number, string], body?: string) => {
    told = [];
    said = answer;
    return served.ask(method, path, body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }, body);
  };

  it('is answered with a 501 that names the service where nothing says where it is', async () => {
    const { status, body } = await alone.ask('GET', '/notices/a');
    expect([status, JSON.parse(body)]).toMatchObject([501, { detail: 'The service ssm is not served on this machine: set AWS_ENDPOINT_URL to where it is.' }]);
  });
  it('is called where it is, signed, and answered as the target answers', async () => {
    expect(await ask('GET', '/notices/a%2Fb%22', [200, '{"Parameter":{"Value":"open"}}'])).toMatchObject({ status: 200, body: '{"text":"open"}' });
    expect(told).toMatchObject([{ method: 'POST', path: '/', body: '{"Name":"n/a/b\\""}', headers: { 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1', authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/ssm\/aws4_request, SignedHeaders=accept;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/) } }]);
    expect(await ask('POST', '/messages', [200, '<a/>'], '{"text":"a&b=c é"}')).toMatchObject({ status: 204, body: '' });
    expect(told).toMatchObject([{ method: 'POST', path: '/', body: 'Action=SendEmail&Version=2010-12-01&Message.Body=a%26b%3Dc+%C3%A9' }]);
    expect(await ask('DELETE', '/notices/a%2Fb', [204, ''])).toMatchObject({ status: 204 });
    expect(told).toMatchObject([{ method: 'DELETE', path: '/forms/a%2Fb', body: '' }]);
  });
  it.each(replies)('tells of an error about %s as the target does', async (_, status, body, wanted) => {
    const answer = await ask('GET', '/notices/a', [status, body]);
    expect([answer.status, (JSON.parse(answer.body) as { status: number }).status]).toEqual([wanted, wanted]);
    expect(answer.body).not.toContain('secret');
  });
  it('is not led to another thing by steps in a path', async () => {
    expect((await ask('DELETE', '/notices/%2E%2E', [204, ''])).status).toBeGreaterThanOrEqual(400);
    expect(told).toEqual([]);
  });
});
