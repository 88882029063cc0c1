import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const specs = join(root, 'specs');

export interface Run { readonly code: number; readonly out: string; readonly err: string }

/** Runs the command line as a user would, in a pipe. */
export const gatewright = (words: readonly string[], options: { readonly cwd?: string; readonly input?: string; readonly env?: Readonly<Record<string, string>>; readonly bin?: string } = {}): Run => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.bin ?? join(root, 'bin/gatewright.js'), ...words], {
    cwd: options.cwd ?? root, encoding: 'utf8', input: options.input ?? '', env: { ...process.env, ...options.env }, maxBuffer: 1 << 28,
  });
  return { code: status ?? -1, out: stdout, err: stderr };
};

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'gatewright-test-'));
