// Shows the same faults of handlers to the generated suite, to Schemathesis and to Dredd, in one run.
// node bench/mutation-peers.mjs --schemathesis PATH --dredd PATH [--sample N] [--subject orders]; `pip install schemathesis`, `npm i dredd`.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuite } from '../dist/src/cli/contract/run.js';
import { served, subjectsOf, withFault, withSubject } from './mutants.mjs';

const { values: { sample, subject: chosen, schemathesis, dredd } } = parseArgs({ options: { sample: { type: 'string', default: '1' }, subject: { type: 'string' }, schemathesis: { type: 'string' }, dredd: { type: 'string' } } });
if (schemathesis === undefined || dredd === undefined) throw new Error('Say where the others are: --schemathesis PATH --dredd PATH.');

const post = async (url, path, body) => (await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();

/** What a caller shows who may do most of it, as headers. */
const callers = {
  orders: async (url) => ({ authorization: `Bearer ${(await post(url, '/_gatewright/token', { scheme: 'customer', sub: 'caller', scopes: ['orders:read', 'orders:write'], claims: { tenant: 'tenant-1' } })).token}` }),
  museum: async () => ({ authorization: `Basic ${btoa('caller:secret')}` }),
  realworld: async (url) => ({ authorization: `Token ${(await post(url, '/users', { user: { username: 'caller', email: 'caller@example.com', password: 'correct-horse-9' } })).user.token}` }),
};

const spawned = (command, words, cwd) => new Promise((done, fail) => {
  const child = spawn(command, words, { cwd, stdio: 'ignore', timeout: 180_000 });
  child.on('error', fail);
  child.on('exit', done);
});

/** What a JUnit report has as failed: the operation, and the kind of fault with the status that came, which is the same in each run. */
const failuresIn = (path) => {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  rmSync(path, { force: true });
  return new Set([...text.matchAll(/<testcase\b[^>]*?\bname="([^"]*)"[^>]*?(?<!\/)>([\s\S]*?)<\/testcase>/g)].flatMap(([, name, inside]) =>
    [...inside.matchAll(/<(?:failure|error)\b([\s\S]*?)<\/(?:failure|error)>/g)].map(([, told]) => `${name}: ${/message="(ST\d+)"/.exec(told)?.[1] ?? 'fails'} ${/(?:Received:|got `) ?(\d{3})/.exec(told)?.[1] ?? ''}`)));
};

/** Dredd runs nothing at all of a document where a parameter that must be there has no example of its own. */
const withExamples = (folder) => {
  const document = JSON.parse(readFileSync(join(folder, 'generated/openapi.json'), 'utf8'));
  const resolve = (part) => (part?.$ref === undefined ? part : resolve(part.$ref.split('/').slice(1).reduce((inner, token) => inner[token.replaceAll('~1', '/').replaceAll('~0', '~')], document)));
  const exampleOf = (schema) => schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.enum?.[0] ?? (schema.type === 'integer' ? 1 : schema.format === 'uuid' ? '3f2b8c1e-5d4a-4f6b-9c7d-1e2f3a4b5c6d' : schema.pattern === undefined ? 'some-text' : '2026-01');
  for (const item of Object.values(document.paths)) for (const part of [item, ...Object.values(item)]) for (const parameter of (part?.parameters ?? []).map(resolve)) {
    if (parameter.required && parameter.example === undefined) parameter.example = exampleOf(resolve(parameter.schema));
  }
  const path = join(folder, 'dredd.json');
  writeFileSync(path, JSON.stringify(document, null, 2));
  return path;
};

/** Each answers what it holds to be wrong, with the checks that it has by default; but for the one of Schemathesis that takes credentials given for all requests for none. */
const peers = {
  suite: async ({ folder, url, only }) => {
    const { cases, errors } = await runSuite({ folder, settings: { url, local: true, seed: 1, costly: true, lines: {} }, only: only ?? [], bail: only ? 1 : 0 });
    return new Set([...cases.filter(({ outcome }) => outcome === 'broken').map(({ operation, name }) => `${operation}: ${name}`), ...errors]);
  },
  schemathesis: async ({ folder, url, headers }) => {
    const report = join(folder, 'schemathesis.xml');
    await spawned(schemathesis, ['run', join(folder, 'generated/openapi.json'), '--url', url, '--seed', '1', '--max-examples', '10', '--exclude-checks', 'ignored_auth', '--report', 'junit', '--report-junit-path', report, ...headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`])], folder);
    return failuresIn(report);
  },
  dredd: async ({ folder, url, headers }) => {
    const report = join(folder, 'dredd.xml');
    await spawned(dredd, [withExamples(folder), url, '--sorted', '--reporter', 'xunit', '--output', report, ...headers.flatMap(([name, value]) => ['--header', `${name}: ${value}`])], folder);
    return failuresIn(report);
  },
};

const tried = async (name, folder, api, subject, only) => served(folder, api, async (url) => peers[name]({ folder, url, only, headers: name === 'suite' ? [] : Object.entries(await callers[subject](url)) }));

const rows = [];
for (const subject of subjectsOf(chosen).filter(({ name }) => callers[name])) await withSubject(subject, async ({ folder, compilation: { api }, mutants }) => {
  const alarms = {};
  for (const name of Object.keys(peers)) {
    alarms[name] = await tried(name, folder, api, subject.name);
    console.log(`${subject.name}, correct, ${name}: ${alarms[name].size} false alarms\n${[...alarms[name]].map((each) => `  ${each}\n`).join('')}`);
  }
  const counts = Object.fromEntries(Object.keys(peers).map((name) => [name, 0]));
  const shown = mutants.filter(({ kind }) => kind === 'handler').filter((_, index) => index % Number(sample) === 0);
  for (const mutant of shown) {
    const told = await withFault(mutant, api, async (faulty) => {
      const by = [];
      // What a peer says of the correct API, too, tells nothing of the fault.
      for (const name of Object.keys(peers)) if ([...(await tried(name, folder, faulty, subject.name, mutant.only).catch(() => ['it could not sign in']))].some((each) => !alarms[name].has(each))) by.push(name);
      return by;
    });
    for (const name of told) counts[name] += 1;
    console.log(`${subject.name}: ${mutant.name}: ${told.join(', ') || 'nobody'}`);
  }
  rows.push(`| ${subject.name} | ${shown.length} | ${Object.keys(peers).map((name) => `${counts[name]} (${alarms[name].size})`).join(' | ')} |`);
});
console.log(`\nKilled, and in brackets false alarms on the correct API:\n\n| API | faults of handlers | ${Object.keys(peers).join(' | ')} |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`);
