import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Emitter } from '../emit/emitter.js';
import type { Memory } from '../emit/memory.js';
import { compile, type Compilation } from '../compile.js';
import type { Input } from '../load/load.js';
import type { FileStore } from '../load/options.js';
import type { RuleLevel } from '../bind/allowances.js';
import { defaultOut, readConfig } from './config.js';
import { stdinName } from './options.js';
import { chooseEmitters } from './emitters.js';
import { UsageError } from './terminal.js';
import { packageRoot } from '../diagnostics/pages.js';

/** The flags that say what is compiled. */
export interface ProjectFlags {
  readonly spec?: string;
  readonly target?: readonly string[];
  readonly overlay?: readonly string[];
  readonly allowRoot?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly out?: string;
}

/** One document with all that was decided of it; plain, so that another thread may be told. */
export interface ProjectSettings {
  readonly input: Input;
  readonly name: string;
  /** Absolute. */
  readonly out: string;
  readonly targets: readonly string[];
  readonly overlays: readonly string[];
  readonly allowRoots: readonly string[];
  readonly allowHosts: readonly string[];
  readonly levels: ReadonlyMap<string, RuleLevel>;
  /** Folder of the store of results, where there is one; absolute. */
  readonly cache?: string;
}
export interface Project extends ProjectSettings { readonly emitters: readonly Emitter[] }

/** The projects of a command: the spec it names, or those of the configuration. Flags win over the configuration. */
export const readProjects = async (flags: ProjectFlags, cwd: string): Promise<readonly Project[]> => {
  const config = await readConfig(cwd);
  const named = flags.spec === undefined ? undefined : flags.spec === stdinName ? stdinName : resolve(cwd, flags.spec);
  const entries = named === undefined ? config.projects : [config.projects.find(({ spec }) => spec === named) ?? { spec: named }];
  if (entries.length === 0) throw new UsageError('Which document? Name one, or list it in gatewright.config.yaml.');
  if (entries.length > 1 && flags.out !== undefined) throw new UsageError('`--out` names one folder, and the configuration has several specs: give each an `out` there.');
  return Promise.all(entries.map(async (entry): Promise<Project> => openProject({
    input: entry.spec === stdinName ? { stdin: await readStdin() } : entry.spec,
    name: entry.spec,
    out: resolve(cwd, flags.out ?? entry.out ?? defaultOut),
    targets: flags.target ?? entry.targets ?? [],
    overlays: (flags.overlay ?? entry.overlays ?? []).map((path) => resolve(cwd, path)),
    allowRoots: (flags.allowRoot ?? entry.allowRoots ?? []).map((path) => resolve(cwd, path)),
    allowHosts: flags.allowHost ?? entry.allowHosts ?? [],
    levels: config.levels,
    ...(config.cache === undefined ? {} : { cache: config.cache }),
  }, cwd)));
};

/** A project with its generators. */
export const openProject = async (settings: ProjectSettings, cwd: string): Promise<Project> => ({ ...settings, emitters: await chooseEmitters(settings.targets, cwd) });

/** Compiles a project; `generate: false` stops before the generators. `store`: where files are read, if not from the disk. `memory`: of the last time. */
export const compileProject = async (project: Project, cwd: string, generate: boolean, more: { readonly store?: FileStore; readonly memory?: Memory } = {}): Promise<Compilation> => {
  // Threads are loaded by those who generate.
  const apart = generate && !more.memory ? new (await import('./emit-apart.js')).EmitApart(sizeOf(project.input)) : undefined;
  try {
    return await compile(project.input, {
      cwd, emitters: project.emitters, overlays: project.overlays, allowRoots: project.allowRoots, allowHosts: project.allowHosts, levels: project.levels,
      ...more,
      ...(generate ? { runtime: runtimeSources(), suite: suiteSources() } : {}),
      ...(apart ? { elsewhere: apart.run } : {}),
    });
  } finally {
    await apart?.end();
  }
};

/** How large a document is, about; what cannot be read is for the loader to tell. */
const sizeOf = (input: Input): number => {
  if (typeof input !== 'string') return input.stdin.length;
  try {
    return statSync(input).size;
  } catch {
    return 0;
  }
};

/** Read once: they are a part of the compiler that runs. */
const sourcesIn = (name: 'runtime' | 'suite'): (() => ReadonlyMap<string, string>) => {
  let read: ReadonlyMap<string, string> | undefined;
  const folder = join(packageRoot, 'src', name);
  return () => (read ??= new Map(readdirSync(folder).filter((file) => file.endsWith('.ts')).sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')])));
};

/** The runtime's sources, which generated code carries with it. */
export const runtimeSources = sourcesIn('runtime');

/** Sources of contract tests, which those that are generated carry with them. */
export const suiteSources = sourcesIn('suite');

/** Larger documents than this are refused by the loader anyway. */
const mostStdin = 21 * 1024 * 1024;

export const readStdin = async (): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostStdin) break;
  }
  return Buffer.concat(chunks).toString('utf8');
};
