import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../support.js';

const json = { 'content-type': 'application/json' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 40 } };
const answer = (properties: object): object => ({ 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object', properties } } } } });
const text = { type: 'string' };

const document = {
  openapi: '3.1.0', info: { title: 'Uploads', version: '1' }, security: [],
  'x-gateway': { protocol: 'rest', resources: { inbox: { kind: 'queue', visibility: '180s' }, receipts: { kind: 'bucket', uploads: { through: 'inbox', prefix: 'r/' } } } },
  paths: {
    '/receipts/{id}': {
      parameters: [id],
      post: { operationId: 'upload', responses: answer({ url: text, fields: { type: 'object', additionalProperties: text } }), 'x-gateway': { integration: { bucket: 'receipts', action: 'presign-put', key: 'r/{$request.path.id}', expires: '60s', maxSize: '1KB', types: ['text/plain'] } } },
      get: { operationId: 'download', responses: answer({ url: text }), 'x-gateway': { integration: { bucket: 'receipts', action: 'presign-get', key: 'r/{$request.path.id}', expires: '60s' } } },
    },
  },
};

const worker = `import { appendFileSync } from 'node:fs';
import { worker } from '../generated/contract/workers/inbox.js';
export const handler = worker(async (work) => { appendFileSync(process.env['WORK_LOG'] ?? '', JSON.stringify(work.body) + '\\n'); });
`;

describe('links that the compiler’s own functions sign', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(document, { '../workers/inbox': worker }, {}, { test: true });
    process.env['WORK_LOG'] = join(served.folder, 'work.log');
  });
  afterAll(async () => {
    await served.close();
    delete process.env['WORK_LOG'];
  });
  const signed = async (method: string, path: string): Promise<{ url: string; fields: Record<string, string> }> => JSON.parse((await served.ask(method, path)).body) as { url: string; fields: Record<string, string> };
  const post = async ({ url, fields }: { url: string; fields: Record<string, string> }, content: string): Promise<number> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content], { type: 'text/plain' }), 'mine.txt');
    return (await fetch(url, { method: 'POST', body: form })).status;
  };

  it('take an upload within its limits, tell its worker, and give it out again until they expire', async () => {
    const form = await signed('POST', '/receipts/a%20b');
    expect([await post(form, 'x'.repeat(1025)), await post(form, 'hello')]).toEqual([400, 204]);
    expect(JSON.parse((await served.ask('POST', '/_gatewright/work', json, '{}')).body)).toEqual({ batches: 1 });
    const log = join(served.folder, 'work.log');
    expect(existsSync(log) ? JSON.parse(readFileSync(log, 'utf8')) : undefined).toEqual({ bucket: 'local-receipts', key: 'r/a b', size: 5, type: 'text/plain', etag: expect.any(String) as string });
    const { url } = await signed('GET', '/receipts/a%20b');
    const given = await fetch(url);
    expect([given.status, given.headers.get('content-type'), await given.text()]).toEqual([200, 'text/plain', 'hello']);
    await served.ask('POST', '/_gatewright/clock', json, '{"advance":"61s"}');
    expect([(await fetch(url)).status, await post(form, 'late')]).toEqual([403, 403]);
  });
});
