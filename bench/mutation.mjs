// Puts single faults into correct handlers, into what was generated and into the gateway, and counts which of them the generated suite notices.
// node bench/mutation.mjs [--sample N] [--seeds N] [--subject orders] [--schemathesis PATH]: with a path, handler faults are shown to Schemathesis as well, in the same run.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { transformSync } from 'esbuild';
import { buildProject } from '../dist/src/cli/build.js';
import { runSuite } from '../dist/src/cli/contract/run.js';
import { linesOf } from '../dist/src/cli/contract/lines.js';
import { readProjects } from '../dist/src/cli/project.js';
import { startLocal } from '../dist/src/local/start.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: { sample, seeds, subject: chosen, schemathesis } } = parseArgs({ options: { sample: { type: 'string', default: '1' }, seeds: { type: 'string', default: '0' }, subject: { type: 'string' }, schemathesis: { type: 'string' } } });

/** An API with handlers that keep to it. `spec` is relative to the package. */
const subjects = [
  { name: 'orders', spec: 'specs/orders/openapi.yaml', overlays: [] },
  { name: 'museum', spec: '../shared/corpus/museum/openapi.yaml', overlays: ['test/mutation/museum/gateway.overlay.yaml'] },
  { name: 'queue', spec: 'specs/queue/openapi.yaml', overlays: [] },
  { name: 'realworld', spec: 'test/mutation/realworld/openapi.yml', overlays: ['test/mutation/realworld/gateway.overlay.yaml'] },
].filter(({ name, spec }) => (chosen === undefined || name === chosen) && existsSync(join(root, spec)) && existsSync(join(root, 'test/mutation', name, 'mutants.mjs')));

const kebab = (id) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** The files in which an operation's promises are tried out. */
const filesOf = (operations) => operations.flatMap((id) => [`test/contract/${kebab(id)}.test.ts`]).concat('test/contract/stories/');

const build = async ({ spec, overlays }, out) => {
  const [project] = await readProjects({ spec: join(root, spec), out, overlay: overlays.map((path) => join(root, path)) }, root);
  const { compilation, failed } = await buildProject(project, root, false);
  if (failed) throw new Error(`${spec} does not build: ${compilation.diagnostics.filter(({ level }) => level === 'error').map(({ message }) => message).join('; ')}`);
  return compilation;
};

/** Runs the suite in a folder against a gateway of an API. */
const run = async (folder, api, { only = [], seed = 1, bail = 1, lines = {} } = {}) => {
  process.env.MUTATION_STORE = join(folder, `store-${seed}-${Math.floor(performance.now())}.json`);
  const local = await startLocal({ api, outputFolder: folder, port: 0, test: true });
  try {
    return await runSuite({ folder, settings: { url: local.url, local: true, seed, costly: true, lines }, only, bail });
  } finally {
    await local.close();
  }
};

/** Whether Schemathesis finds something wrong, with the checks of answers that a correct API passes. */
const schemathesisFinds = async (folder, api) => {
  process.env.MUTATION_STORE = join(folder, `store-peer-${Math.floor(performance.now())}.json`);
  const local = await startLocal({ api, outputFolder: folder, port: 0, test: true });
  try {
    const words = ['run', join(folder, 'generated/openapi.json'), '--url', local.url, '--seed', '1', '--max-examples', '20', '--phases', 'examples,coverage,fuzzing,stateful', '--mode', 'positive',
      '--checks', 'not_a_server_error,response_schema_conformance,response_headers_conformance,content_type_conformance', '--header', 'Authorization: Basic Y2FsbGVyOnNlY3JldA=='];
    return await new Promise((done, fail) => spawn(schemathesis, words, { stdio: 'ignore', cwd: folder }).on('error', fail).on('exit', (code) => done(code !== 0)));
  } finally {
    await local.close();
  }
};

const isBroken = ({ cases, errors }) => errors.length > 0 || cases.some(({ outcome }) => outcome === 'broken');

/** What noticed a fault: the promise, and in which words it was told to be broken. */
const reasonOf = ({ cases, errors }) => {
  const broken = cases.find(({ outcome }) => outcome === 'broken');
  return broken ? `${broken.promise}: ${(broken.message ?? '').split('\n')[0]}` : errors[0];
};

const results = [];
for (const subject of subjects) {
  const folder = mkdtempSync(join(tmpdir(), `mutation-${subject.name}-`));
  try {
    const own = join(root, 'test/mutation', subject.name);
    const compilation = await build(subject, folder);
    for (const part of ['handlers', 'authorizers']) if (existsSync(join(own, part))) cpSync(join(own, part), join(folder, part), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(folder, 'store.ts'));
    if (existsSync(join(own, 'fixtures.ts'))) cpSync(join(own, 'fixtures.ts'), join(folder, 'test/fixtures.ts'));
    for (let seed = 1; seed <= Math.max(1, Number(seeds)); seed++) {
      const clean = await run(folder, compilation.api, { seed, bail: 0, lines: linesOf(compilation) });
      const broken = clean.cases.filter(({ outcome }) => outcome === 'broken');
      console.log(`${subject.name}, correct, seed ${seed}: ${clean.cases.filter(({ outcome }) => outcome === 'kept').length} kept, ${broken.length} broken`);
      for (const { operation, promise, name, message } of broken) console.log(`  ${operation} ${promise} ${name}\n${message}`);
      if (clean.errors.length > 0) console.log(clean.errors.join('\n'));
    }
    if (schemathesis !== undefined) console.log(`${subject.name}, correct, Schemathesis: ${(await schemathesisFinds(folder, compilation.api)) ? 'finds faults' : 'finds nothing'}`);
    const { handlers, gateway, generated } = await import(pathToFileURL(join(own, 'mutants.mjs')).href);
    const camel = (file) => file.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const edit = (path, from, to) => () => {
      const before = readFileSync(join(folder, path), 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`nothing in ${path} is ${from}`);
      // What no longer parses would be noticed by anyone.
      transformSync(after, { loader: path.endsWith('.ts') ? 'ts' : 'js' });
      writeFileSync(join(folder, path), after);
      return () => writeFileSync(join(folder, path), before);
    };
    const mutants = [
      ...handlers.map(([file, what, from, to]) => ({ kind: 'handler', name: `${file}: ${what}`, only: filesOf([camel(file)]), apply: edit(`handlers/${file}.ts`, from, to) })),
      ...generated.map(([path, what, operations, from, to, mutate]) => ({ kind: 'gateway', name: `${path.split('/').at(-1)}: ${what}`, only: filesOf(operations), apply: edit(path, from, to), mutate })),
      ...gateway.map(([what, operations, mutate]) => ({ kind: 'gateway', name: what, only: filesOf(operations), mutate })),
    ].filter((_, index) => index % Number(sample) === 0);
    for (const { kind, name, only, apply, mutate } of mutants) {
      const api = structuredClone(compilation.api);
      let undo = () => undefined;
      try {
        if (apply) undo = apply();
        mutate?.(api);
        const own = await run(folder, api, { only });
        // What an operation's own tests let pass, those of another may notice.
        const result = isBroken(own) ? own : await run(folder, api);
        const peer = schemathesis !== undefined && kind === 'handler' ? { peer: await schemathesisFinds(folder, api) } : {};
        results.push({ subject: subject.name, kind, name, ...peer, killed: isBroken(result), by: reasonOf(result) });
      } catch (error) {
        results.push({ subject: subject.name, kind, name, killed: false, by: `not run: ${error.message}` });
      } finally {
        undo();
      }
      const last = results.at(-1);
      console.log(`${last.killed ? 'killed  ' : 'SURVIVED'} ${subject.name} ${kind}: ${name}${last.by ? ` (${last.by})` : ''}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

console.log('\n| subject | faults of | mutants | killed | | Schemathesis |\n| --- | --- | --- | --- | --- | --- |');
for (const { name } of subjects) for (const kind of ['handler', 'gateway']) {
  const of = results.filter((each) => each.subject === name && each.kind === kind);
  const killed = of.filter((each) => each.killed).length;
  if (of.length > 0) console.log(`| ${name} | ${kind} | ${of.length} | ${killed} | ${((100 * killed) / of.length).toFixed(1)} % | ${of.some(({ peer }) => peer !== undefined) ? of.filter(({ peer }) => peer).length : ''} |`);
}
const killed = results.filter((each) => each.killed).length;
console.log(`\n${killed} of ${results.length} killed (${((100 * killed) / results.length).toFixed(1)} %).`);
