import { statSync, watch, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Terminal } from './terminal.js';

/** Editors write in several steps; they are one change. In milliseconds. */
const settle = 80;

/**
 * Calls `again` when one of the sources changes, until the process is ended. Folders are watched, not files: editors
 * replace a file rather than write into it.
 */
export const watchSources = (sources: () => readonly string[], cwd: string, terminal: Terminal, again: () => Promise<unknown>): Promise<never> =>
  new Promise(() => {
    let files: readonly string[] = [];
    let watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    let running = false;
    let asked = false;
    const run = async (): Promise<void> => {
      if (running) {
        asked = true;
        return;
      }
      running = true;
      do {
        asked = false;
        const began = Date.now();
        await again();
        asked ||= listen(began);
      } while (asked);
      running = false;
    };
    /** Whether one of the files changed since then: what is written between its being read and its being watched brings no event. */
    const listen = (began: number): boolean => {
      for (const watcher of watchers) watcher.close();
      files = [...new Set(sources().map((name) => resolve(cwd, name)))];
      watchers = [...new Set(files.map((file) => dirname(file)))].map((folder) => watch(folder, (_, name) => {
        if (name !== null && !files.includes(resolve(folder, name))) return;
        clearTimeout(timer);
        timer = setTimeout(() => void run(), settle);
      }));
      return files.some((file) => changedSince(file, began));
    };
    const late = listen(performance.timeOrigin);
    terminal.err('Watching for changes; end with Ctrl-C.');
    if (late) void run();
  });

/** By the time of its last change of any kind: a file that was moved here may have been written long ago. Times to come say nothing. */
const changedSince = (file: string, began: number): boolean => {
  const changed = statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0;
  return changed > began && changed <= Date.now();
};
