import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificate } from '../support/certificates.js';
import { gatewright, root, scratch, type Run } from '../support/cli.js';
import { served, type ServedProgram } from '../support/served.js';

const folder = scratch();
const at = (name: string): string => join(folder, name);
const authority = certificate({ name: [['CN', 'Authority']], authority: true });
const pairs = { server: certificate({ name: [['CN', 'localhost']], by: authority }), client: certificate({ name: [['CN', 'partner']], by: authority }), stranger: certificate({ name: [['CN', 'partner']] }) };

const body = { type: 'object', required: ['weight'], properties: { weight: { type: 'integer', minimum: 1, maximum: 40 } } };
const document = {
  openapi: '3.1.0', info: { title: 'Parcels', version: '1' },
  'x-gateway': { defaults: { throttle: { rate: 1000, burst: 1000 } }, cors: { origins: ['https://shop.example.com'] }, stages: { dev: { domain: 'api.example.com' } } },
  components: { securitySchemes: { partner: { type: 'mutualTLS', 'x-gateway': { truststore: 's3://trust/store.pem' } } } },
  security: [{ partner: [] }],
  paths: { '/parcels': { post: {
    operationId: 'sendParcel', requestBody: { required: true, content: { 'application/json': { schema: body, example: { weight: 2 } } } },
    responses: { 201: { description: 'Sent.', content: { 'application/json': { schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } } } } },
  } } },
};

/** As API Gateway does: who shows no certificate of the authority does not get past the handshake. What stands behind it is told of one. */
const front = `
const [http, https, fs] = [require('node:http'), require('node:https'), require('node:fs')];
const [folder, target] = process.argv.slice(1);
const read = (name) => fs.readFileSync(folder + '/' + name);
const server = https.createServer({ cert: read('server.pem'), key: read('server.key'), ca: read('authority.pem'), requestCert: true, rejectUnauthorized: true }, (request, response) => {
  const behind = http.request(target + request.url, { method: request.method, headers: { ...request.headers, host: new URL(target).host, 'x-gatewright-client-certificate': 'CN=partner' } }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  request.pipe(behind);
}).listen(0, '127.0.0.1', () => console.log('https://127.0.0.1:' + server.address().port));
`;

const running: ServedProgram[] = [];
const serve = async (...words: readonly string[]): Promise<string> => {
  const program = await served(words);
  running.push(program);
  return program.url;
};

beforeAll(() => {
  writeFileSync(at('openapi.json'), JSON.stringify(document));
  writeFileSync(at('authority.pem'), authority.cert);
  for (const [name, { cert, key }] of Object.entries(pairs)) {
    writeFileSync(at(`${name}.pem`), cert);
    writeFileSync(at(`${name}.key`), key);
  }
  expect(gatewright(['build', at('openapi.json'), '--out', at('out')])).toMatchObject({ code: 0 });
  writeFileSync(at('out/handlers/send-parcel.ts'), "import { sendParcel } from '../generated/contract/send-parcel.js';\nexport const handler = sendParcel(async () => ({ status: 201, body: { id: 'p-1' } }));\n");
});
afterAll(() => { for (const program of running) program.end(); });

const tried = (url: string, ...words: readonly string[]): Run => gatewright(['test', at('openapi.json'), '--out', at('out'), '--url', url, '--format', 'json', ...words], { env: { NODE_EXTRA_CA_CERTS: at('authority.pem') } });
const casesOf = ({ out }: Run): readonly { readonly name: string; readonly promise: string; readonly outcome: string; readonly message?: string }[] =>
  (JSON.parse(out) as { cases: { name: string; promise: string; outcome: string; message?: string }[] }).cases;
const showing = (name: keyof typeof pairs): readonly string[] => ['--client-cert', at(`${name}.pem`), '--client-key', at(`${name}.key`)];
const dev = (...words: readonly string[]): Promise<string> => serve(join(root, 'bin/gatewright.js'), 'dev', at('openapi.json'), '--out', at('out'), '--port', '0', ...words);

describe.each<[string, () => Promise<string>]>([
  ['answers 403', () => dev('--tls-cert', at('server.pem'), '--tls-key', at('server.key'), '--truststore', at('authority.pem'))],
  ['ends the handshake', async () => serve('-e', front, folder, await dev())],
])('a deployment that asks for client certificates, and without one %s', (_, start) => {
  let url = '';
  beforeAll(async () => { url = await start(); });

  it('keeps what is promised to a caller who shows one, and lets nobody else in', () => {
    const run = tried(url, ...showing('client'));
    const cases = casesOf(run);
    expect(cases.filter(({ outcome }) => outcome === 'broken').map(({ message }) => message)).toEqual([]);
    expect([run.code, cases.filter(({ promise, outcome }) => promise === 'callers' && outcome === 'kept').map(({ name }) => name)]).toEqual([0, ['a caller who shows no certificate is refused']]);
    expect(cases.filter(({ promise, outcome }) => promise === 'refuses' && outcome === 'kept').length).toBeGreaterThan(4);
  });

  it('is asked in vain with one that nobody vouches for', () => {
    const run = tried(url, ...showing('stranger'));
    expect([run.code, casesOf(run).filter(({ promise, outcome }) => promise === 'answers' && outcome === 'kept')]).toEqual([1, []]);
  });
});

it('is said to be needed, where none is named', async () => {
  const run = tried(await dev('--tls-cert', at('server.pem'), '--tls-key', at('server.key'), '--truststore', at('authority.pem')));
  expect(run.code).toBe(1);
  expect(casesOf(run).filter(({ promise }) => promise === 'callers').map(({ name }) => name)).toEqual(['a caller who shows no certificate is refused']);
  expect(casesOf(run).find(({ promise, outcome }) => promise === 'answers' && outcome === 'broken')?.message).toMatch(/`partner` asks for a client certificate: name one with `--client-cert` and `--client-key`\./);
});

it('finds that a deployment which lets in everybody breaks its promise', async () => {
  const open = await serve('-e', front.replace('rejectUnauthorized: true', 'rejectUnauthorized: false'), folder, await dev());
  const run = tried(open, ...showing('client'));
  expect([run.code, casesOf(run).filter(({ outcome }) => outcome === 'broken').map(({ name }) => name)]).toEqual([1, ['a caller who shows no certificate is refused']]);
});

it.each<[string, string, readonly string[], RegExp]>([
  ['a certificate without its key', 'https://localhost:1', ['--client-cert', at('client.pem')], /`--client-cert` and `--client-key` go together/],
  ['the key of another one', 'https://localhost:1', ['--client-cert', at('client.pem'), '--client-key', at('server.key')], /`--client-key .*` is no PEM file of the private key of that certificate: it is the key of another one/],
  ['an address without TLS', 'http://localhost:1', ['--client-cert', at('client.pem'), '--client-key', at('client.key')], /`--client-cert` is shown over TLS: say where, with `--url https:/],
])('%s is told', (_, url, words, said) => {
  const run = tried(url, ...words);
  expect([run.code, run.err]).toEqual([2, expect.stringMatching(said)]);
});
