import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiOf, generate, typecheck, write } from '../support/generated.js';
import { functionOf } from './support.js';

const document = (integration: string, more = '', response = '{ url: { type: string }, fields: { type: object } }', required = '[url, fields]'): string => `
openapi: 3.1.0
info: { title: Files, version: 1.0.0 }
security: []
x-gateway: { protocol: http, resources: { files: { kind: bucket } } }
paths:
  /files/{name}:
    post:
      operationId: getLink
      parameters: [{ name: name, in: path, required: true, schema: { type: string, maxLength: 2000 } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { key: { type: string }, type: { type: string } } } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, required: ${required}, properties: ${response} } } } }, default: { description: no } }
      x-gateway:
        integration: { bucket: files, ${integration} }
${more}`;

const upload = "action: presign-put, key: 'in/{$request.path.name}.bin', expires: 5m, maxSize: 1KB";
const call = async (text: string, name = 'a', body: object = {}) => {
  const api = await apiOf(text);
  const files = await generate(api);
  const answer = await (await functionOf(api, 'get-link'))({ method: 'POST', path: `/files/${encodeURIComponent(name)}`, route: '/files/{name}', body });
  return { files, status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body) as Record<string, unknown> & { fields: Record<string, string>; errors?: object[] } };
};
const policyOf = (fields: Record<string, string>): { readonly conditions: readonly unknown[] } => JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString()) as { conditions: unknown[] };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 3, 9, 12, 34, 56), toFake: ['Date'] });
  for (const [name, value] of Object.entries({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', RESOURCE_FILES: 'files-bucket' })) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('a link', () => {
  it('to upload comes complete: a form that holds the upload to its limits', async () => {
    const { files, status, json, headers } = await call(document(upload));
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['fields', 'url']);
    expect(json['url']).toBe('https://files-bucket.s3.eu-west-1.amazonaws.com/');
    expect(headers['cache-control']).toBe('no-store');
    expect(policyOf(json.fields).conditions).toEqual(expect.arrayContaining([['content-length-range', 0, 1024], { key: 'in/a.bin' }, { bucket: 'files-bucket' }]));
    expect([...files.keys()].filter((path) => path.startsWith('handlers/'))).toEqual([]);
    expect(typecheck(write(files))).toBe('');
  });

  it.each([
    ['of one type', 'types: [image/PNG]', undefined, { 'Content-Type': 'image/png' }],
    ['of a family', 'types: [image/*]', undefined, ['starts-with', '$Content-Type', 'image/']],
    ['of any type', '', undefined, ['starts-with', '$Content-Type', '']],
    ['of the type that the caller names', 'types: [image/png, application/*], contentType: $request.body#/type', 'application/pdf', { 'Content-Type': 'application/pdf' }],
  ])('to upload %s', async (_, types, type, condition) => {
    const { json } = await call(document(`${upload}${types === '' ? '' : `, ${types}`}`), 'a', type === undefined ? {} : { type });
    expect(policyOf(json.fields).conditions).toContainEqual(condition);
  });

  it.each([
    ['text/html', 'must be one of image/png, application/*'], ['nonsense', 'must be a media type'], ['image/png; x="', 'must be a media type'],
  ])('to upload %j is refused where it is not among the types', async (type, message) => {
    const { status, json } = await call(document(`${upload}, types: [image/png, application/*], contentType: $request.body#/type`), 'a', { type });
    expect([status, json.errors]).toEqual([400, [expect.objectContaining({ in: 'body', pointer: '/type', message })]]);
  });

  it('to download, as the mapping says', async () => {
    const { json } = await call(document("action: presign-get, key: 'in/{$request.path.name}.bin', expires: 5m", "        responses: { '200': { body: { href: $response.body#/url, until: $response.body#/expiresAt, for: $request.path.name } } }\n"));
    expect(json).toEqual({ href: expect.stringContaining('https://files-bucket.s3.eu-west-1.amazonaws.com/in/a.bin?X-Amz-Algorithm='), until: '2026-04-09T12:39:56.000Z', for: 'a' });
  });

  it.each([
    ['..', "'in/{$request.path.name}'", 400], ['.', "'in/{$request.path.name}'", 400], ['a/b', "'in/{$request.path.name}'", 400], ['x'.repeat(1030), "'in/{$request.path.name}'", 400],
    ["a b'é%2F", "'in/{$request.path.name}'", 200], ['...', "'in/{$request.path.name}'", 200], ['a/b', '$request.path.name', 200], ['a/../b', '$request.path.name', 400],
  ])('for %j within %s answers %i', async (name, key, status) => {
    expect((await call(document(`action: presign-put, key: ${key}, expires: 5m, maxSize: 1KB`), name)).status).toBe(status);
  });

  it('for a value that is not there is refused', async () => {
    const { status, json } = await call(document("action: presign-put, key: 'in/{$request.body#/key}', expires: 5m, maxSize: 1KB"));
    expect([status, json.errors]).toEqual([400, [expect.objectContaining({ pointer: '/key', message: 'must not be empty' })]]);
  });
});
