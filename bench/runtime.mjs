import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { median, root, run, scratch } from './support.mjs';

const standalone = standaloneModule.default ?? standaloneModule;

/** One ordinary function, `POST /claims`, beside what a careful developer would write by hand. */
const measure = async (quick) => {
  const out = scratch();
  run([join(root, 'bin', 'gatewright.js'), 'build', join(root, 'specs', 'claims', 'openapi.yaml'), '--out', out]);
  writeFileSync(join(out, 'handlers', 'file-claim.ts'), "import { fileClaim } from '../generated/contract/file-claim.js';\nexport const handler = fileClaim(async ({ body }) => ({ status: 201, body: { ...body, claimId: '0192d1b2-7c3e-7b7a-9b64-000000000001', state: 'filed' } }));\n");
  const ours = await bundle(join(out, 'generated', 'entry', 'file-claim.ts'), join(out, 'ours.mjs'));
  const floor = await handWritten(out);
  const empty = join(out, 'empty.mjs');
  writeFileSync(empty, 'export {};\n');
  const [cost, reference] = await requests(ours, floor, quick ? 3 : 15);
  const [warm, cold] = [empty, ours].map((path) => median(Array.from({ length: quick ? 5 : 25 }, () => importTime(path))));
  return [
    ['a request through a generated entry, with validation', `${cost.toFixed(1)} µs`, `a hand-written handler around ajv's standalone validator: ${reference.toFixed(1)} µs`, `${(cost / reference).toFixed(2)}×`],
    ['the function of one operation, bundled and minified', `${(statSync(ours).size / 1024).toFixed(1)} KB`, `the hand-written one: ${(statSync(floor).size / 1024).toFixed(1)} KB`, `+${((statSync(ours).size - statSync(floor).size) / 1024).toFixed(1)} KB`],
    ['its cold import', `${cold.toFixed(1)} ms`, `an empty module: ${warm.toFixed(1)} ms`, `+${(cold - warm).toFixed(1)} ms`],
  ];
};

const bundle = async (entry, outfile) => {
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' });
  return outfile;
};

/**
 * What a careful developer writes for this one operation: who calls, the media type, the size, the header, the body by
 * ajv's own validator printed ahead of time, and an answer with the id of the request. Nothing general.
 */
const handWritten = async (out) => {
  const folder = join(out, 'by-hand');
  mkdirSync(folder);
  const { components } = load(readFileSync(join(root, 'specs', 'claims', 'openapi.yaml'), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, code: { source: true, esm: true } });
  writeFileSync(join(folder, 'validate.js'), standalone(ajv, ajv.compile(components.schemas.NewClaim)));
  cpSync(join(root, 'node_modules', 'ajv'), join(folder, 'node_modules', 'ajv'), { recursive: true });
  writeFileSync(join(folder, 'handler.js'), `import validate from './validate.js';
const answer = (statusCode, type, body, requestId) => ({ statusCode, headers: { 'content-type': type, 'x-request-id': requestId }, body: JSON.stringify(body), isBase64Encoded: false });
const problem = (status, title, requestId, errors) => answer(status, 'application/problem+json', { type: 'about:blank', title, status, requestId, errors }, requestId);
const fileClaim = async ({ body }) => ({ ...body, claimId: '0192d1b2-7c3e-7b7a-9b64-000000000001', state: 'filed' });
export const handler = async (event) => {
  const headers = Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const requestId = headers['x-request-id'] ?? event.requestContext.requestId;
  try {
    const { claims, scopes } = event.requestContext.authorizer?.jwt ?? {};
    if (!claims) return problem(401, 'Unauthorized', requestId);
    if (!scopes?.includes('claims')) return problem(403, 'Forbidden', requestId);
    const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body ?? '';
    if (Buffer.byteLength(text) > 262144) return problem(413, 'Content Too Large', requestId);
    if ((headers['content-type'] ?? '').split(';')[0].trim().toLowerCase() !== 'application/json') return problem(415, 'Unsupported Media Type', requestId);
    const key = headers['idempotency-key'];
    if (key === undefined || key.length > 64) return problem(400, 'Bad Request', requestId, [{ in: 'header', name: 'idempotency-key' }]);
    let body;
    try { body = JSON.parse(text); } catch { return problem(400, 'Bad Request', requestId, [{ in: 'body' }]); }
    if (!validate(body)) return problem(400, 'Bad Request', requestId, validate.errors);
    return answer(201, 'application/json', await fileClaim({ body, auth: { principalId: claims.sub, scopes, claims } }), requestId);
  } catch (error) {
    console.error(error);
    return problem(500, 'Internal Server Error', requestId);
  }
};
`);
  return bundle(join(folder, 'handler.js'), join(out, 'floor.mjs'));
};

const event = {
  version: '2.0', routeKey: 'POST /claims', rawPath: '/prod/claims', rawQueryString: '',
  headers: { 'content-type': 'application/json', 'idempotency-key': '0123456789', 'user-agent': 'bench', host: 'localhost', 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' },
  requestContext: { http: { method: 'POST', path: '/prod/claims', sourceIp: '127.0.0.1', userAgent: 'bench' }, requestId: 'r', stage: 'prod', domainName: 'd', timeEpoch: 1_700_000_000_000, authorizer: { jwt: { claims: { sub: 'u', scope: 'claims' }, scopes: ['claims'] } } },
  body: JSON.stringify({ policyNumber: 'AB12345678', amount: 12_000, note: 'a window was broken' }), isBase64Encoded: false,
};

/** Microseconds a request, the two in turn. */
const requests = async (ours, floor, rounds) => {
  const handlers = await Promise.all([ours, floor].map(async (path) => (await import(pathToFileURL(path).href)).handler));
  for (const handler of handlers) {
    const { statusCode } = await handler(event);
    if (statusCode !== 201) throw new Error(`A benchmark that answers ${statusCode} measures nothing.`);
  }
  const times = handlers.map(() => []);
  const batch = 5000;
  for (let round = 0; round <= rounds; round++) {
    for (const [index, handler] of handlers.entries()) {
      const started = performance.now();
      for (let call = 0; call < batch; call++) await handler(event);
      if (round > 0) times[index].push(((performance.now() - started) * 1000) / batch);
    }
  }
  return times.map(median);
};

const importTime = (path) => Number(spawnSync(process.execPath, ['--input-type=module', '-e', `const started = performance.now(); await import(${JSON.stringify(pathToFileURL(path).href)}); console.log(performance.now() - started);`], { encoding: 'utf8' }).stdout);

export const runtime = { name: 'runtime', measure };
