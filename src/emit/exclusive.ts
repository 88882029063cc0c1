import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { builtin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import * as faults from './diagnostics.js';
import { systemMessage } from './folder.js';
import { workFolder } from './layout.js';

const fileName = 'writing';
const pause = 20;
/** A mark that is only half written after this long, in milliseconds, is a dead process's. */
const unfinished = 1000;

/**
 * Does work that changes an output folder while no other build does; nothing, with a report, when another one does not
 * come to an end within `patience` (milliseconds; writing takes far less). A process that died holding the folder is passed over: its journal says what it had begun.
 */
export const exclusively = <T>(root: string, report: Report, work: () => T, patience = 10_000): T | undefined => {
  const path = join(root, workFolder, fileName);
  const mine = `${process.pid} ${hostname()}\n`;
  const made = !existsSync(root);
  try {
    const link = [root, join(root, workFolder)].find((folder) => lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink());
    if (link !== undefined) {
      report(faults.symlink({ path: link }, builtin));
      return undefined;
    }
    for (let waited = 0; !take(root, path, mine); waited += pause) {
      if (waited >= patience) {
        report(faults.busy({ path, holder: read(path)?.split(' ')[0] ?? '?' }, builtin));
        return undefined;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  } catch (error) {
    report(faults.unwritable({ path: root, why: systemMessage(error) }, builtin));
    return undefined;
  }
  try {
    return work();
  } finally {
    quietly(() => rmSync(path, { force: true }));
    quietly(() => rmdirSync(join(root, workFolder)));
    if (made) quietly(() => rmdirSync(root));
  }
};

const take = (root: string, path: string, mine: string): boolean => {
  mkdirSync(join(root, workFolder), { recursive: true });
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // The folder went with the other one's last file.
    if (code === 'ENOENT') return false;
    if (code !== 'EEXIST') throw error;
    const holder = read(path);
    if (holder !== undefined && isDead(path, holder)) passOver(path, holder);
    return false;
  }
};

/** Takes the mark of a dead process away, by a name that only one of several who try it can have. */
const passOver = (path: string, holder: string): void => quietly(() => {
  const aside = `${path}.${process.pid}`;
  renameSync(path, aside);
  // Another one was faster, and this is its own mark.
  if (read(aside) === holder) rmSync(aside, { force: true });
  else renameSync(aside, path);
});

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** Of another machine's processes, on a shared disk, nothing is known: they count as alive. */
const isDead = (path: string, holder: string): boolean => {
  if (!holder.endsWith('\n')) return Date.now() - statSync(path).mtimeMs > unfinished;
  const [pid = '', host] = holder.trimEnd().split(' ');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
};

/** What may fail: a folder with something of somebody else in it, a mark that the next build passes over. */
const quietly = (work: () => void): void => {
  try {
    work();
  } catch {
    // Nothing depends on it.
  }
};
