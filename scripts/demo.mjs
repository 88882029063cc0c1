// The newcomer's first minute: build specs/orders, type-check what came out, serve it, and send it requests.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = join(root, 'bin', 'gatewright.js');
const spec = join(root, 'specs', 'orders', 'openapi.yaml');
const out = mkdtempSync(join(tmpdir(), 'gatewright-demo-'));
const keep = process.argv.includes('--keep');
const say = (text) => console.log(text);
const fail = (text) => {
  console.error(text);
  process.exit(1);
};

const step = (title, command, ...words) => {
  say(`\n# ${title}`);
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { encoding: 'utf8', cwd: root });
  if (status !== 0) fail(`${stdout}${stderr}`);
  say(`${stdout.trim() || 'fine'}\n(${((performance.now() - started) / 1000).toFixed(1)} s)`);
};

if (!existsSync(join(root, 'dist'))) fail('Run `npm ci` first: it installs and builds.');
step('gatewright build specs/orders/openapi.yaml', cli, 'build', spec, '--out', out);
// One stub is filled in, as a developer would; the others stay as they were generated.
cpSync(join(root, 'specs', 'orders', 'handlers', 'place-order.ts'), join(out, 'handlers', 'place-order.ts'));
step('tsc --strict on all of it', join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', out);

say('\n# gatewright dev: the gateway on this machine');
const server = spawn(process.execPath, [cli, 'dev', spec, '--out', out, '--port', keep ? '3000' : '0'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
process.once('exit', () => server.kill());
const url = await new Promise((resolve, reject) => {
  let seen = '';
  server.stderr.on('data', (chunk) => {
    seen += chunk;
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(seen) ?? [];
    if (found && seen.includes('Watching')) resolve(found);
  });
  server.once('exit', () => reject(new Error(seen)));
}).catch((error) => fail(error.message));
say(url);

say('\n# gatewright dev token: a caller');
const { status: minted, stdout: token, stderr: complaint } = spawnSync(process.execPath, [cli, 'dev', 'token', spec, '--out', out, '--sub', 'ada', '--scope', 'orders:read', '--scope', 'orders:write'], { encoding: 'utf8', cwd: root });
if (minted !== 0) fail(complaint);
say(`${token.trim().slice(0, 40)}…`);

const order = { items: [{ productId: 'p-1', quantity: 2 }] };
const caller = { authorization: `Bearer ${token.trim()}` };
const json = { ...caller, 'content-type': 'application/json', 'x-tenant': 'acme', 'idempotency-key': '0123456789' };
const id = '0192d1b2-7c3e-7b7a-9b64-1f3f4c2d5e6f';
const requests = [
  ['a good request', 201, 'POST', '/orders', json, JSON.stringify(order)],
  ['nobody in particular', 401, 'POST', '/orders', { ...json, authorization: 'Bearer made.up.here' }, JSON.stringify(order)],
  ['a body that the gateway refuses', 400, 'POST', '/orders', json, JSON.stringify({ items: [{ productId: 'p-1', quantity: 0 }], note: 7 })],
  ['what only the function can tell, with its place', 400, 'POST', '/orders', { ...json, 'idempotency-key': 'short' }, JSON.stringify(order)],
  ['a route that is not there', 404, 'GET', '/baskets', {}],
  ['a method that is not there', 404, 'PATCH', '/products', {}],
  ['a body over the limit of 64 KB', 413, 'POST', '/orders', json, JSON.stringify(order) + ' '.repeat(70_000)],
  ['a stub that is not filled in yet', 501, 'GET', `/orders/${id}`, { ...caller, 'x-tenant': 'acme' }],
  ['answered by the gateway from an example', 200, 'GET', '/health', {}],
];
for (const [title, expected, method, path, headers, body] of requests) {
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  say(`\n## ${title}\n${method} ${path} → ${response.status} ${response.headers.get('content-type') ?? ''}\n${text === '' ? '' : JSON.stringify(JSON.parse(text), null, 2)}`);
  if (response.status !== expected) fail(`Expected ${expected}. This is a bug of gatewright.`);
}

say(`\nEverything lies in ${out}: handlers/ is yours, generated/ and infra/ are the compiler's.`);
if (keep) {
  say(`Still serving on ${url}; end with Ctrl-C.`);
  server.stdout.pipe(process.stdout);
} else process.exit(0);
