import { watch, type FSWatcher } from 'node:fs';
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
        await again();
      } while (asked);
      running = false;
      listen();
    };
    const listen = (): void => {
      for (const watcher of watchers) watcher.close();
      const files = new Set(sources().map((name) => resolve(cwd, name)));
      watchers = [...new Set([...files].map((file) => dirname(file)))].map((folder) => watch(folder, (_, name) => {
        if (name !== null && !files.has(resolve(folder, name))) return;
        clearTimeout(timer);
        timer = setTimeout(() => void run(), settle);
      }));
    };
    listen();
    terminal.err('Watching for changes; end with Ctrl-C.');
  });
