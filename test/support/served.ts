import { spawn, type ChildProcess } from 'node:child_process';

/** A program that serves, and the address that it says it serves at. */
export interface ServedProgram { readonly url: string; readonly end: () => void }

/** Runs a program of Node in the background, from the moment on that it names an address of this machine. */
export const served = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ServedProgram> => new Promise((found, fail) => {
  const program: ChildProcess = spawn(process.execPath, words, { env: { ...process.env, ...env } });
  let said = '';
  const read = (text: Buffer): void => {
    said += text.toString();
    const [url] = /https?:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
    if (url !== undefined) found({ url, end: () => void program.kill() });
  };
  program.stdout?.on('data', read);
  program.stderr?.on('data', read);
  program.on('exit', () => fail(new Error(said)));
});
