/**
 * Structure-aware fuzzing: `node test/fuzz/run.mjs [--cases 500] [--seed 1] [--keep DIR]`. Each mutant of a real document must build, or
 * be refused with an error that has a place, within five seconds and without a throw. What fails is written to DIR, to become a file of `cases/`.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { mutant, randomFrom } from './mutate.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({ options: { cases: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' }, keep: { type: 'string', default: join(tmpdir(), 'gatewright-fuzz') } } });
/** For one mutant, in milliseconds of processor time, so that a busy machine is no fault; what hangs is ended after six times that. */
const limit = 5000;

const documentsIn = (folder) => (existsSync(folder)
  ? readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))
    .filter((path) => /\.(?:ya?ml|json)$/.test(path) && statSync(path).size < 400_000)
    .filter((path) => /^\s*["']?(?:openapi|swagger)["']?\s*:/m.test(readFileSync(path, 'utf8')))
  : []);
const documents = [join(root, 'specs'), join(root, '../shared/corpus')].flatMap(documentsIn).filter((path) => !/overlay/.test(path)).sort();

/** A child that answers one trial at a time. */
const start = () => new Promise((resolve, reject) => {
  const child = fork(fileURLToPath(new URL('child.mjs', import.meta.url)), { execArgv: ['--max-old-space-size=2048'], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  child.words = '';
  child.stderr.on('data', (chunk) => { child.words += chunk; });
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`the child ended at once (${code}): ${child.words}`)));
  child.once('message', () => { child.removeAllListeners('exit'); resolve(child); });
});
const attempt = (child, request) => new Promise((resolve) => {
  let timer;
  const end = (outcome) => {
    clearTimeout(timer);
    child.removeAllListeners();
    resolve(outcome);
  };
  child.on('exit', (code, signal) => end({ fault: `the process died (${signal ?? code}) ${child.words.slice(-2000)}`, dead: true }));
  child.on('message', (message) => {
    if ('begin' in message) timer = setTimeout(() => { child.kill('SIGKILL'); end({ fault: `did not end in ${6 * limit} ms`, done: message.begin, dead: true }); }, 6 * limit);
    else end(message.fault === undefined && message.ms > limit ? { ...message, fault: `took ${Math.round(message.ms)} ms` } : message);
  });
  child.send(request);
});

let child = await start();
const faults = [];
let slowest = { ms: 0 };
const trial = async (label, request, textOf) => {
  const outcome = await attempt(child, request);
  if (outcome.dead) child = await start();
  if (outcome.ms > slowest.ms) slowest = { ...outcome, label };
  if (outcome.fault === undefined) return;
  mkdirSync(values.keep, { recursive: true });
  const path = join(values.keep, `${label.replace(/\W+/g, '-').slice(-80)}.txt`);
  writeFileSync(path, textOf());
  faults.push(label);
  console.error(`${label}: ${outcome.done ?? ''}\n  ${outcome.fault}\n  kept as ${path}`);
};

const kept = join(root, 'test/fuzz/cases');
const cases = existsSync(kept) ? readdirSync(kept).sort() : [];
for (const name of cases) {
  const text = readFileSync(join(kept, name), 'utf8');
  await trial(`cases/${name}`, { text }, () => text);
}
const random = randomFrom(Number(values.seed));
const count = Number(values.cases);
for (let turn = 0; turn < count; turn++) {
  const file = documents[Math.floor(random() * documents.length)];
  const seed = Math.floor(random() * 2 ** 31);
  await trial(`${relative(root, file)} ${seed}`, { file, seed }, () => mutant(parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }), seed).text);
  if (process.stderr.isTTY && turn % 20 === 0) process.stderr.write(`\r${turn + 1} of ${count} `);
}
child.kill();
console.log(`${count} mutants of ${documents.length} documents and ${cases.length} kept cases: ${faults.length} faults; the slowest took ${Math.round(slowest.ms)} ms (${slowest.label})`);
process.exitCode = faults.length > 0 ? 1 : 0;
