import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { packages, peers } from './runtime-peers.mjs';
import { install, median, root, run, scratch } from './support.mjs';

const standalone = standaloneModule.default ?? standaloneModule;
const specification = join(root, 'specs', 'claims', 'openapi.yaml');

/** One ordinary function, `POST /claims`, beside what a careful developer would write by hand, and what libraries make of it. */
const measure = async (quick) => {
  const bundles = [await generated(), ...await others()];
  const [good, bad] = [await requests(bundles, event, 201, quick ? 3 : 15), await requests(bundles, { ...event, body: JSON.stringify({ policyNumber: 'AB12345678', amount: 0, note: 7 }) }, 400, quick ? 3 : 15)];
  const empty = join(scratch(), 'empty.mjs');
  writeFileSync(empty, 'export const handler = () => {};\n');
  const [floor, ...first] = firstRequests([empty, ...bundles.map(({ path }) => path)], quick ? 3 : 15);
  const size = ({ path }) => statSync(path).size / 1024;
  const [ours, ...theirs] = bundles;
  return [
    ...theirs.map(({ name }, index) => ['a request through a generated entry; one that is refused', `${micro(good[0])}; ${micro(bad[0])}`, `${name}: ${micro(good[index + 1])}; ${micro(bad[index + 1])}`, `${ratio(good[0], good[index + 1])}; ${ratio(bad[0], bad[index + 1])}`]),
    ...theirs.map((other, index) => ['its function, minified; import and first request, beyond an empty one', `${size(ours).toFixed(1)} KB; ${(first[0] - floor).toFixed(1)} ms`, `${other.name}: ${size(other).toFixed(1)} KB; ${(first[index + 1] - floor).toFixed(1)} ms`, ratio(size(ours), size(other))]),
  ];
};

const micro = (value) => `${value.toFixed(1)} µs`;
const ratio = (ours, other) => `${(ours / other).toFixed(2)}×`;

const generated = async () => {
  const out = scratch();
  run([join(root, 'bin', 'gatewright.js'), 'build', specification, '--out', out]);
  writeFileSync(join(out, 'handlers', 'file-claim.ts'), "import { fileClaim } from '../generated/contract/file-claim.js';\nexport const handler = fileClaim(async ({ body }) => ({ status: 201, body: { ...body, claimId: '0192d1b2-7c3e-7b7a-9b64-000000000001', state: 'filed' } }));\n");
  return { name: 'gatewright', path: await bundle(join(out, 'generated', 'entry', 'file-claim.ts')) };
};

/** Where no registry is reached, those that need none: ajv is here. */
const others = async () => {
  const folder = scratch();
  const there = install(folder, packages) !== undefined;
  const document = load(readFileSync(specification, 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, code: { source: true, esm: true } });
  const { NewClaim } = document.components.schemas;
  writeFileSync(join(folder, 'validate.js'), standalone(ajv, ajv.compile(NewClaim)));
  const headers = { type: 'object', required: ['idempotency-key'], properties: { 'idempotency-key': { type: 'string', maxLength: 64 } } };
  writeFileSync(join(folder, 'validate-event.js'), standalone(ajv, ajv.compile({ type: 'object', required: ['headers', 'body'], properties: { headers, body: NewClaim } })));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
  return Promise.all(peers.filter(({ alone }) => alone || there).map(async ({ name, source }, index) => {
    const entry = join(folder, `peer-${index}.mjs`);
    writeFileSync(entry, source);
    return { name, path: await bundle(entry) };
  }));
};

/** As a deployment would do it. What a library requires by name is found beside the product, if not beside the library. */
const bundle = async (entry) => {
  const outfile = `${entry}.bundle.mjs`;
  await build({
    entryPoints: [entry], outfile, bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error', nodePaths: [join(root, 'node_modules')],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
};

/** As an HTTP API sends it. */
const event = {
  version: '2.0', routeKey: 'POST /claims', rawPath: '/prod/claims', rawQueryString: '',
  headers: { 'content-type': 'application/json', 'idempotency-key': '0123456789', 'user-agent': 'bench', host: 'localhost', 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' },
  requestContext: {
    accountId: '123456789012', apiId: 'api', domainName: 'd', domainPrefix: 'd', stage: 'prod', requestId: 'r', routeKey: 'POST /claims', time: '14/Nov/2023:22:13:20 +0000', timeEpoch: 1_700_000_000_000,
    http: { method: 'POST', path: '/prod/claims', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
    authorizer: { jwt: { claims: { sub: 'u', scope: 'claims' }, scopes: ['claims'] } },
  },
  body: JSON.stringify({ policyNumber: 'AB12345678', amount: 12_000, note: 'a window was broken' }), isBase64Encoded: false,
};

/** Microseconds a request of each, in turn. */
const requests = async (bundles, given, status, rounds) => {
  const handlers = await Promise.all(bundles.map(async ({ path }) => (await import(pathToFileURL(path).href)).handler));
  // Some change the event that they are given.
  const send = (handler) => handler({ ...given, headers: { ...given.headers } }, {});
  for (const [index, handler] of handlers.entries()) {
    const { statusCode } = await send(handler);
    if (statusCode !== status) throw new Error(`${bundles[index].name} answers ${statusCode}, not ${status}: that measures nothing.`);
  }
  const times = handlers.map(() => []);
  const batch = 2000;
  for (let round = 0; round <= rounds; round++) {
    for (const [index, handler] of handlers.entries()) {
      const started = performance.now();
      for (let call = 0; call < batch; call++) await send(handler);
      if (round > 0) times[index].push(((performance.now() - started) * 1000) / batch);
    }
  }
  return times.map(median);
};

/** Milliseconds until a new process has answered once, from where it begins to import, in turn. */
const firstRequests = (paths, rounds) => {
  const times = paths.map(() => []);
  for (let round = 0; round < rounds; round++) paths.forEach((path, index) => times[index].push(firstRequest(path)));
  return times.map(median);
};

const firstRequest = (path) => Number(spawnSync(process.execPath, ['--input-type=module', '-e', `const started = performance.now(); const { handler } = await import(${JSON.stringify(pathToFileURL(path).href)}); await handler(${JSON.stringify(event)}, {}); console.log(performance.now() - started);`], { encoding: 'utf8' }).stdout);

export const runtime = { name: 'runtime', measure };
