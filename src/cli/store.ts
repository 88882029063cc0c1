import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { generators } from '../../generators/index.js';
import type { Origin } from '../base/origin.js';
import type { Diagnostic } from '../diagnostics/define.js';
import { hashOf } from '../emit/hash.js';
import type { PlannedFile } from '../emit/plan.js';
import type { Generated } from './build.js';
import { compilerIdentity, contentHash } from './compiler-identity.js';
import type { Project } from './project.js';

/**
 * A store of results by the digest of all that they depend on, shared by whoever names the same folder: other checkouts, other
 * branches, a CI that keeps it from run to run. What is in it is only ever looked up by what it was made from, so that it is
 * never out of date; anything may be deleted from it at any time.
 */
interface Kept {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly PlannedFile[];
  readonly origins: readonly (readonly [string, Origin])[];
}

/** Of each document, so many results are kept: those that were asked for last. */
const most = 20;

/** What a build of this project gave before, with the same compiler, settings and contents; nothing where none did. */
export const recallResult = (project: Project, cwd: string): Generated | undefined => {
  const folder = folderOf(project, cwd);
  if (folder === undefined) return undefined;
  try {
    for (const names of readLists(folder)) {
      const path = join(folder, `${digestOf(names, cwd)}.json.gz`);
      if (!existsSync(path)) continue;
      const { diagnostics, files, origins } = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as Kept;
      const now = new Date();
      utimesSync(path, now, now);
      const sources = new Map(names.map((name) => [name, readFileSync(resolve(cwd, name), 'utf8').replace(/^\uFEFF/, '')]));
      return { diagnostics, files, failed: false, sources, document: { origins: new Map(origins) } };
    }
  } catch {
    // Half a file, or one that another process has just deleted: what is not there is made.
  }
  return undefined;
};

export const keepResult = (project: Project, cwd: string, { failed, files, diagnostics, sources, document }: Generated): void => {
  const folder = folderOf(project, cwd);
  const names = [...sources.keys()];
  if (folder === undefined || failed || !files || names.some((name) => !existsSync(resolve(cwd, name)))) return;
  try {
    mkdirSync(folder, { recursive: true });
    // The text is kept, whatever it is held as.
    const kept: Kept = { diagnostics, files: files.map(({ bytes: _, ...file }) => file), origins: [...(document?.origins ?? [])] };
    put(join(folder, `${digestOf(names, cwd)}.json.gz`), gzipSync(JSON.stringify(kept), { level: 1 }));
    const list = JSON.stringify(names);
    put(join(folder, `${hashOf(list)}${listed}`), list);
    tidy(folder, '.json.gz');
    tidy(folder, listed);
  } catch {
    // A store that cannot be written keeps nothing.
  }
};

const listed = '.reads.json';

/** Which files builds of a document have read: what it refers to may have changed since. */
const readLists = (folder: string): readonly (readonly string[])[] =>
  (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith(listed)).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly string[]);

const digestOf = (names: readonly string[], cwd: string): string => hashOf(JSON.stringify(names.map((name) => [name, contentHash(resolve(cwd, name))])));

/** A folder for what is decided before anything is read. Names are as they are told to people: from where the command runs. */
const folderOf = (project: Project, cwd: string): string | undefined => {
  const compiler = compilerIdentity();
  const { cache, input, emitters, overlays, allowRoots, allowHosts, levels } = project;
  if (cache === undefined || compiler === undefined || typeof input !== 'string' || emitters.some((emitter) => !generators.includes(emitter))) return undefined;
  const from = (path: string): string => relative(cwd, path).replaceAll('\\', '/');
  return join(cache, hashOf(JSON.stringify([compiler, emitters.map(({ name }) => name), from(input), overlays.map(from), allowRoots.map(from), allowHosts, [...levels]])));
};

const put = (path: string, content: string | Uint8Array): void => {
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
};

const tidy = (folder: string, ending: string): void => {
  const paths = readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
  if (paths.length <= most) return;
  const oldest = paths.map((path) => [path, statSync(path).mtimeMs] as const).sort((a, b) => b[1] - a[1]).slice(most);
  for (const [path] of oldest) rmSync(path, { force: true });
};
