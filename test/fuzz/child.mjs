/** Compiles mutants, one after another, in a process of its own: what hangs or dies here does not take the run with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { faultOf } from './judge.mjs';
import { mutant } from './mutate.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { compile } = await import(join(root, 'dist/src/compile.js'));
const shown = Object.assign({}, ...await Promise.all(['locate', 'render/terminal', 'render/github', 'render/json'].map((name) => import(join(root, `dist/src/diagnostics/${name}.js`)))));
const { generators } = await import(join(root, 'dist/generators/index.js'));
const runtimeFolder = join(root, 'src/runtime');
const runtime = new Map(readdirSync(runtimeFolder).filter((name) => name.endsWith('.ts')).sort().map((name) => [name, readFileSync(join(runtimeFolder, name), 'utf8')]));
const documents = new Map();
const documentOf = (file) => {
  if (!documents.has(file)) documents.set(file, parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 }));
  return documents.get(file);
};

const trial = async (text) => {
  try {
    return await faultOf(await compile({ stdin: text }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: generators, runtime }), shown);
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
};

process.on('message', async ({ file, seed, text }) => {
  const { text: tried, done } = text === undefined ? mutant(documentOf(file), seed) : { text, done: 'kept' };
  process.send({ begin: done });
  const begun = process.cpuUsage();
  const fault = await trial(tried);
  const { user, system } = process.cpuUsage(begun);
  process.send({ fault, done, ms: (user + system) / 1000 });
});
process.send({ ready: true });
