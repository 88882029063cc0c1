import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../src/ir/index.js';
import { serve, type Served } from '../local/support.js';
import { specs } from '../support/cli.js';
import { compileSpec } from '../support/compile.js';
import { hasMoto, startMoto, type Moto } from '../support/moto.js';
import { play, type Asked } from '../support/played.js';
import { hasVelocity } from '../support/velocity.js';

const available = hasVelocity && hasMoto;
if (!available) console.warn('LEFT OUT: Apache Velocity or moto is not here, and no action of another service was taken by one');

const region = 'eu-west-1';
const body = (value: object): string => JSON.stringify(value);

/** Both ways to the same services: the templates that are deployed, and the local gateway. */
describe.runIf(available)('actions of other services, taken by an emulated account', () => {
  let moto: Moto;
  let api: Api;
  let local: Served;
  let before: NodeJS.ProcessEnv;
  const raw = (service: string, headers: Readonly<Record<string, string>>, text: string) =>
    fetch(moto.url, { method: 'POST', headers: { Authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`, ...headers }, body: text }).then((response) => response.text());
  const form = (fields: Readonly<Record<string, string>>) => raw('email', { 'Content-Type': 'application/x-www-form-urlencoded' }, new URLSearchParams({ Version: '2010-12-01', ...fields }).toString());
  const sent = async (): Promise<number> => Number(/<SentLast24Hours>([\d.]+)</.exec(await form({ Action: 'GetSendQuota' }))?.[1]);
  const buckets = () => new S3Client({ endpoint: moto.url, region, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' }, forcePathStyle: true });
  const isThere = (key: string): Promise<boolean> => buckets().send(new HeadObjectCommand({ Bucket: 'front-desk-forms', Key: key })).then(() => true, () => false);
  const ways: Readonly<Record<string, (asked: Asked & { readonly method: string; readonly to: string }) => Promise<{ readonly status: number; readonly text: string }>>> = {
    'by the templates': async (asked) => (await play(api, moto)([asked]))[0] as { status: number; text: string },
    'by the local gateway': async ({ method, to, body: text }) => {
      const answer = await local.ask(method, to, text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }, text);
      return { status: answer.status, text: answer.body };
    },
  };

  beforeAll(async () => {
    moto = await startMoto();
    before = { ...process.env };
    Object.assign(process.env, moto.environment);
    api = (await compileSpec('service')).api as Api;
    local = await serve({ ...(load(readFileSync(join(specs, 'service/openapi.yaml'), 'utf8')) as object), security: [] }, {});
    for (const [name, value] of [['open', `it's "open" & 100 % #1 $x`], ["o'clock", 'é🙂']] as const) await raw('ssm', { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AmazonSSM.PutParameter' }, body({ Name: `/notices/${name}`, Value: value, Type: 'String' }));
    await form({ Action: 'VerifyEmailIdentity', EmailAddress: 'desk@example.com' });
    await buckets().send(new CreateBucketCommand({ Bucket: 'front-desk-forms', CreateBucketConfiguration: { LocationConstraint: region } }));
  }, 120_000);
  afterAll(async () => {
    await local?.close();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    moto?.stop();
  });

  describe.each(Object.keys(ways))('%s', (way) => {
    const ask = (operation: string, method: string, to: string, more: Partial<Asked> = {}) => (ways[way] as (typeof ways)[string])({ operation, method, to, ...more });

    it('by JSON: what is there is read, what is not is a 404', async () => {
      const notice = (name: string) => ask('readNotice', 'GET', `/notices/${encodeURIComponent(name)}`, { path: { name: encodeURIComponent(name) } });
      expect(await notice('open').then(({ status, text }) => [status, JSON.parse(text)])).toEqual([200, { text: `it's "open" & 100 % #1 $x`, version: 1 }]);
      expect(await notice("o'clock").then(({ status, text }) => [status, JSON.parse(text)])).toEqual([200, { text: 'é🙂', version: 1 }]);
      expect(await notice('none').then(({ status, text }) => [status, JSON.parse(text)])).toMatchObject([404, { status: 404 }]);
    });
    it('by a form: what is sent arrives, and what is refused tells nothing', async () => {
      const count = await sent();
      expect(await ask('sendMessage', 'POST', '/messages', { body: body({ to: 'ann@example.com', subject: 'a&b=c', text: "it's é 100 % + more" }) })).toMatchObject({ status: 204, text: '' });
      expect(await sent()).toBe(count + 1);
      const refused = await ask('sendMessage', 'POST', '/messages', { body: body({ to: 'no address', text: 'x' }) });
      expect([refused.status >= 400, refused.text.includes('no address')]).toEqual([true, false]);
    });
    it('by method and path: the one object is deleted', async () => {
      for (const key of ['a b+c', 'kept']) await buckets().send(new PutObjectCommand({ Bucket: 'front-desk-forms', Key: key, Body: 'x' }));
      expect(await ask('removeForm', 'DELETE', `/forms/${encodeURIComponent('a b+c')}`, { path: { name: encodeURIComponent('a b+c') } })).toMatchObject({ status: 204 });
      expect([await isThere('a b+c'), await isThere('kept')]).toEqual([false, true]);
    });
  });
});
