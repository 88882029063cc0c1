import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { generators } from '../../generators/index.js';
import { compare } from '../base/order.js';
import { readFolder, strangers } from '../emit/folder.js';
import { hashOf } from '../emit/hash.js';
import { workFolder } from '../emit/layout.js';
import type { Lock } from '../emit/lock.js';
import { isInterrupted } from '../emit/write.js';
import { compilerIdentity, contentHash } from './compiler-identity.js';
import type { Project } from './project.js';
import type { Judged } from './report.js';

/** A folder that a build would leave as it is. */
export interface UpToDate {
  readonly files: readonly string[];
  readonly warnings: number;
}

/** What a folder was made from. This machine's own: it says nothing that a reviewer could read, and changes with every comment. */
interface Inputs {
  /** Every file that was read, from the output folder. */
  readonly files: readonly string[];
  /** Over those files, the options, the compiler and the files of the lock: while it holds, a build would give the same. */
  readonly digest: string;
  readonly warnings: number;
}
const fileName = 'inputs.json';

/** Keeps in the output folder what a build depends on; forgets it where a later one could not tell from files alone whether it is the same. */
export const rememberInputs = (project: Project, compilation: Judged, cwd: string, files: Lock['files'], certain: boolean): void => {
  const folder = join(project.out, workFolder);
  const path = join(folder, fileName);
  const inputs = certain ? inputsOf(project, compilation, cwd, files) : undefined;
  try {
    if (!inputs) return rmSync(path, { force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(inputs));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // The next build has to look, then.
  }
};

const recallInputs = ({ out }: Project): Inputs | undefined => {
  try {
    const inputs = JSON.parse(readFileSync(join(out, workFolder, fileName), 'utf8')) as Partial<Inputs> | null;
    return Array.isArray(inputs?.files) && inputs.files.every((path) => typeof path === 'string') && typeof inputs.digest === 'string' && typeof inputs.warnings === 'number' ? (inputs as Inputs) : undefined;
  } catch {
    return undefined;
  }
};

const inputsOf = (project: Project, { sources, diagnostics }: Judged, cwd: string, files: Lock['files']): Inputs | undefined => {
  const names = [...sources.keys()];
  if (typeof project.input !== 'string' || names.some((name) => !existsSync(resolve(cwd, name)))) return undefined;
  const paths = names.map((name) => fromOut(project, resolve(cwd, name))).sort(compare);
  const digest = digestOf(project, paths, files);
  return digest === undefined ? undefined : { files: paths, digest, warnings: diagnostics.filter(({ level }) => level === 'warning').length };
};

/**
 * Whether nothing has changed since the last build here: neither the compiler nor the options nor what was read, nor a file that
 * was generated. Costs little more than hashing those files. Answers nothing where a build has to look.
 */
export const findUpToDate = (project: Project): UpToDate | undefined => {
  if (typeof project.input !== 'string' || isInterrupted(project.out)) return undefined;
  let told = false;
  const folder = readFolder(project.out, [], () => (told = true));
  const inputs = recallInputs(project);
  const files = folder?.lock.files;
  if (!folder || told || !inputs || !files || digestOf(project, inputs.files, files) !== inputs.digest) return undefined;
  for (const [path, { ownership, hash }] of files) {
    const now = folder.disk.get(path);
    if (now === undefined || (ownership === 'generated' && now !== hash)) return undefined;
  }
  if (strangers(project.out, new Set(files.keys())).length > 0) return undefined;
  return { files: [...files.keys()], warnings: inputs.warnings };
};

/** The same wherever the folders lie, as long as they lie to each other as before. */
const fromOut = ({ out }: Project, path: string): string => relative(out, path).replaceAll('\\', '/');

const digestOf = (project: Project, paths: readonly string[], files: Lock['files']): string | undefined => {
  const compiler = compilerIdentity();
  if (compiler === undefined || typeof project.input !== 'string' || project.emitters.some((emitter) => !generators.includes(emitter))) return undefined;
  const contents = paths.map((path) => [path, contentHash(resolve(project.out, path))]);
  return hashOf(JSON.stringify([
    compiler, project.emitters.map(({ name }) => name), fromOut(project, project.input),
    project.overlays.map((path) => fromOut(project, path)), project.allowRoots.map((path) => fromOut(project, path)), project.allowHosts,
    [...project.levels], contents, [...files].sort(([a], [b]) => compare(a, b)),
  ]));
};
