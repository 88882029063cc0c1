import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Answer, type Served } from './support.js';

const json = { 'content-type': 'application/json' };
const ok = { 200: { description: 'Fine.', content: { 'application/json': { schema: { type: 'object' } } } } };
const schemes = {
  user: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://id.example.com/token', scopes: { read: 'Read', write: 'Write' } } }, 'x-gateway': { issuer: 'https://id.example.com/', audience: ['shop'], algorithms: ['RS256'], clockSkew: '5s' } },
  own: { type: 'http', scheme: 'bearer', 'x-gateway': { function: 'ownCheck', identity: ['$request.header.Authorization'], cacheTtl: '60s' } },
  looked: { type: 'http', scheme: 'bearer', 'x-gateway': { introspection: 'https://id.example.com/introspect', credentials: 'looked-up', cacheTtl: '30s' } },
  signed: { type: 'http', scheme: 'aws4-hmac-sha256', 'x-gateway': { iam: true } },
};
const operation = (operationId: string, security: object[]): object => ({ get: { operationId, security, responses: ok } });
const document = (protocol: 'rest' | 'http'): object => ({
  openapi: '3.1.0', info: { title: 'Callers', version: '1' },
  'x-gateway': { protocol, defaults: { throttle: { rate: 1000, burst: 1000 } }, stages: { dev: {} } },
  components: { securitySchemes: schemes },
  paths: {
    '/token': operation('token', [{ user: ['read'] }]), '/own': operation('own', [{ own: [] }]), '/looked': operation('looked', [{ looked: [] }]),
    '/either': operation('either', [{ user: ['write'] }, { own: [] }]), '/signed/{id}': { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } }], ...operation('signed', [{ signed: [] }]) },
  },
});
const echo = (name: string): string => `import { ${name} } from '../generated/contract/${name}.js';\nexport const handler = ${name}(async ({ auth }) => ({ status: 200, body: { auth } }));\n`;
const handlers = Object.fromEntries(['token', 'own', 'looked', 'either', 'signed'].map((name) => [name, echo(name)]));
const ownCheck = `import { authorizer } from '../generated/contract/authorizers/own-check.js';
let calls = 0;
export const handler = authorizer(async ({ credential }) => {
  calls += 1;
  if (credential === 'broken') throw new Error('out of order');
  return credential?.startsWith('good') ? { allow: true, principalId: credential, claims: { calls } } : { allow: false };
});
`;

describe.each(['rest', 'http'] as const)('callers of a %s API', (protocol) => {
  let served: Served;
  const rest = protocol === 'rest';
  beforeAll(async () => { served = await serve(document(protocol), handlers, {}, { test: true }, { 'authorizers/own-check.ts': ownCheck }); });
  afterAll(() => served.close());
  const mint = async (asked: object): Promise<string> => (JSON.parse((await served.ask('POST', '/_gatewright/token', json, JSON.stringify({ scheme: 'user', scopes: ['read'], ...asked }))).body) as { token: string }).token;
  const by = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
  const authOf = ({ body }: Answer): { principalId: string; scopes: string[]; claims: Record<string, unknown> } => (JSON.parse(body) as { auth: never }).auth;

  it('are let in with a token, and the function is told who they are', async () => {
    const answer = await served.ask('GET', '/token', by(await mint({ sub: 'user-1', claims: { tenant: 't' } })));
    expect([answer.status, authOf(answer)]).toMatchObject([200, { principalId: 'user-1', scopes: ['read'], claims: { tenant: 't' } }]);
  });

  it.each<[string, object]>([
    ['nothing', {}], ['no signature', { broken: 'none' }], ['a broken signature', { broken: 'signature' }], ['a shared secret', { broken: 'algorithm' }],
    ['the public key as a shared secret', { broken: 'confusion' }], ['an unknown key', { broken: 'key' }], ['another kind of token', { broken: 'type' }], ['critical headers', { broken: 'critical' }],
    ['no expiry', { broken: 'expiry' }], ['garbage', { broken: 'garbage' }], ['another issuer', { issuer: 'https://evil.example/' }], ['another audience', { audience: 'bank' }],
    ['an expiry that is over', { expiresIn: -6 }], ['a beginning that is to come', { notBefore: 60 }],
  ])('are refused with %s, all in the same words', async (name, asked) => {
    const answer = await served.ask('GET', '/token', name === 'nothing' ? {} : by(await mint(asked)));
    const { requestId: _, instance: __, ...body } = JSON.parse(answer.body) as Record<string, unknown>;
    expect([answer.status, body]).toMatchObject([401, rest ? { status: 401, title: 'Unauthorized', detail: 'Credentials are missing or not valid.' } : { message: 'Unauthorized' }]);
    expect(answer.headers['www-authenticate']).toBe(rest ? undefined : name === 'nothing' ? 'Bearer' : 'Bearer error="invalid_token"');
  });

  it('are let in for a moment after the end, as the document tolerates, and not after it', async () => {
    await served.ask('POST', '/_gatewright/clock', json, '{"hold":true}');
    const token = await mint({ expiresIn: 10 });
    expect((await served.ask('GET', '/token', { ...by(token), 'x-gatewright-advance': '14s' })).status).toBe(200);
    await served.ask('POST', '/_gatewright/clock', json, '{"advance":"2m"}');
    expect((await served.ask('GET', '/token', by(token))).status).toBe(401);
    await served.ask('POST', '/_gatewright/reset', json, '{}');
  });

  it('are forbidden what their scopes do not cover', async () => {
    const answer = await served.ask('GET', '/token', by(await mint({ scopes: ['write'] })));
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([403, rest ? undefined : 'Bearer error="insufficient_scope" scope="read"']);
  });

  it('are asked for by a function of the developer, whose verdict is remembered', async () => {
    const first = await served.ask('GET', '/own', by('good one'));
    expect((await served.ask('GET', '/own', by('good1'))).status).toBe(200);
    const [before, after] = [authOf(await served.ask('GET', '/own', by('good1'))).claims['calls'], authOf(await served.ask('GET', '/own', { ...by('good1'), 'x-gatewright-advance': '61s' })).claims['calls']];
    expect([first.status, after]).toEqual([200, (before as number) + 1]);
    expect((await served.ask('GET', '/own', by('bad'))).status).toBe(403);
    expect((await served.ask('GET', '/own')).status).toBe(401);
  });

  it('are refused when that function fails', async () => {
    expect((await served.ask('GET', '/own', by('broken'))).status).toBe(403);
  });

  it('are looked up, at the local issuer', async () => {
    expect((await served.ask('GET', '/looked', by(await mint({ scheme: 'looked', sub: 'x' })))).status).toBe(200);
    expect((await served.ask('GET', '/looked', by(await mint({ sub: 'x' })))).status).toBe(401);
  });

  it('are let in by either of two schemes, and by each with its own scopes', async () => {
    expect((await served.ask('GET', '/either', by(await mint({ scopes: ['write'] })))).status).toBe(200);
    expect((await served.ask('GET', '/either', by(await mint({ scopes: ['read'] })))).status).toBe(403);
    expect(authOf(await served.ask('GET', '/either', by('good2'))).principalId).toBe('good2');
    expect((await served.ask('GET', '/either', by('bad'))).status).toBe(401);
  });

  it('sign their requests, with the local credentials, for a few minutes', async () => {
    const { accessKeyId, secretAccessKey } = served.credentials;
    const now = Date.now();
    const ask = async (at: number, secret = secretAccessKey, path = '/signed/a%20b?z=1&a=%2F'): Promise<number> => (await served.ask('GET', path, sign('/signed/a%20b', 'a=%2F&z=1', new URL(served.url).host, at, accessKeyId, secret))).status;
    expect(await ask(now)).toBe(200);
    expect([await ask(now - 3_600_000), await ask(now, 'x'), await ask(now, secretAccessKey, '/signed/other')]).toEqual([403, 403, 403]);
    expect((await served.ask('GET', '/signed/a')).status).toBe(rest ? 404 : 404);
  });
});

describe('callers with certificates', () => {
  it('show one, by its stand-in', async () => {
    const served = await serve({
      openapi: '3.1.0', info: { title: 'Certified', version: '1' }, 'x-gateway': { protocol: 'http', defaults: { throttle: { rate: 1000, burst: 1000 } }, stages: { dev: { domain: 'api.example.com' } } },
      components: { securitySchemes: { certified: { type: 'mutualTLS', 'x-gateway': { truststore: 's3://trust/store.pem' } } } }, paths: { '/certified': operation('certified', [{ certified: [] }]) },
    }, { certified: echo('certified') });
    expect((await served.ask('GET', '/certified')).status).toBe(403);
    const answer = await served.ask('GET', '/certified', { 'x-gatewright-client-certificate': 'CN=warehouse' });
    expect(JSON.parse(answer.body)).toMatchObject({ auth: { principalId: 'CN=warehouse' } });
    await served.close();
  });
});

/** Signature Version 4, written down anew from its specification. */
const sign = (path: string, sortedQuery: string, host: string, at: number, key: string, secret: string): Record<string, string> => {
  const moment = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${moment.slice(0, 8)}/eu-west-1/execute-api/aws4_request`;
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (by: string | Buffer, text: string): Buffer => createHmac('sha256', by).update(text).digest();
  const canonical = `GET\n${path.replaceAll('%', '%25')}\n${sortedQuery}\nhost:${host}\nx-amz-date:${moment}\n\nhost;x-amz-date\n${hash('')}`;
  const signing = scope.split('/').reduce<string | Buffer>((by, part) => hmac(by, part), `AWS4${secret}`);
  const signature = hmac(signing, `AWS4-HMAC-SHA256\n${moment}\n${scope}\n${hash(canonical)}`).toString('hex');
  return { host, 'x-amz-date': moment, authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}` };
};
