// `node bench/endurance.mjs`: ten minutes of all that can happen to `gatewright dev`, and whether it grows by it.
// `--minutes 2` takes less. Ends with 1 where heap or descriptors go on growing, or something is answered as it must not be.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openKeyring } from '../dist/src/local/auth/keyring.js';
import { median, root, run, scratch } from './support.mjs';

const minutes = Number(parseArgs({ options: { minutes: { type: 'string', default: '10' } } }).values.minutes);
const callers = 24;
const samples = 20;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const json = (status, schema = { type: 'object' }) => ({ [status]: { description: 'Fine.', content: { 'application/json': { schema } } } });
const get = (operationId, policy = {}, more = {}) => ({ get: { operationId, security: [], responses: json(200), ...more, 'x-gateway': policy } });
const id = { name: 'thingId', in: 'path', required: true, schema: { type: 'string', maxLength: 20 } };
const document = {
  openapi: '3.1.0', info: { title: 'Endurance', version: '1.0.0' },
  'x-gateway': { protocol: 'rest', defaults: { throttle: { rate: 1_000_000, burst: 1_000_000 }, timeout: '5s', limits: { body: '64KB' } }, stages: { local: { throttle: { rate: 1_000_000, burst: 1_000_000 } } } },
  components: { securitySchemes: {
    customer: { type: 'http', scheme: 'bearer', 'x-gateway': { issuer: 'https://id.example.com/', audience: ['endurance'] } },
    key: { type: 'apiKey', in: 'header', name: 'x-api-key', 'x-gateway': { plans: { basic: { rate: 1_000_000, burst: 1_000_000 } } } },
  } },
  paths: {
    '/things/{thingId}': { parameters: [id], ...get('getThing', { cache: { ttl: '60s', key: ['principal'] }, throttle: { rate: 5, burst: 5, per: 'key' } }, { security: [{ key: [] }] }) },
    '/popular': get('getPopular', { cache: { ttl: '10s', shared: true } }),
    '/limited': get('getLimited', { throttle: { rate: 20, burst: 20 } }),
    '/secret': get('getSecret', {}, { security: [{ customer: [] }] }),
    '/slow': get('getSlow'),
    '/broken': get('getBroken'),
    '/late': get('getLate', { timeout: '1s' }),
    '/gone': get('getGone'),
    '/orders': { post: { operationId: 'placeOrder', security: [], responses: json(201), requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['amount'], properties: { amount: { type: 'integer', minimum: 1 }, note: { type: 'string', maxLength: 2000 } } } } } } } },
  },
};
const handlers = {
  'get-thing': 'return { status: 200, body: { id: input.params.thingId } };',
  'get-popular': 'return { status: 200, body: { at: Date.now() } };',
  'get-limited': 'return { status: 200, body: {} };',
  'get-secret': 'return { status: 200, body: { who: input.auth.principalId } };',
  'get-slow': 'await new Promise((resolve) => setTimeout(resolve, 200)); return { status: 200, body: {} };',
  'get-broken': "throw new Error('broken');",
  'get-late': 'return await new Promise<never>(() => {});',
  'get-gone': 'return process.exit(1);',
  'place-order': "return { status: 201, body: { amount: input.body.amount } };",
};

const folder = scratch();
const spec = join(folder, 'openapi.json');
const out = join(folder, 'out');
const heap = join(folder, 'heap');
writeFileSync(spec, JSON.stringify(document));
run([join(root, 'bin', 'gatewright.js'), 'build', spec, '--out', out]);
for (const [name, code] of Object.entries(handlers)) {
  const operation = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  writeFileSync(join(out, 'handlers', `${name}.ts`), `import { ${operation} } from '../generated/contract/${name}.js';\ndeclare const process: { exit(code: number): never };\nexport const handler = ${operation}(async (input) => { void input; void process; ${code} });\n`);
}
const port = 47_000 + process.pid % 1_000;
const gateway = spawn(process.execPath, [join(root, 'bin', 'gatewright.js'), 'dev', spec, '--out', out, '--port', String(port)], {
  stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'bench', 'heap.mjs')).href}`, BENCH_HEAP: heap },
});
process.once('exit', () => gateway.kill());

const agent = new Agent({ keepAlive: true, maxSockets: callers });
/** The status of an answer; `gone` where the caller went away first, `broken` where the gateway did. */
const ask = (method, path, { headers = {}, body, abortMs } = {}) => new Promise((resolve) => {
  let left = false;
  const sent = request({ port, host: '127.0.0.1', agent, method, path, headers }, (response) => response.resume().once('end', () => resolve(response.statusCode)));
  sent.once('error', () => resolve(left ? 'gone' : 'broken'));
  if (abortMs !== undefined) setTimeout(() => { left = true; sent.destroy(); resolve('gone'); }, abortMs);
  if (body === undefined) sent.end();
  else if (abortMs === undefined) sent.end(body);
  else sent.write(body.slice(0, body.length / 2));
});
const order = (value) => ({ headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(JSON.stringify(value)) }, body: JSON.stringify(value) });

for (let attempt = 0; attempt < 100 && await ask('GET', '/popular') !== 200; attempt++) await wait(200);
const keyring = openKeyring(join(out, '.gatewright'));
const control = (path, body) => fetch(`http://127.0.0.1:${port}/_gatewright${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((answer) => answer.json());
const { token } = await control('/token', { sub: 'u1', expiresIn: 7200 });

let distinct = 0;
/** What is asked, how often of a thousand times, and what may come of it. What costs a thread has a pace of its own. */
const mix = [
  ['another caller, asking for another thing', 850, [200], () => ask('GET', `/things/t${distinct++}`, { headers: { 'x-api-key': keyring.apiKey('basic') } })],
  ['cached', 40, [200], () => ask('GET', '/popular')],
  ['good', 30, [201], () => ask('POST', '/orders', order({ amount: 7, note: 'x'.repeat(500) }))],
  ['bad', 20, [400], () => ask('POST', '/orders', order({ amount: 0, note: 5 }))],
  ['throttled', 20, [200, 429], () => ask('GET', '/limited')],
  ['secured', 10, [200], () => ask('GET', '/secret', { headers: { authorization: `Bearer ${token}` } })],
  ['refused', 10, [401], () => ask('GET', '/secret', { headers: { authorization: `Bearer ${token.slice(0, -8)}AAAAAAAA` } })],
  ['no route', 5, [404], () => ask('GET', `/nowhere/${distinct}`)],
  ['slow', 5, [200], () => ask('GET', '/slow')],
  ['thrown', 6, [500], () => ask('GET', '/broken')],
  ['left while it is served', 2, ['gone'], () => ask('GET', '/slow', { abortMs: 30 })],
  ['left while sending', 2, ['gone'], () => ask('POST', '/orders', { ...order({ amount: 7, note: 'x'.repeat(1500) }), abortMs: 10 })],
  ['never answered', 0, [504], () => ask('GET', '/late')],
  ['ends its process', 0, [502], () => ask('GET', '/gone')],
];
const total = mix.reduce((sum, [, weight]) => sum + weight, 0);
const draw = (at) => mix.find(([, weight]) => (at -= weight) < 0);
const counts = new Map(mix.map(([name]) => [name, new Map()]));

let paused = false;
let ended = false;
let active = 0;
/** Asks one thing after the other until the end, with a pause between them. */
const caller = async (choose, pauseMs) => {
  while (!ended) {
    if (paused || pauseMs > 0) await wait(paused ? 20 : pauseMs);
    if (paused) continue;
    active++;
    const [name, , , send] = choose();
    const status = await send();
    const statuses = counts.get(name);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    active--;
  }
};
/** At rest, what the gateway holds: megabytes of its heap after a collection, and what it has open. */
const sample = async () => {
  paused = true;
  while (active > 0) await wait(20);
  agent.destroy();
  // Threads that are let go, and connections that were left, take a moment.
  await wait(2_000);
  const before = existsSync(heap) ? readFileSync(heap, 'utf8').length : 0;
  gateway.kill('SIGUSR2');
  while (!existsSync(heap) || readFileSync(heap, 'utf8').length === before) await wait(20);
  const told = JSON.parse(readFileSync(heap, 'utf8').trim().split('\n').at(-1));
  const open = (what) => (existsSync(`/proc/${gateway.pid}/${what}`) ? readdirSync(`/proc/${gateway.pid}/${what}`).length : Number.NaN);
  const result = { heap: told.heap / 2 ** 20, rss: told.rss / 2 ** 20, descriptors: open('fd'), threads: open('task') };
  paused = false;
  return result;
};

const started = performance.now();
const asked = () => [...counts.values()].flatMap((statuses) => [...statuses.values()]).reduce((sum, count) => sum + count, 0);
const running = [...Array.from({ length: callers }, () => caller(() => draw(Math.random() * total), 0)), ...mix.filter(([, weight]) => weight === 0).map((rare) => caller(() => rare, 3_000))];
const taken = [];
console.log('| minute | requests | distinct keys | heap after a collection | resident | descriptors | threads |\n| --- | --- | --- | --- | --- | --- | --- |');
for (let index = 1; index <= samples; index++) {
  const due = started + (index * minutes * 60_000) / samples;
  await wait(Math.max(0, due - performance.now()));
  const result = await sample();
  taken.push(result);
  console.log(`| ${((performance.now() - started) / 60_000).toFixed(1)} | ${asked()} | ${distinct} | ${result.heap.toFixed(1)} MB | ${result.rss.toFixed(0)} MB | ${result.descriptors} | ${result.threads} |`);
}
ended = true;
await Promise.all(running);
agent.destroy();

console.log('\n| what | answered |\n| --- | --- |');
const wrong = [];
for (const [name, , may] of mix) {
  const statuses = [...counts.get(name)];
  console.log(`| ${name} | ${statuses.map(([status, count]) => `${status}: ${count}`).join(', ')} |`);
  wrong.push(...statuses.filter(([status]) => !may.includes(status)).map(([status, count]) => `${name}: ${count} × ${status}`));
}
/** What is remembered is bounded, and full after a while: from the middle on nothing may grow. */
const half = taken.slice(samples / 2);
const grown = (what, most) => {
  const [earlier, later] = [half.slice(0, half.length / 2), half.slice(half.length / 2)].map((part) => median(part.map((each) => each[what])));
  return later - earlier > most ? [`${what} grew from ${earlier.toFixed(1)} to ${later.toFixed(1)} in the last half`] : [];
};
const faults = [...wrong, ...grown('heap', 5), ...grown('descriptors', 4), ...grown('threads', 2)];
console.log(`\n${faults.length === 0 ? 'Flat, and everything was answered as it must be.' : faults.join('\n')}`);
process.exit(faults.length === 0 ? 0 : 1);
