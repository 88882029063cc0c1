import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const folders = [];
process.once('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
export const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-bench-'));
  folders.push(folder);
  return folder;
};

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** A line on a terminal that says what is run just now; nothing in a pipe. */
const progress = (words) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words.join(' ').slice(0, (process.stderr.columns ?? 80) - 1)}`);
};

/** A whole process: wall seconds, and peak memory in MB, of the largest of those that it begins where it does. */
export const run = (words) => {
  progress(words);
  const memory = join(scratch(), 'memory');
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'bench', 'memory.mjs')).href}`, BENCH_MEMORY: memory }, maxBuffer: 1 << 28 });
  const seconds = (performance.now() - started) / 1000;
  progress([]);
  if (status !== 0) throw new Error(`${words.join(' ')} exited ${status}\n${stderr}`);
  return { seconds, megabytes: Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number)) / 1024 };
};

/** From this many seconds on a process is its own warm-up, and is run once. */
const long = 20;

/** Whole processes in turn, so that a machine that changes its speed changes it for all. The first round is a warm-up. */
export const inTurn = (rounds, commands) => {
  const results = commands.map(() => []);
  const first = commands.map((command, index) => {
    const result = run(command());
    if (result.seconds > long) results[index].push(result);
    return result;
  });
  for (let round = 0; round < rounds; round++) {
    commands.forEach((command, index) => {
      if (first[index].seconds <= long) results[index].push(run(command()));
    });
  }
  return results.map((all) => ({ seconds: median(all.map(({ seconds }) => seconds)), megabytes: median(all.map(({ megabytes }) => megabytes)) }));
};

/** The folder of packages; nothing where no registry is reached. */
export const install = (folder, packages) => {
  const { status } = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, ...packages], { stdio: 'ignore' });
  return status === 0 ? join(folder, 'node_modules') : undefined;
};
