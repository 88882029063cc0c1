import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Calls what a module exports as `handler`, by the module's path below the output folder. */
export type Invoke = (entry: string, event: unknown, timeoutMs: number) => Promise<unknown>;

interface Loaded { readonly handler: (event: unknown, context: unknown) => Promise<unknown>; readonly inputs: ReadonlyMap<string, number> }

/** The sources of a function do not bundle: the developer's fault, told with esbuild's words. */
export class BundleFailure extends Error {}

/** A function did not come to an answer: it threw, or ended its process. */
export class FunctionFailure extends Error {
  /** `reason` is the message alone, which a gateway looks at. */
  constructor(readonly reason: string, stack: string = reason) { super(stack); }
}

/**
 * Runs functions from their sources. Each is bundled when it is first called, and again when a source of it has
 * changed since: no watcher, and no stale code.
 */
export const createFunctions = (outputFolder: string, workFolder: string): Invoke => {
  const loaded = new Map<string, Loaded>();
  const loading = new Map<string, Promise<Loaded>>();
  mkdirSync(workFolder, { recursive: true });
  return async (entry, event, timeoutMs) => {
    const known = loaded.get(entry);
    let current = known && fresh(known.inputs) ? known : undefined;
    if (!current) {
      const job = loading.get(entry) ?? load(outputFolder, workFolder, entry);
      loading.set(entry, job);
      try {
        current = await job;
        loaded.set(entry, current);
      } finally {
        loading.delete(entry);
      }
    }
    try {
      return await current.handler(event, { awsRequestId: 'local', functionName: entry, getRemainingTimeInMillis: () => timeoutMs });
    } catch (error) {
      throw error instanceof Error ? new FunctionFailure(error.message, error.stack) : new FunctionFailure(String(error));
    }
  };
};

const modified = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const fresh = (inputs: ReadonlyMap<string, number>): boolean => [...inputs].every(([path, time]) => modified(path) === time);

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
  // A module is cached by its address, so new content gets a new one.
  const file = join(workFolder, `${createHash('sha256').update(`${entry}\n${text}`).digest('hex').slice(0, 24)}.mjs`);
  writeFileSync(file, text);
  const module = (await import(pathToFileURL(file).href)) as { readonly handler?: unknown };
  if (typeof module.handler !== 'function') throw new BundleFailure(`${entry} has no export \`handler\``);
  return { handler: module.handler as Loaded['handler'], inputs };
};
