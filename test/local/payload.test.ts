import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { document, handler } from '../support/payload-cases.js';
import { serve, type Served } from './support.js';

const authorizer = `import { authorizer } from '../generated/contract/authorizers/check.js';
export const handler = authorizer(() => ({ allow: true, principalId: "o'neil", scopes: ['a', 'b'], claims: { tenant: 't' } }));
`;

describe('the local gateway hands a payload to the function as the target does', () => {
  let served: readonly Served[];
  beforeAll(async () => {
    served = await Promise.all(['normalised', 'gateway'].map((payload) => serve(load(document(payload)) as object, { 'put-user': handler }, {}, {}, { 'authorizers/check.ts': authorizer })));
  }, 120_000);
  afterAll(async () => { await Promise.all((served ?? []).map((each) => each.close())); });

  const headers = { authorization: 'Bearer x', 'content-type': 'application/json', 'x-request-id': 'mine', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' };
  const same = (text: string): unknown => (text === '' ? '' : JSON.parse(text, (key, value: unknown) => (['receivedAt', 'x-amzn-trace-id', 'host', 'domain'].includes(key) ? '' : key === 'instance' ? decodeURIComponent(String(value)) : value)));
  const answers = async (path: string, more: object = {}, body = '{"name":"A\\"n"}') =>
    Promise.all(served.map(async ({ ask }) => {
      const { status, headers: told, body: text } = await ask('PUT', path, { ...headers, 'content-length': String(Buffer.byteLength(body)), ...more }, body);
      return { status, headers: Object.fromEntries(['content-type', 'etag', 'set-cookie', 'x-request-id', 'x-served'].map((name) => [name, String(told[name])])), body: same(text) };
    }));

  it.each<[string, number, string, object?, string?]>([
    ['all that is declared', 200, '/users/o%27neil%20%2B/1,2?limit=3&ratio=0.5&flag=true&size=&tags=a,b&pipes=1|2&spaces=true%20false', { 'x-tenant': '{"a":1}', 'x-rank': '3', 'x-list': '1, 2', cookie: 'sid="a%20b"; seen=4', 'x-internal-a': '1', 'x-by': 'somebody else' }],
    ['defaults', 200, '/users/a/1'],
    ['what is not of its type', 400, '/users/a/x,2?limit=many&ratio=1e400&flag=yes&pipes=1|b', { 'x-rank': 'a', 'x-list': '1,b', cookie: 'sid=%zz; seen=b' }],
    ['a body that is not what it should be', 400, '/users/a/1', {}, '{"name":1}'],
    ['null for a body', 400, '/users/a/1', {}, 'null'],
    ['an answer without a body', 204, '/users/none/1'],
    ['an error that is mapped', 404, '/users/gone/1'],
    ['an error that nobody foresaw', 500, '/users/bad/1'],
  ])('%s', async (_, status, path, more = {}, body = undefined) => {
    const [proxied, handed] = await answers(path, more, body);
    expect(proxied?.status).toBe(status);
    expect(handed).toEqual(proxied);
    expect(JSON.stringify(handed)).not.toContain('hunter2');
  });
  it('a body that is not there, and has no type', async () => {
    const { 'content-type': _, ...bare } = headers;
    const told = await Promise.all(served.map(({ ask }) => ask('PUT', '/users/a/1', bare)));
    expect(told.map(({ status, body }) => [status, (JSON.parse(body) as { body: unknown }).body])).toEqual([[200, null], [200, null]]);
  });
  it('another media type reaches nobody', async () => expect((await answers('/users/a/1', { 'content-type': 'text/plain' })).map(({ status }) => status)).toEqual([415, 415]));
});
