import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { uploadWorker, type Upload } from '../../src/runtime/upload.js';

const heads = new Map<string, { readonly status: number; readonly type?: string }>();
const asked: string[] = [];

beforeEach(() => {
  heads.clear();
  asked.length = 0;
  for (const [name, value] of Object.entries({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' })) vi.stubEnv(name, value);
  vi.stubGlobal('fetch', async (url: string, { method }: { method: string }) => {
    const { pathname, host } = new URL(url);
    asked.push(`${method} ${host}${pathname}`);
    const { status = 404, type } = heads.get(decodeURIComponent(pathname)) ?? {};
    return new Response(null, { status, ...(type === undefined ? {} : { headers: { 'content-type': type } }) });
  });
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const notice = (messageId: string, key: string, size = 3) => ({ messageId, body: JSON.stringify({ Records: [{ eventName: 'ObjectCreated:Post', s3: { bucket: { name: 'files' }, object: { key, size, eTag: 'e' } } }] }) });

describe('a worker of uploads', () => {
  const seen: Upload[] = [];
  const worker = uploadWorker(({ body }) => {
    seen.push(body);
    if (body.key.includes('bad')) throw new Error('no');
  });
  beforeEach(() => { seen.length = 0; });

  it('is told of the key as it was, the size, and the type that the object has', async () => {
    heads.set("/in/é 1+1 it's.csv", { status: 200, type: 'text/csv' });
    expect(await worker({ Records: [notice('m', 'in/%C3%A9+1%2B1+it%27s.csv', 7)] })).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([{ bucket: 'files', key: "in/é 1+1 it's.csv", size: 7, type: 'text/csv', etag: 'e' }]);
    expect(asked).toEqual(["HEAD files.s3.eu-west-1.amazonaws.com/in/%C3%A9%201%2B1%20it%27s.csv"]);
  });

  it('is tried again for what it failed at, alone', async () => {
    for (const name of ['good', 'bad']) heads.set(`/${name}`, { status: 200 });
    expect(await worker({ Records: [notice('a', 'good'), notice('b', 'bad')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(seen.map(({ type }) => type)).toEqual(['application/octet-stream', 'application/octet-stream']);
  });

  it('has nothing to do with an object that is gone, nor with a test of the notification', async () => {
    expect(await worker({ Records: [notice('a', 'gone'), { messageId: 'b', body: '{"Service":"Amazon S3","Event":"s3:TestEvent"}' }] })).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([]);
  });

  it('is tried again where the object cannot be asked', async () => {
    heads.set('/closed', { status: 403 });
    expect(await worker({ Records: [notice('a', 'closed')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    expect(seen).toEqual([]);
  });
});
