import { resolve } from 'node:path';
import { keepUnallowed } from '../bind/allowances.js';
import { compile, type Compilation } from '../compile.js';
import type { Change } from '../diff/changes.js';
import { diffApis } from '../diff/diff.js';
import { changeRules } from '../diff/rules/index.js';
import { NoRevision, revision } from '../load/git.js';
import type { Input } from '../load/load.js';
import type { FileStore } from '../load/options.js';
import type { Config } from './config.js';
import { stdinName } from './options.js';
import { readStdin } from './project.js';
import { UsageError } from './terminal.js';

/** What is compared, and how both sides are read. */
export interface ComparisonFlags {
  readonly overlay?: readonly string[];
  readonly allowRoot?: readonly string[];
  readonly allowHost?: readonly string[];
}

/** A file, `-`, or `git:REV:path`: that file as it was in a revision, with all it refers to. */
const sourceOf = async (name: string, cwd: string): Promise<{ readonly input: Input; readonly path: string; readonly store?: FileStore }> => {
  if (name === stdinName) return { input: { stdin: await readStdin() }, path: name };
  const [, rev, path] = /^git:(.+?):(.+)$/.exec(name) ?? [];
  if (rev === undefined || path === undefined) {
    if (name.startsWith('git:')) throw new UsageError(`\`${name}\` names no file: write \`git:REVISION:PATH\`, as \`git:main:openapi.yaml\`.`);
    return { input: name, path: resolve(cwd, name) };
  }
  try {
    return { input: path, path: resolve(cwd, path), store: await revision(cwd, rev) };
  } catch (error) {
    if (error instanceof NoRevision) throw new UsageError(`\`${name}\` can't be read: ${error.message}.`);
    throw error;
  }
};

/** Compiles one version as far as its meaning; settings of the configuration for its path hold, wherever it is read from. */
export const compileVersion = async (name: string, flags: ComparisonFlags, config: Config, cwd: string): Promise<Compilation> => {
  const { input, path, store } = await sourceOf(name, cwd);
  const settings = config.projects.find(({ spec }) => spec === path);
  const paths = (all: readonly string[] | undefined): readonly string[] => (all ?? []).map((each) => resolve(cwd, each));
  return compile(input, {
    cwd, emitters: [], levels: config.levels,
    overlays: paths(flags.overlay ?? settings?.overlays), allowRoots: paths(flags.allowRoot ?? settings?.allowRoots), allowHosts: flags.allowHost ?? settings?.allowHosts ?? [],
    ...(store ? { store } : {}),
  });
};

/** What changed, less what the newer document allows; nothing where one of the two means nothing. */
export const compareVersions = (was: Compilation, now: Compilation, config: Config, today: string): readonly Change[] | undefined => {
  if (!was.api || !was.bound || !now.api || !now.bound || !now.document) return undefined;
  const changes = diffApis({ api: was.api, bound: was.bound }, { api: now.api, bound: now.bound }, { today });
  return keepUnallowed(changes, now.document, changeRules, config.levels);
};
