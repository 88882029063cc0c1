import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { file, ident, Imports, join as joined, listLiteral, lit, MappingPrinter, ts } from '../../generators/kit/typescript/index.js';
import type { Json } from '../../src/base/json.js';
import { evaluate, type EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Template } from '../../src/ir/index.js';
import type { MappingFacts } from '../../src/runtime/mapping.js';
import { root } from '../support/cli.js';
import { temporary } from '../support/generated.js';
import { factsOf, requests, sound, template } from '../support/mapping-cases.js';

type Mapping = (facts: MappingFacts) => unknown;

/** Templates as the generator prints them, compiled by what bundles functions, and loaded. */
const compiled = async (templates: readonly Template[]): Promise<readonly Mapping[]> => {
  const folder = temporary();
  const imports = new Imports();
  const functions = templates.map((each) => {
    const printer = new MappingPrinter((name) => imports.value(join(root, 'src/runtime/mapping.ts'), name));
    const value = printer.print(each);
    return ts`(${printer.used.length === 0 ? ts`` : ts`{ ${joined(printer.used.map((name) => ident(name)), ', ')} }: any`}): unknown => (${value})`;
  });
  writeFileSync(join(folder, 'mappings.ts'), file(ts`// All of them.`, imports, [ts`export const mappings = ${listLiteral(functions)};`, ts`export const name = ${lit('mappings')};`]));
  const outfile = join(folder, 'mappings.mjs');
  await build({ entryPoints: [join(folder, 'mappings.ts')], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' });
  return ((await import(pathToFileURL(outfile).href)) as { mappings: readonly Mapping[] }).mappings;
};

const values = (map: ReadonlyMap<string, Json>) => Object.fromEntries(map);
const given = ({ method, url, body, parameters, context, auth, stage }: EvaluationFacts): MappingFacts => ({
  method, url, body, auth, context: values(context), stage: values(stage),
  params: values(parameters.path), query: values(parameters.query), headers: values(parameters.header), cookies: values(parameters.cookie),
});

const count = Number(process.env['MAPPING_CASES'] ?? 10_000);

/** Cases of the seed that Apache Velocity prints in test/real: what agrees with the definition here and there agrees with each other. */
it.each([[20_260_409, count], [7, count / 10], [8, count / 10]])('printed as TypeScript, compiled and run, a mapping gives what it means: seed %i, %i cases', async (seed, numRuns) => {
  const cases = fc.sample(fc.tuple(template, requests), { numRuns, seed }).filter(([node, request]) => sound(node, factsOf(request)));
  const mappings = await compiled(cases.map(([node]) => node));
  const differences = cases.flatMap(([node, request], index) => {
    const facts = factsOf(request);
    const wanted = JSON.stringify(evaluate(node, facts));
    const found = JSON.stringify(mappings[index]?.(given(facts)));
    return wanted === found ? [] : [{ wanted, found, node: JSON.stringify(node), request: JSON.stringify(request) }];
  });
  expect(cases.length).toBeGreaterThan(numRuns / 2);
  expect(differences.slice(0, 3)).toEqual([]);
}, 60_000);
