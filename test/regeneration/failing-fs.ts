import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Calls that change something on a disk, and fail one by one. */
const changing = ['writeFileSync', 'renameSync', 'mkdirSync', 'rmSync', 'rmdirSync', 'chmodSync', 'linkSync'] as const;

// What `rmSync` loads when it is first called would keep the failing functions for good.
const scrap = fs.mkdtempSync(join(tmpdir(), 'gatewright-scrap-'));
fs.rmSync(scrap, { recursive: true });

/** What goes wrong: the process ends (every call from the n-th on fails), or the disk is full (the n-th fails). */
export interface Mishap { readonly how: 'killed' | 'no space'; readonly at: number }

/** Runs work on a file system that fails; answers whether it did. */
export const withMishap = (mishap: Mishap | undefined, work: () => void): boolean => {
  if (!mishap) {
    work();
    return false;
  }
  const real = Object.fromEntries(changing.map((name) => [name, fs[name]]));
  let calls = 0;
  let struck = false;
  for (const name of changing) {
    Object.assign(fs, {
      [name]: (...args: unknown[]): unknown => {
        calls++;
        if (mishap.how === 'killed' ? calls >= mishap.at : calls === mishap.at) {
          struck = true;
          throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        }
        return (real[name] as (...given: unknown[]) => unknown)(...args);
      },
    });
  }
  syncBuiltinESMExports();
  try {
    work();
  } catch (error) {
    if (!struck) throw error;
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
  return struck;
};
