import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bucketAddress, credentials } from '../../src/runtime/aws.js';
import { presignPost, presignUrl } from '../../src/runtime/presign.js';

const epochMs = Date.UTC(2026, 3, 9, 12, 34, 56);
const given = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const keys = ['a.pdf', 'receipts/o 1/é🙂.pdf', "it's (1)!*.txt", 'a+b&c=d%20?#/x', 'a//b/./c~_-'];

const environment = (variables: Readonly<Record<string, string>>): void => {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: given.accessKeyId, AWS_SECRET_ACCESS_KEY: given.secretAccessKey, ...variables })) vi.stubEnv(name, value);
};

beforeEach(() => void vi.useFakeTimers({ now: epochMs, toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Where, and as whom: name → environment, and the bucket. */
const places: readonly (readonly [name: string, variables: Readonly<Record<string, string>>, bucket: string])[] = [
  ['a user', {}, 'receipts'],
  ['a role', { AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEMP//////////wE=' }, 'receipts'],
  ['another region', { AWS_REGION: 'us-east-1' }, 'receipts'],
  ['China', { AWS_REGION: 'cn-north-1' }, 'receipts'],
  ['a name with dots', {}, 'receipts.example.com'],
  ['a stand-in', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 'receipts'],
];

describe.each(places)('as AWS’s own client: %s', (_, variables, bucket) => {
  const client = (): S3Client => new S3Client({ region: variables['AWS_REGION'] ?? 'eu-west-1', credentials: credentials(), forcePathStyle: bucketAddress(bucket).path !== '', ...(variables['AWS_ENDPOINT_URL'] ? { endpoint: variables['AWS_ENDPOINT_URL'] } : {}) });

  it.each(keys)('a link to %j', async (key) => {
    environment(variables);
    for (const [method, command] of [['GET', new GetObjectCommand({ Bucket: bucket, Key: key })], ['HEAD', new HeadObjectCommand({ Bucket: bucket, Key: key })]] as const) {
      const theirs = new URL(await getSignedUrl(client(), command as GetObjectCommand, { expiresIn: 900 }));
      // What the client tells itself by is signed as well, and so must be here.
      const query = Object.fromEntries([...theirs.searchParams].filter(([name]) => !/^X-Amz-(?!Checksum)/.test(name)));
      const ours = new URL(presignUrl({ method, address: bucketAddress(bucket), key, expiresSeconds: 900, credentials: credentials(), epochMs, query }));
      expect(ours.origin + ours.pathname).toBe(theirs.origin + theirs.pathname);
      expect(Object.fromEntries(ours.searchParams)).toEqual(Object.fromEntries(theirs.searchParams));
    }
  });

  it.each([['of one type', 'application/pdf'], ['of a family of types', 'image/*'], ['of any type', undefined]])('a form for an upload %s', async (_name, type) => {
    environment(variables);
    const key = 'receipts/é 1.pdf';
    const exact = type !== undefined && !type.endsWith('*');
    const theirs = await createPresignedPost(client(), {
      Bucket: bucket, Key: key, Expires: 900,
      Conditions: [['content-length-range', 0, 1024], ...(exact ? [] : [['starts-with', '$Content-Type', type?.slice(0, -1) ?? '']] as const)] as never,
      ...(exact ? { Fields: { 'Content-Type': type } } : {}),
    });
    const ours = presignPost({ bucket, address: bucketAddress(bucket), key, expiresSeconds: 900, credentials: credentials(), epochMs, maxBytes: 1024, ...(type === undefined ? {} : { type }) });
    expect(ours.fields).toEqual(theirs.fields);
    expect(ours.url).toBe(theirs.url);
  });
});

it('says which variable is missing', () => {
  environment({ AWS_ACCESS_KEY_ID: '' });
  expect(() => credentials()).toThrow('AWS_ACCESS_KEY_ID is not set');
  environment({ AWS_ENDPOINT_URL: 'ftp://x' });
  expect(() => bucketAddress('b')).toThrow('ftp://x is no address of a service');
});
