// `npm run bench`: what a build costs, how fast the command starts, what a request costs; each beside a floor or a peer in the same run.
// `npm run bench -- runtime` runs what is named. `--write` puts the table into the README, `--quick` takes fewer rounds.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { compile } from './compile.mjs';
import { gateway } from './gateway.mjs';
import { regeneration } from './regeneration.mjs';
import { runtime } from './runtime.mjs';
import { start } from './start.mjs';
import { root } from './support.mjs';

/** In the order of the table. A benchmark is `{ name, measure }`; `measure(quick)` answers rows, or yields them one by one, of `[what, ours, beside, ratio or difference]`. */
const benchmarks = [compile, regeneration, start, runtime, gateway];

if (!existsSync(join(root, 'dist'))) throw new Error('Run `npm ci` first.');
const flags = process.argv.slice(2).filter((word) => word.startsWith('--'));
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = [...flags.filter((flag) => flag !== '--write' && flag !== '--quick'), ...named.filter((word) => !benchmarks.some(({ name }) => name === word))];
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. There are ${benchmarks.map(({ name }) => name).join(', ')}, --write and --quick.`);

const readme = join(root, 'README.md');
const quoted = /(<!-- bench -->\n)([\s\S]*?)(<!-- \/bench -->)/;
const commandOf = (name) => `\`npm run bench -- ${name}\``;
/** Rows that an earlier run put into the README: what is not measured now stays there. */
const earlier = readFileSync(readme, 'utf8').match(quoted)[2].split('\n');

const head = ['what', 'ours', 'beside', 'ratio or difference', 'command'];
const print = (cells) => `| ${cells.join(' | ')} |`;
const lines = [];
const titles = [print(head), print(head.map(() => '---'))];
console.log(titles.join('\n'));
for (const { name, measure } of benchmarks) {
  if (named.length > 0 && !named.includes(name)) {
    lines.push(...earlier.filter((line) => line.endsWith(`| ${commandOf(name)} |`)));
    continue;
  }
  for await (const row of await measure(flags.includes('--quick'))) {
    const line = print([...row, commandOf(name)]);
    // Some take minutes: each row is there as soon as it is measured.
    console.log(line);
    lines.push(line);
  }
}
const table = (rows) => [...titles, ...rows].join('\n');
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}); medians.`;
console.log(`\n${machine}`);
if (flags.includes('--write')) writeFileSync(readme, readFileSync(readme, 'utf8').replace(quoted, (_, start, __, end) => `${start}${table(lines)}\n\n${machine}\n${end}`));
