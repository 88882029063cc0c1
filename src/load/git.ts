import { execFile } from 'node:child_process';
import { isAbsolute, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import type { FileStore } from './options.js';

const run = promisify(execFile);

/** Runs without a shell and never asks; the commands used here run no hook and no filter of the repository. */
const git = (folder: string, words: readonly string[], maxBuffer: number): Promise<{ readonly stdout: Buffer }> =>
  run('git', ['-C', folder, ...words], { encoding: 'buffer', maxBuffer, env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' } });

const mostText = 1024 * 1024;

/** Why a revision can't be read, in words that end a sentence. */
export class NoRevision extends Error {}

/** The files of one revision of the repository around a folder. Links in it are not followed. */
export const revision = async (folder: string, name: string): Promise<FileStore> => {
  const ask = async (words: readonly string[]): Promise<string | undefined> =>
    git(folder, words, mostText).then(({ stdout }) => stdout.toString('utf8').trim(), () => undefined);
  const top = await ask(['rev-parse', '--show-toplevel']);
  if (top === undefined) throw new NoRevision(`\`${folder}\` is in no Git repository`);
  const commit = await ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (commit === undefined) throw new NoRevision(`there is no revision \`${name}\`; a shallow clone may have to fetch it first`);
  const inside = (path: string): string | undefined => {
    const way = relative(top, path);
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : way.split(sep).join('/');
  };
  return {
    prefix: `git:${name}:`,
    read: async (path, caps) => {
      const way = inside(path);
      if (way === undefined) return { refused: 'outside-root' };
      try {
        return { bytes: (await git(folder, ['cat-file', 'blob', `${commit}:${way}`], caps.bytes)).stdout };
      } catch (error) {
        return { refused: (error as NodeJS.ErrnoException).code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? 'too-large' : 'missing' };
      }
    },
    real: async (path) => path,
  };
};
