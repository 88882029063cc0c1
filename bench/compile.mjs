import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, install, root, scratch } from './support.mjs';
import { synthetic } from './synthetic.mjs';

/** Pinned, installed into a folder of the benchmark's own: neither the product nor its tests know them. The newest that run on Node 20. */
const packages = ['@octokit/openapi@23.0.2', 'openapi-typescript@7.13.0', 'typescript@5.9.3', '@hey-api/openapi-ts@0.92.0', 'orval@7.11.2', '@apidevtools/swagger-parser@12.1.0'];

/** What else reads such documents, with what it makes of one: the module it is begun by, and its words. */
const peers = (modules) => {
  const bundle = "const [, parser, path] = process.argv; import(parser).then(({ default: Parser }) => Parser.bundle(path))";
  return [
    ['swagger-parser 12, one bundle in memory', (path) => ['-e', bundle, join(modules, '@apidevtools', 'swagger-parser', 'lib', 'index.js'), path]],
    ['openapi-typescript 7, types only', (path, out) => [join(modules, 'openapi-typescript', 'bin', 'cli.js'), path, '--output', join(out, 'types.ts')]],
    ['hey-api 0.92: types, sdk, zod', (path, out) => [join(modules, '@hey-api', 'openapi-ts', 'bin', 'run.js'), '-i', path, '-o', out, '-p', '@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch', 'zod', '--silent']],
    ['orval 7: client and types', (path, out) => [join(modules, 'orval', 'dist', 'bin', 'orval.js'), '--input', path, '--output', join(out, 'api.ts')]],
  ];
};

/** Whole builds into an empty folder, beside whole processes of others on the same document. */
const measure = async function* (quick) {
  const folder = scratch();
  const modules = install(folder, packages);
  const large = join(folder, 'synthetic.json');
  writeFileSync(large, JSON.stringify(synthetic(1000)));
  const documents = [
    ['GitHub (1,223 operations)', modules && join(modules, '@octokit', 'openapi', 'generated', 'api.github.com.json')],
    ['Box (296 operations)', join(root, '..', 'shared', 'corpus', 'box', 'openapi.json')],
    ['1,000 operations, synthetic', large],
  ].filter(([, path]) => path && existsSync(path));
  for (const [name, path] of documents) {
    const others = modules ? peers(modules) : [];
    const [ours, floor, ...theirs] = inTurn(quick ? 1 : 5, [
      () => build(path),
      () => ['-e', `JSON.parse(require('fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`],
      ...others.map(([, words]) => () => words(path, scratch())),
    ]);
    const megabytes = (readFileSync(path).length / 1e6).toFixed(1);
    yield* [
      [`build of ${name}, everything, whole process`, shown(ours), `\`JSON.parse\` of its ${megabytes} MB: ${shown(floor)}`, ratio(ours, floor)],
      ...others.map(([other], index) => ['the same', shown(ours), `${other}: ${shown(theirs[index])}`, ratio(ours, theirs[index])]),
    ];
  }
  yield* again(large, quick);
  if (!quick) yield growth(folder, large);
};

const build = (path, out = scratch(), ...more) => [join(root, 'bin', 'gatewright.js'), 'build', path, '--out', out, ...more];

/** A build that has nothing to do. */
const again = (path, quick) => {
  const out = scratch();
  const [same, empty, whole] = inTurn(quick ? 1 : 5, [() => build(path, out), () => ['-e', '0'], () => build(path)]);
  return [
    ['the same again, nothing changed', shown(same), `Node alone: ${shown(empty)}`, `+${((same.seconds - empty.seconds) * 1000).toFixed(0)} ms`],
    ['the same', shown(same), `a build of it: ${shown(whole)}`, ratio(same, whole)],
  ];
};

/** Whether the cost of an operation grows with their number. */
const growth = (folder, large) => {
  const larger = join(folder, 'larger.json');
  writeFileSync(larger, JSON.stringify(synthetic(10_000)));
  const [ten, one] = inTurn(1, [() => build(larger), () => build(large)]);
  return ['10,000 operations, synthetic, everything', shown(ten), `1,000: ${shown(one)}`, `${ratio(ten, one)} for 10×`];
};

const shown = ({ seconds, megabytes }) => `${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`;
const ratio = (ours, other) => `${(ours.seconds / other.seconds).toFixed(2)}×`;

export const compile = { name: 'compile', measure };
