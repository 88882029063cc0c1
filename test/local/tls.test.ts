import { request } from 'node:https';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificate, type Certificate } from '../support/certificates.js';
import { serve, type Served } from './support.js';

const authority = certificate({ name: [['CN', 'Warehouse authority']], authority: true });
const stranger = certificate({ name: [['CN', 'Warehouse authority']], authority: true });
const server = certificate({ name: [['CN', 'localhost']], by: authority });
const right = certificate({ name: [['O', 'Shelves, Ltd'], ['CN', 'warehouse']], by: authority });

const responses = { 200: { description: 'Fine.', content: { 'application/json': { schema: { type: 'object' } } } } };
const document = (protocol: 'rest' | 'http', truststore = true): object => ({
  openapi: '3.1.0', info: { title: 'Certified', version: '1' }, 'x-gateway': { protocol, defaults: { throttle: { rate: 1000, burst: 1000 } }, stages: { dev: { domain: 'api.example.com' } } },
  components: { securitySchemes: { certified: { type: 'mutualTLS', 'x-gateway': { truststore: 's3://trust/store.pem' } } } },
  paths: { '/certified': { get: { operationId: 'certified', security: truststore ? [{ certified: [] }] : [], 'x-gateway': { integration: { function: { payload: 'raw' } } }, responses } } },
});
const handlers = { certified: "import { certified } from '../generated/contract/certified.js';\nexport const handler = certified(async (event: any) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event.requestContext.identity?.clientCert ?? event.requestContext.authentication?.clientCert ?? {}) }));\n" };

interface Answer { readonly status: number; readonly body: Record<string, unknown> }

/** Asks in a connection of its own, unless one is handed in. */
const ask = (url: string, own?: Pick<Certificate, 'cert' | 'key'>, path = '/certified', headers: Readonly<Record<string, string>> = {}): Promise<Answer> => new Promise((resolve, reject) => {
  const sent = request(`${url}${path}`, { agent: false, ca: authority.cert, ...(own ? { cert: own.cert, key: own.key } : {}), headers }, (response) => {
    let text = '';
    response.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> }));
  });
  sent.on('error', reject);
  sent.end();
});

describe.each(['rest', 'http'] as const)('client certificates of a %s API, over TLS', (protocol) => {
  let served: Served;
  beforeAll(async () => { served = await serve(document(protocol), handlers, {}, { tls: { cert: server.cert, key: server.key, truststore: authority.cert } }); });
  afterAll(() => served.close());

  it('let in whom an authority of the truststore vouches for, and the function is told all of it', async () => {
    expect(served.url).toMatch(/^https:/);
    const { status, body } = await ask(served.url, right);
    expect([status, body]).toEqual([200, {
      subjectDN: 'CN=warehouse,O=Shelves\\, Ltd', issuerDN: 'CN=Warehouse authority', serialNumber: expect.stringMatching(/^[0-9a-f]{2}(?::[0-9a-f]{2})+$/), clientCertPem: right.cert,
      validity: { notBefore: expect.stringMatching(/ GMT$/), notAfter: expect.stringMatching(/ GMT$/) },
    }]);
  });

  it.each<[string, Pick<Certificate, 'cert' | 'key'> | undefined, RegExp]>([
    ['no certificate', undefined, /showed no certificate/],
    ['one of another authority with the same name', certificate({ name: [['CN', 'warehouse']], by: stranger }), /CN=warehouse is not trusted: CERT_SIGNATURE_FAILURE/],
    ['one that is over', certificate({ name: [['CN', 'warehouse']], by: authority, from: -3, until: -1 }), /not trusted: CERT_HAS_EXPIRED/],
    ['one that is to come', certificate({ name: [['CN', 'warehouse']], by: authority, from: 1, until: 3 }), /not trusted: CERT_NOT_YET_VALID/],
    ['one that vouches for itself', certificate({ name: [['CN', 'warehouse']] }), /not trusted: DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['one issued by somebody who may not issue', certificate({ name: [['CN', 'other']], by: right }), /not trusted: /],
  ])('keep out whoever shows %s, and tell the developer why', async (_, own, why) => {
    const { status, body } = await ask(served.url, own);
    expect([status, JSON.stringify(body)]).toEqual([403, expect.stringMatching(/Forbidden/)]);
    expect(served.log.at(-1)?.note).toMatch(why);
  });

  it('take no stand-in for one', async () => {
    expect((await ask(served.url, undefined, '/certified', { 'x-gatewright-client-certificate': 'CN=warehouse' })).status).toBe(403);
  });

  it('keep out a session that is resumed and in which none was ever shown', async () => {
    const options: ConnectionOptions = { host: '127.0.0.1', port: Number(new URL(served.url).port), ca: authority.cert, servername: 'localhost' };
    const once = (session?: Buffer): Promise<{ readonly answer: string; readonly resumed: boolean; readonly session: Buffer }> => new Promise((resolve, reject) => {
      let [answer, kept, resumed] = ['', Buffer.alloc(0), false];
      const socket: TLSSocket = connect({ ...options, ...(session ? { session } : {}) }, () => {
        resumed = socket.isSessionReused();
        socket.write('GET /certified HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      });
      socket.on('session', (next) => { kept = next; });
      socket.on('data', (chunk: Buffer) => { answer += chunk.toString(); });
      socket.on('close', () => resolve({ answer, resumed, session: kept }));
      socket.on('error', reject);
    });
    const first = await once();
    const second = await once(first.session);
    expect([first.resumed, second.resumed]).toEqual([false, true]);
    expect([first.answer, second.answer]).toEqual([expect.stringMatching(/^HTTP\/1\.1 403 /), expect.stringMatching(/^HTTP\/1\.1 403 /)]);
  });

  it('are asked of nobody who looks at the gateway itself, from its own page alone', async () => {
    const { status, body } = await ask(served.url, undefined, '/_gatewright/state', { origin: new URL(served.url).origin });
    expect([status, body['approximations']]).toEqual([200, expect.arrayContaining([expect.stringMatching(/^a caller who shows no client certificate is answered 403/)])]);
    expect((await ask(served.url, undefined, '/_gatewright/state', { origin: served.url.replace('https', 'http') })).status).toBe(403);
  });
});

it('serves over TLS what asks nobody for a certificate, and old versions of TLS are not spoken', async () => {
  const served = await serve(document('http', false), handlers, {}, { tls: { cert: server.cert, key: server.key } });
  expect(await ask(served.url)).toEqual({ status: 200, body: {} });
  await expect(new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(served.url).port), ca: authority.cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, () => resolve(socket.getProtocol()));
    socket.on('error', reject);
  })).rejects.toThrow(/protocol version|wrong version|alert/i);
  await served.close();
});
