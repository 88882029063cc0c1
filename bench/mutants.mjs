// APIs with handlers that keep to them, and the single faults that are put into them: for whoever is to notice.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { buildProject } from '../dist/src/cli/build.js';
import { readProjects } from '../dist/src/cli/project.js';
import { startLocal } from '../dist/src/local/start.js';
import { root } from './support.mjs';

/** `spec` is relative to the package. What is not there is left out, and told. */
const all = [
  { name: 'orders', spec: 'specs/orders/openapi.yaml', overlays: [] },
  { name: 'museum', spec: '../shared/corpus/museum/openapi.yaml', overlays: ['test/mutation/museum/gateway.overlay.yaml'] },
  { name: 'queue', spec: 'specs/queue/openapi.yaml', overlays: [] },
  { name: 'realworld', spec: 'test/mutation/realworld/openapi.yml', overlays: ['test/mutation/realworld/gateway.overlay.yaml'] },
  { name: 'stays', spec: 'test/mutation/stays/openapi.yaml', overlays: [] },
  { name: 'freight', spec: 'test/mutation/freight/openapi.yaml', overlays: [] },
  { name: 'pantry', spec: 'test/mutation/pantry/openapi.yaml', overlays: [] },
  { name: 'bazaar', spec: 'test/mutation/bazaar/openapi.yaml', overlays: [] },
];

export const subjectsOf = (chosen) => all.filter(({ name, spec }) => {
  const there = existsSync(join(root, spec));
  if (!there) console.warn(`${name} is left out: ${spec} is not there.`);
  return there && (chosen === undefined || name === chosen);
});

const kebab = (id) => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const camel = (file) => file.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
/** The files in which an operation's promises are tried out. */
const filesOf = (operations) => operations.map((id) => `test/contract/${kebab(id)}.test.ts`).concat('test/contract/stories/');

const build = async ({ spec, overlays }, out) => {
  const [project] = await readProjects({ spec: join(root, spec), out, overlay: overlays.map((path) => join(root, path)) }, root);
  const { compilation, failed } = await buildProject(project, root, { check: false, force: false });
  if (failed) throw new Error(`${spec} does not build: ${compilation.diagnostics.filter(({ level }) => level === 'error').map(({ message }) => message).join('; ')}`);
  return compilation;
};

/** Builds an API with its handlers into a folder of its own, for as long as it is used. */
export const withSubject = async (subject, use) => {
  const folder = mkdtempSync(join(tmpdir(), `mutation-${subject.name}-`));
  try {
    const own = join(root, 'test/mutation', subject.name);
    const compilation = await build(subject, folder);
    for (const part of ['handlers', 'authorizers', 'workers']) if (existsSync(join(own, part))) cpSync(join(own, part), join(folder, part), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(folder, 'store.ts'));
    if (existsSync(join(own, 'fixtures.ts'))) cpSync(join(own, 'fixtures.ts'), join(folder, 'test/fixtures.ts'));
    await use({ folder, compilation, mutants: await mutantsOf(own, folder) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const mutantsOf = async (own, folder) => {
  const { handlers, gateway, generated } = await import(pathToFileURL(join(own, 'mutants.mjs')).href);
  const edit = (path, from, to) => () => {
    const before = readFileSync(join(folder, path), 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing in ${path} is ${from}`);
    // What no longer parses would be noticed by anyone.
    transformSync(after, { loader: path.endsWith('.ts') ? 'ts' : 'js' });
    writeFileSync(join(folder, path), after);
    return () => writeFileSync(join(folder, path), before);
  };
  return [
    ...handlers.map(([file, what, from, to]) => ({ kind: 'handler', name: `${file}: ${what}`, only: filesOf([camel(file)]), apply: edit(`handlers/${file}.ts`, from, to) })),
    ...generated.map(([path, what, operations, from, to, mutate]) => ({ kind: 'gateway', name: `${path.split('/').at(-1)}: ${what}`, only: filesOf(operations), apply: edit(path, from, to), mutate })),
    ...gateway.map(([what, operations, mutate]) => ({ kind: 'gateway', name: what, only: filesOf(operations), mutate })),
  ];
};

/** Puts a fault in, for as long as it is looked for; the model that is served is a copy. */
export const withFault = async ({ apply = () => () => undefined, mutate }, api, look) => {
  const faulty = structuredClone(api);
  const undo = apply();
  try {
    mutate?.(faulty);
    return await look(faulty);
  } finally {
    undo();
  }
};

/** Serves an API with an empty store. */
export const served = async (folder, api, use) => {
  process.env.MUTATION_STORE = join(folder, `store-${Math.floor(performance.now())}.json`);
  const local = await startLocal({ api, outputFolder: folder, port: 0, test: true });
  try {
    return await use(local.url);
  } finally {
    await local.close();
  }
};
