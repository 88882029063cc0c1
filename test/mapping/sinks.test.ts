import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { document as xml } from '../../src/local/aws/xml.js';
import { serve, type Served } from '../local/support.js';
import { directOf } from '../support/services.js';
import { hostileTexts, sound } from '../support/texts.js';
import { hasVelocity, renderAll } from '../support/velocity.js';
import { build, documentOf, type Parts } from './support.js';

const text = { type: 'string', maxLength: 4000 };
const hostile = [...hostileTexts(1000, 11).map(sound).filter((each) => each !== ''), '..', '.', '%2F', '%2f..', '/', '\\', '?', '#', ';', '&a=b', '=', '+', ' ', '\r\nx-injected: 1', '%0d%0ax-injected: 1'];
const reply = { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } }, 202: { description: 'ok' } };

describe('in a request to a backend', () => {
  let server: Server;
  let served: Served;
  const told: { readonly url: string; readonly names: readonly string[] }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      told.push({ url: request.url ?? '', names: Object.keys(request.headers).filter((name) => name !== 'x-tenant').sort() });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const parts: Parts = {
      path: '/shops/{shop}', responses: reply, body: null,
      parameters: [{ name: 'shop', in: 'path', required: true, schema: text }, { name: 'q', in: 'query', schema: text }, { name: 'X-Tenant', in: 'header', schema: text }],
      gateway: { resources: { stock: { kind: 'http', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` } } },
      policy: { throttle: { rate: 10_000, burst: 10_000 }, integration: { http: 'stock', path: '/places/{$request.path.shop}/holds' }, responses: { 200: { body: { ok: true } } } },
    };
    served = await serve(documentOf(parts), {});
  }, 60_000);
  afterAll(async () => {
    await served.close();
    server.close();
  });

  it('no value adds to the path, to the query or to the headers', async () => {
    const shapes = new Set<string>();
    const wrong: string[] = [];
    const refused: string[] = [];
    for (const value of hostile) {
      const encoded = encodeURIComponent(value);
      told.length = 0;
      const { status } = await served.ask('POST', `/shops/${encoded.replaceAll('.', '%2E')}?q=${encoded}`, { 'X-Tenant': value.replace(/[^\t\x20-\x7e]/g, '').trim(), 'content-length': '0' });
      const [sent] = told;
      if (!sent) {
        refused.push(`${value} ${status}`);
        continue;
      }
      const url = new URL(sent.url, 'http://a');
      shapes.add(JSON.stringify([url.pathname.split('/').length, [...url.searchParams.keys()], sent.names]));
      if (url.searchParams.get('q') !== value || url.pathname !== sent.url.split('?')[0]) wrong.push(value);
    }
    expect(wrong).toEqual([]);
    // Steps up and down are no names of anything, however they are encoded.
    expect(refused).toEqual(['.. 400', '. 400']);
    expect([...shapes].map((shape) => JSON.parse(shape) as unknown)).toEqual([[5, ['q'], expect.not.arrayContaining(['x-injected'])]]);
  }, 120_000);
});

describe.runIf(hasVelocity)('in an answer that a template makes', () => {
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: text };
  const template = async (): Promise<string> => directOf((await build({
    parameters: [key], path: '/work', policy: { async: { through: 'inbox', tracking: '$request.header.Idempotency-Key', status: 'getJob' }, responses: { 202: { headers: { 'x-key': 'k {$request.header.Idempotency-Key}' } } } },
    paths: { '/work/{job}': { get: { operationId: 'getJob', parameters: [{ name: 'job', in: 'path', required: true, schema: text }], responses: { 200: { description: 'ok' } } } } },
  })).api, 'doIt').reply();
  it('no value ends a header, or adds to the path of a Location', async () => {
    const reply = await template();
    const answers = renderAll(hostile.map((value) => ({ template: reply, request: { body: '<SendMessageResponse/>', params: { path: {}, querystring: {}, header: { 'Idempotency-Key': value } }, context: { path: '/dev/work', requestId: 'r' } } })));
    const found = answers.map(({ error, responseOverride }) => [error, ...Object.entries(responseOverride?.header ?? {}).sort()]);
    expect(found).toEqual(hostile.map((value) => [undefined, ['Location', `/dev/work/${new URLSearchParams({ a: value }).toString().slice(2).replaceAll('+', '%20')}`], ['x-key', `k ${value}`.replace(/[\u0000-\u001f]/g, ' ')]]));
  });
});

it('in XML, no value adds an element, or ends one', () => {
  const shape = (value: string): string => xml('List', { Contents: [{ Key: value, Size: 1 }], Name: value }).replace(/>[^<]*</g, '><');
  expect(new Set(hostile.map(shape)).size).toBe(1);
  expect(xml('List', { Key: '<a>&"\'' })).toContain('<Key>&#60;a&#62;&#38;&#34;&#39;</Key>');
});
