import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EventParts } from './event-maker.js';
import { FunctionThread } from './function-thread.js';

/** Calls what a module exports as `handler`, by the module's path below the output folder, with an event: its JSON text, or what it is made of. */
export type Invoke = (entry: string, event: string | EventParts, timeoutMs: number) => Promise<unknown>;

export interface Functions {
  readonly invoke: Invoke;
  /** Begins anew at the next call, with the environment as it is then. */
  readonly restart: () => void;
  readonly close: () => Promise<void>;
}

interface Loaded { readonly thread: FunctionThread; readonly inputs: ReadonlyMap<string, number>; checkedAt: number }

/** The sources of a function do not bundle: the developer's fault, told with esbuild's words. */
export class BundleFailure extends Error {}

/** Functions that run at once; the one that was not called for longest is ended for another. */
const mostThreads = 32;
/** Milliseconds in which sources are not looked at again. */
const trustedMs = 50;

/**
 * Runs functions from their sources, each in a thread of its own: one that ends its process, or never lets go of it, harms no other.
 * Each is bundled when it is first called, and again when a source of it has changed since: no watcher, and no stale code.
 */
export const createFunctions = (outputFolder: string, workFolder: string): Functions => {
  const loaded = new Map<string, Loaded>();
  const loading = new Map<string, Promise<Loaded>>();
  mkdirSync(workFolder, { recursive: true });
  const renewed = async (entry: string, known: Loaded | undefined): Promise<Loaded> => {
    const job = loading.get(entry) ?? load(outputFolder, workFolder, entry);
    loading.set(entry, job);
    try {
      const next = await job;
      if (known !== next) known?.thread.retire();
      loaded.delete(entry);
      loaded.set(entry, next);
      const [oldest] = loaded;
      if (loaded.size > mostThreads && oldest) {
        loaded.delete(oldest[0]);
        oldest[1].thread.retire();
      }
      return next;
    } finally {
      loading.delete(entry);
    }
  };
  return {
    invoke: (entry, event, timeoutMs) => {
      const known = loaded.get(entry);
      if (!known?.thread.isOpen || !isFresh(known)) return renewed(entry, known).then(({ thread }) => thread.call(event, timeoutMs));
      if (loaded.size > mostThreads / 2) {
        loaded.delete(entry);
        loaded.set(entry, known);
      }
      return known.thread.call(event, timeoutMs);
    },
    restart: () => {
      for (const { thread } of loaded.values()) thread.retire();
      loaded.clear();
    },
    close: async () => {
      await Promise.all([...loaded.values()].map(({ thread }) => thread.end()));
      loaded.clear();
    },
  };
};

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isFresh = (loaded: Loaded): boolean => {
  const now = performance.now();
  if (now - loaded.checkedAt < trustedMs) return true;
  loaded.checkedAt = now;
  return [...loaded.inputs].every(([path, time]) => modified(path) === time);
};

const load = async (outputFolder: string, workFolder: string, entry: string): Promise<Loaded> => {
  const result = await build({
    entryPoints: [resolve(outputFolder, entry)],
    absWorkingDir: resolve(outputFolder),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    external: ['@aws-sdk/*', '@smithy/*'],
    banner: { js: "import { createRequire as localRequire } from 'node:module'; const require = localRequire(import.meta.url);" },
  }).catch((error: unknown) => {
    throw new BundleFailure(error instanceof Error ? error.message : String(error));
  });
  const inputs = new Map(Object.keys(result.metafile.inputs).map((path) => [resolve(outputFolder, path), modified(resolve(outputFolder, path))]));
  const text = result.outputFiles[0]?.text ?? '';
  const file = join(workFolder, `${createHash('sha256').update(`${entry}\n${text}`).digest('hex').slice(0, 24)}.mjs`);
  writeFileSync(file, text);
  return { thread: new FunctionThread(entry, pathToFileURL(file).href), inputs, checkedAt: performance.now() };
};
