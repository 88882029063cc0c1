// `npm run bench`: how long a build takes, what a request costs, how large a function is; each beside a floor or a peer in the same run.
// `--write` puts the table into the README. `--quick` takes fewer rounds.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { compileRows } from './compile.mjs';
import { functionRows } from './function.mjs';
import { root } from './support.mjs';

if (!existsSync(join(root, 'dist'))) throw new Error('Run `npm ci` first.');
const quick = process.argv.includes('--quick');
const rows = [...await compileRows(quick), ...await functionRows(quick)];
const head = ['what', 'ours', 'beside', 'ratio or difference'];
const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}); medians.`;
console.log(`\n${table}\n\n${machine}`);
if (process.argv.includes('--write')) {
  const path = join(root, 'README.md');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/, (_, start, end) => `${start}${table}\n\n${machine}\n${end}`));
}
