import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Origin } from '../../src/base/origin.js';
import { compile } from '../../src/compile.js';
import { handlers } from '../../generators/handlers/index.js';
import { mapping } from '../../generators/mapping/index.js';
import { validators } from '../../generators/validators/index.js';
import { keepNothing } from '../../src/emit/memory.js';
import type { Api } from '../../src/ir/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The runtime's sources by file name, as an emitter is given them. */
export const runtimeSources: ReadonlyMap<string, string> = new Map(
  readdirSync(join(root, 'src/runtime')).sort().map((name) => [name, readFileSync(join(root, 'src/runtime', name), 'utf8')]),
);

const folders: string[] = [];
process.once('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder that is removed when the process ends. Below the repository, so that its tools are found. */
export const temporary = (): string => {
  mkdirSync(join(root, '.gatewright'), { recursive: true });
  const folder = mkdtempSync(join(root, '.gatewright/test-'));
  folders.push(folder);
  return folder;
};

/** The meaning of a document given as text; fails with its diagnostics. */
export const apiOf = async (text: string): Promise<Api> => {
  const folder = temporary();
  writeFileSync(join(folder, 'openapi.yaml'), text);
  const { api, diagnostics } = await compile('openapi.yaml', { cwd: folder, allowRoots: [], allowHosts: [], overlays: [], emitters: [] });
  const errors = diagnostics.filter(({ level }) => level === 'error');
  if (!api) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return api;
};

/** What handlers, validators and mappings print for an API, by path. */
export const generate = async (api: Api): Promise<Map<string, string>> => {
  const label = ({ pointer }: Origin): string => `openapi.yaml#${pointer}`;
  const context = { specName: 'openapi.yaml', label, report: () => {}, runtime: runtimeSources, suite: new Map<string, string>(), targets: [], keep: keepNothing };
  const made = await Promise.all([handlers, validators, mapping].map(async ({ emit }) => [...await emit(api, context)]));
  return new Map(made.flat().map(({ path, content }) => [path, content] as const));
};

/** Writes files below a new folder, and answers it. */
export const write = (files: ReadonlyMap<string, string>): string => {
  const folder = temporary();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
};

/** What `tsc` says of a folder; empty when it is content. */
export const typecheck = (folder: string): string => {
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--noEmit'], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout ?? error);
  }
};

/** Bundles a module as it is deployed: its size in bytes, and what it exports. */
export const bundle = async (folder: string, entry: string): Promise<{ size: number; module: Record<string, unknown> }> => {
  const outfile = join(folder, 'build', `${entry.replace(/\W/g, '-')}.mjs`);
  await build({ entryPoints: [join(folder, entry)], outfile, bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent' });
  return { size: readFileSync(outfile).length, module: (await import(pathToFileURL(outfile).href)) as Record<string, unknown> };
};
