import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { file, ident, Imports, join as joined, listLiteral, lit, MappingPrinter, ts } from '../../generators/kit/typescript/index.js';
import type { Json } from '../../src/base/json.js';
import type { EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Template } from '../../src/ir/index.js';
import type { MappingFacts } from '../../src/runtime/mapping.js';
import { root } from './cli.js';
import { temporary } from './generated.js';

export type Mapping = (facts: MappingFacts) => unknown;

/** Templates as the generator prints them, compiled by what bundles functions, and loaded. */
export const compiled = async (templates: readonly Template[]): Promise<readonly Mapping[]> => {
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
export const given = ({ method, url, body, parameters, context, auth, stage }: EvaluationFacts): MappingFacts => ({
  method, url, body, auth, context: values(context), stage: values(stage),
  params: values(parameters.path), query: values(parameters.query), headers: values(parameters.header), cookies: values(parameters.cookie),
});
