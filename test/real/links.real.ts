import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionOf } from '../links/support.js';
import { compileSpec } from '../support/compile.js';
import { hasMoto, startMoto, type Moto } from '../support/moto.js';
import type { Api } from '../../src/ir/index.js';

/** The functions of specs/bucket, called as the gateway would, against an emulated account. */
describe.runIf(hasMoto)('links that the generated functions sign', () => {
  let moto: Moto | undefined;
  let api: Api;
  const call = async (name: string, method: string, body?: unknown): Promise<{ readonly url: string; readonly fields: Record<string, string> }> => {
    const route = `/documents/{name}/${name === 'sign-upload' ? 'upload' : 'download'}`;
    const answer = await (await functionOf(api, name))({ method, path: route.replace('{name}', 'letter'), route, subject: 'c-1', ...(body === undefined ? {} : { body }) });
    expect(answer.statusCode, answer.body).toBe(200);
    return JSON.parse(answer.body) as { url: string; fields: Record<string, string> };
  };
  const client = (): S3Client => new S3Client({ endpoint: moto?.url ?? '', region: 'eu-west-1', forcePathStyle: true, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });

  beforeAll(async () => {
    moto = await startMoto();
    Object.assign(process.env, moto.environment, { RESOURCE_DOCUMENTS: 'documents' });
    await client().send(new CreateBucketCommand({ Bucket: 'documents', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    const spec = (await compileSpec('bucket')).api as Api;
    // The events of an HTTP API are the shorter ones.
    api = { ...spec, protocol: { ...spec.protocol, kind: 'http' } };
  });
  afterAll(() => {
    for (const name of [...Object.keys(moto?.environment ?? {}), 'RESOURCE_DOCUMENTS']) delete process.env[name];
    moto?.stop();
  });

  const post = async ({ url, fields }: { readonly url: string; readonly fields: Record<string, string> }, file: Uint8Array): Promise<Response> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([file], { type: 'application/pdf' }), 'letter.pdf');
    return fetch(url, { method: 'POST', body: form });
  };

  it('take an upload, which then can be downloaded', async () => {
    const content = new TextEncoder().encode('%PDF-1.7 …');
    const uploaded = await post(await call('sign-upload', 'POST', { contentType: 'application/pdf' }), content);
    expect(uploaded.status, await uploaded.text()).toBe(204);
    const { ContentLength, ContentType } = await client().send(new HeadObjectCommand({ Bucket: 'documents', Key: 'documents/c-1/letter' }));
    expect([ContentLength, ContentType]).toEqual([content.length, 'application/pdf']);
    const { url } = await call('sign-download', 'GET');
    const downloaded = await fetch(url);
    expect([downloaded.status, new Uint8Array(await downloaded.arrayBuffer())]).toEqual([200, content]);
  });
});
