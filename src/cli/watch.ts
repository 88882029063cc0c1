import { statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Terminal } from './terminal.js';

/** Editors write in several steps, which follow at once; they are one change. What comes later is another. In milliseconds. */
const settle = 15;

/** A change may be told to be older than it is by as much: the system's clock ticks in steps. Less than what is waited for, so that one that was waited for is not found again. In milliseconds. */
const tick = 10;

/**
 * Calls `again` with those of the sources that changed (absolute paths), until the process is ended. Folders are watched, not
 * files: editors replace a file rather than write into it.
 */
export const watchSources = (sources: () => readonly string[], cwd: string, terminal: Terminal, again: (changed: ReadonlySet<string>) => Promise<unknown>): Promise<never> =>
  new Promise(() => {
    let watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    let running = false;
    let changed = new Set<string>();
    const run = async (): Promise<void> => {
      if (running) return;
      running = true;
      while (changed.size > 0) {
        const now = changed;
        const began = Date.now();
        changed = new Set();
        await again(now);
        listen(began);
      }
      running = false;
    };
    /** Also finds what was written since then: between its being read and its being watched no event tells of it. */
    const listen = (began: number): void => {
      for (const watcher of watchers) watcher.close();
      const files = new Set(sources().map((name) => resolve(cwd, name)));
      watchers = [...new Set([...files].map((file) => dirname(file)))].map((folder) => watch(folder, (_, name) => {
        const told = name === null ? [...files].filter((file) => dirname(file) === folder) : [resolve(folder, name)].filter((file) => files.has(file));
        if (told.length === 0) return;
        for (const file of told) changed.add(file);
        clearTimeout(timer);
        timer = setTimeout(() => void run(), settle);
      }));
      for (const file of files) if (changedSince(file, began)) changed.add(file);
    };
    listen(performance.timeOrigin);
    terminal.err('Watching for changes; end with Ctrl-C.');
    void run();
  });

/** By the time of its last change of any kind: a file that was moved here may have been written long ago. Times to come say nothing. */
const changedSince = (file: string, began: number): boolean => {
  const at = statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0;
  return at > began - tick && at <= Date.now();
};
