import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, root, run } from './support.mjs';

/** What is measured beside, installed where no other run of the benchmark has done it; none of it is a dependency. */
const peers = { autocannon: '8.0.0', fastify: '5.12.8', express: '4.22.1', 'express-openapi-validator': '5.6.2', '@stoplight/prism-cli': '5.16.0', serverless: '3.40.0', 'serverless-offline': '13.9.0' };
const connections = 10;

const body = JSON.stringify({ policyNumber: 'AB12345678', amount: 12_000, note: 'a window was broken' });
const schema = { type: 'object', required: ['policyNumber', 'amount'], properties: { policyNumber: { type: 'string', pattern: '^[A-Z]{2}[0-9]{8}$', maxLength: 10 }, amount: { type: 'integer', minimum: 1, maximum: 10_000_000 }, note: { type: 'string', maxLength: 2000 } } };
const document = (protocol) => ({
  openapi: '3.0.3', info: { title: 'Bench', version: '1.0.0' }, security: [],
  ...(protocol ? { 'x-gateway': { protocol, defaults: { throttle: { rate: 1_000_000, burst: 1_000_000 }, limits: { body: '64KB' } } } } : {}),
  paths: { '/claims': { post: {
    operationId: 'fileClaim', requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { 201: { description: 'Filed.', content: { 'application/json': { schema: { type: 'object' }, examples: { one: { value: { state: 'filed' } } } } } } },
  } } },
});

/** Servers of the same operation: a valid body is answered 201, any other 400. Each is a process of its own. */
const contestants = (folder) => {
  const file = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const json = (value) => JSON.stringify(value);
  const ours = (protocol) => {
    const spec = file(`${protocol}.json`, json(document(protocol)));
    const out = join(folder, protocol);
    run([join(root, 'bin', 'gatewright.js'), 'build', spec, '--out', out]);
    writeFileSync(join(out, 'handlers', 'file-claim.ts'), "import { fileClaim } from '../generated/contract/file-claim.js';\nexport const handler = fileClaim(async () => ({ status: 201, body: { state: 'filed' } }));\n");
    return (port) => [process.execPath, join(root, 'bin', 'gatewright.js'), 'dev', spec, '--out', out, '--port', String(port)];
  };
  const script = (name, text) => (port) => [process.execPath, file(`${name}.cjs`, text(port))];
  const spec = file('plain.json', json(document()));
  mkdirSync(join(folder, 'offline'), { recursive: true });
  file('offline/handler.js', `module.exports.claim = async (event) => { const body = JSON.parse(event.body); return validate(body) ? { statusCode: 201, headers: { 'content-type': 'application/json' }, body: '{"state":"filed"}' } : { statusCode: 400, body: '{}' }; };\nconst Ajv = require('ajv').default ?? require('ajv');\nconst validate = new Ajv().compile(${json(schema)});\n`);
  return [
    { name: 'gatewright dev, HTTP', command: ours('http') },
    { name: 'gatewright dev, REST', command: ours('rest') },
    { name: "node:http with ajv, what `dev` stands on", command: script('bare', (port) => `const Ajv = require('ajv').default ?? require('ajv'); const validate = new Ajv().compile(${json(schema)});
require('node:http').createServer((request, response) => { const parts = []; request.on('data', (part) => parts.push(part)); request.on('end', () => { let fine = false; try { fine = request.url === '/claims' && validate(JSON.parse(Buffer.concat(parts).toString())); } catch {} response.writeHead(fine ? 201 : 400, { 'content-type': 'application/json' }); response.end(fine ? JSON.stringify({ state: 'filed' }) : '{}'); }); }).listen(${port}, '127.0.0.1');`) },
    { name: 'fastify with schemas', command: script('fastify', (port) => `const app = require('fastify')(); app.post('/claims', { schema: { body: ${json(schema)} } }, async (_, reply) => { reply.code(201); return { state: 'filed' }; }); app.listen({ port: ${port}, host: '127.0.0.1' });`) },
    { name: 'express-openapi-validator', command: script('express', (port) => `const express = require('express'); const app = express(); app.use(express.json()); app.use(require('express-openapi-validator').middleware({ apiSpec: ${json(spec)}, validateRequests: true })); app.post('/claims', (_, response) => response.status(201).json({ state: 'filed' })); app.use((error, _, response, next) => response.status(error.status ?? 500).json({})); app.listen(${port}, '127.0.0.1');`) },
    { name: 'prism mock', command: (port) => [process.execPath, join(folder, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js'), 'mock', spec, '--port', String(port), '--host', '127.0.0.1', '--multiprocess', 'false'] },
    { name: 'serverless-offline', cwd: join(folder, 'offline'), command: (port) => {
      file('offline/serverless.yml', `service: bench\nframeworkVersion: '3'\nplugins: [serverless-offline]\ncustom: { serverless-offline: { httpPort: ${port}, lambdaPort: ${port + 1}, noPrependStageInUrl: true, noTimeout: true } }\nprovider: { name: aws, runtime: nodejs20.x }\nfunctions: { claim: { handler: handler.claim, events: [{ http: { path: claims, method: post } }] } }\n`);
      return [process.execPath, join(folder, 'node_modules', 'serverless', 'bin', 'serverless.js'), 'offline'];
    } },
  ];
};

const install = () => {
  const folder = join(tmpdir(), 'gatewright-bench-peers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench-peers', private: true }));
  const absent = Object.entries(peers).filter(([name]) => !existsSync(join(folder, 'node_modules', name)));
  if (absent.length > 0) spawnSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--legacy-peer-deps', ...absent.map(([name, version]) => `${name}@${version}`)], { cwd: folder, stdio: 'inherit' });
  return folder;
};

const answers = async (port) => {
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}/claims`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return status;
  } catch {
    return 0;
  }
};

/** A server that answers, with a way to end it; nothing where it does not come up. */
const serve = async ({ name, command, cwd }, folder, port) => {
  const [program, ...words] = command(port);
  const server = spawn(program, words, { cwd: cwd ?? folder, stdio: 'ignore', env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', NODE_ENV: 'production', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' } });
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    setTimeout(() => server.kill('SIGKILL'), 2_000).unref();
    await gone;
  };
  for (let attempt = 0; attempt < 120 && await answers(port) !== 201; attempt++) await new Promise((resolve) => setTimeout(resolve, 250));
  if (await answers(port) === 201) return { name, port, end, rounds: [] };
  await end();
  console.error(`LEFT OUT: ${name} did not come up`);
  return undefined;
};

/** From a process of its own: requests a second, and milliseconds at the median and for the slowest of a hundred. */
const load = (folder, port, seconds) => {
  const { stdout } = spawnSync(process.execPath, [join(folder, 'node_modules', 'autocannon', 'autocannon.js'), '-c', String(connections), '-d', String(seconds), '-m', 'POST', '-H', 'content-type=application/json', '-b', body, '-j', `http://127.0.0.1:${port}/claims`], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const { requests, latency, non2xx, errors } = JSON.parse(stdout);
  if (non2xx + errors > 0) throw new Error('A benchmark with failing requests measures nothing.');
  return { rate: requests.average, p50: latency.p50, p99: latency.p99 };
};

/** Milliseconds of single requests over one connection, one after the other: what a gateway adds. */
const single = async (port, count) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  for (let index = 0; index < count + 200; index++) {
    const started = performance.now();
    await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', agent, path: '/claims', method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => response.resume().once('end', resolve)).once('error', reject).end(body);
    });
    if (index >= 200) times.push(performance.now() - started);
  }
  agent.destroy();
  return median(times);
};

const measure = async (quick) => {
  const folder = install();
  const servers = [];
  // Below those that systems give to whoever connects, of which one may be taken just now.
  let port = 20_000 + (process.pid % 500) * 20;
  for (const contestant of contestants(folder)) servers.push(await serve(contestant, folder, port += 2));
  const up = servers.filter((server) => server !== undefined);
  try {
    // In turn, so that a machine that changes its speed changes it for all; the first round warms up.
    for (let round = 0; round <= (quick ? 1 : 5); round++) {
      for (const server of up) {
        const result = load(folder, server.port, quick || round === 0 ? 2 : 4);
        if (round > 0) server.rounds.push(result);
      }
    }
    const result = ({ rounds }) => Object.fromEntries(['rate', 'p50', 'p99'].map((key) => [key, median(rounds.map((round) => round[key]))]));
    const told = (server) => `${Math.round(result(server).rate)} requests/s, p50 ${result(server).p50} ms, p99 ${result(server).p99} ms`;
    const [http, rest, bare, ...others] = servers;
    const beside = [bare, ...others].filter((server) => server !== undefined);
    const [own, floor] = [await single(http.port, quick ? 300 : 2000), await single(bare.port, quick ? 300 : 2000)];
    return [
      ...beside.map((server) => ['the local gateway (HTTP API), 10 connections', told(http), `${server.name}: ${told(server)}`, `${(result(http).rate / result(server).rate).toFixed(2)}×`]),
      ['the same, as a REST API', told(rest), `as an HTTP API: ${told(http)}`, `${(result(rest).rate / result(http).rate).toFixed(2)}×`],
      ['what it adds to one request at a time', `${own.toFixed(2)} ms`, `${bare.name}: ${floor.toFixed(2)} ms`, `+${(own - floor).toFixed(2)} ms`],
    ];
  } finally {
    await Promise.all(up.map(({ end }) => end()));
  }
};

/** The local gateway under load, beside the servers that people use in its place. */
export const gateway = { name: 'gateway', measure };
