import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { builtin, type Origin } from '../base/origin.js';
import type { Compilation } from '../compile.js';
import { Diagnostics } from '../diagnostics/collect.js';
import { aside, drift, editedFile, editReplaced, movedFile, signatureChanged, unknownFile } from '../emit/diagnostics.js';
import { exclusively } from '../emit/exclusive.js';
import { readFolder, readLock, strangers } from '../emit/folder.js';
import { workFolder } from '../emit/layout.js';
import { emptyLock, type Lock } from '../emit/lock.js';
import type { Memory } from '../emit/memory.js';
import { planWrites, type Move, type Orphan, type Plan } from '../emit/plan.js';
import { Seen } from '../emit/seen.js';
import { recover, write } from '../emit/write.js';
import { differences, type FileDifference } from './difference.js';
import { rememberInputs } from './inputs.js';
import { compileProject, type Project } from './project.js';
import type { Judged } from './report.js';
import { keepResult, recallResult } from './store.js';
import { tidy, type TidyFlags } from './tidy.js';
import { version } from './version.js';

/** What a folder is brought up to date with. */
export interface Generated extends Judged, Pick<Compilation, 'failed' | 'files'> {}

/** What a build did, or would have done. */
export interface BuildResult<Made extends Generated = Generated> {
  readonly compilation: Made;
  readonly plan?: Plan;
  /** How generated files differ from what they should be, where that keeps the build from being done. */
  readonly differences: readonly FileDifference[];
  readonly failed: boolean;
}

export interface BuildOptions extends TidyFlags {
  /** Write nothing; say where the folder is not what the document gives. */
  readonly check: boolean;
  /** Replace generated files that somebody edited. */
  readonly force: boolean;
}
/** For those who build on the way to something else: nobody is asked. */
export const plainBuild: BuildOptions = { check: false, force: false, prune: false, move: false, yes: false, ask: false };

/** Compiles and brings the output folder up to date; with `check`, only says where it is not. `memory`: for builds of it that follow one another. */
export const buildProject = async (project: Project, cwd: string, options: BuildOptions, memory?: Memory): Promise<BuildResult<Compilation>> =>
  buildFrom(await compileProject(project, cwd, true, memory ? { memory } : {}), project, cwd, options, memory?.seen);

/** Builds once more without writing: the next build finds the engine warm, and has seen the folder. It takes a small part of the first. */
export const rehearse = async (project: Project, memory: Memory, cwd: string): Promise<void> => {
  await buildProject(project, cwd, { ...plainBuild, check: true }, memory);
};

/** As `buildProject`, but for what is compiled: what the project's store has is taken from there. */
export const buildStored = async (project: Project, cwd: string, options: BuildOptions): Promise<BuildResult> => {
  const stored = recallResult(project, cwd);
  if (stored) return buildFrom(stored, project, cwd, options);
  const compilation = await compileProject(project, cwd, true);
  keepResult(project, cwd, compilation);
  return buildFrom(compilation, project, cwd, options);
};

const buildFrom = async <Made extends Generated>(compilation: Made, project: Project, cwd: string, options: BuildOptions, seen = new Seen()): Promise<BuildResult<Made>> => {
  if (compilation.failed || !compilation.files) return { compilation, differences: [], failed: true };
  const found = new Diagnostics();
  const built: Built = { ...compilation, files: compilation.files };
  const { plan, differences: wrong = [] } = options.check ? checkFolder(project.out, built, found.report, seen) : await updateFolder(project, built, cwd, options, found, seen);
  if (plan) await tellChanges(project.out, plan.changed, found.report);
  return {
    compilation: { ...compilation, diagnostics: [...compilation.diagnostics, ...found.all] },
    differences: wrong,
    failed: !plan || found.hasErrors,
    ...(plan ? { plan } : {}),
  };
};

type Built = Generated & Required<Pick<Generated, 'files'>>;
interface Outcome { readonly plan?: Plan; readonly differences?: readonly FileDifference[] }

const checkFolder = (out: string, { files }: Built, report: Diagnostics['report'], seen: Seen): Outcome => {
  const plan = planFor(out, files, report, [], seen);
  return plan ? { plan, differences: tellDrift(out, plan, report) } : {};
};

const updateFolder = async (project: Project, built: Built, cwd: string, options: BuildOptions, found: Diagnostics, seen: Seen): Promise<Outcome> => {
  const { out } = project;
  const { report } = found;
  const asked = await tidy(leftBehind(out, built.files, seen), out, options);
  return exclusively(out, report, (): Outcome => {
    const plan = recover(out, report) ? planFor(out, built.files, report, asked, seen) : undefined;
    if (!plan) return {};
    if (plan.edited.length > 0 && !options.force) {
      for (const path of plan.edited) report(editedFile({ path }, originOf(plan, path)));
      return { differences: differences(out, plan, plan.edited) };
    }
    const lock = { compiler: version, spec: specOf(project), targets: project.emitters.filter(({ runs }) => runs === 'target').map(({ name }) => name) };
    if (!write(out, plan, lock, report, seen)) return {};
    for (const path of plan.edited) report(editReplaced({ path }, originOf(plan, path)));
    for (const { from, to } of plan.moves) report((to.startsWith(`${workFolder}/`) ? aside : movedFile)({ from, to }, builtin));
    // What was told of the folder is told again by the next build, which has to look then.
    rememberInputs(project, built, cwd, plan.files, found.all.length === 0 && plan.changed.length === 0);
    return { plan };
  }) ?? {};
};

/** Files of the developer's that the document no longer asks for. The folder is only read where the lock has such a file. */
const leftBehind = (out: string, files: Built['files'], seen: Seen): readonly Orphan[] => {
  const wanted = new Set(files.map(({ path }) => path));
  const listed = [...lockedFiles(out, seen)].some(([path, { ownership }]) => ownership === 'scaffold' && !wanted.has(path));
  return listed ? (planFor(out, files, () => undefined, [], seen)?.orphans ?? []) : [];
};

const lockedFiles = (out: string, seen: Seen): Lock['files'] => {
  try {
    return readLock(out, seen)?.files ?? emptyLock.files;
  } catch {
    // Whoever reads the folder next tells what is wrong with it.
    return emptyLock.files;
  }
};

const planFor = (out: string, files: Built['files'], report: Diagnostics['report'], moves: readonly Move[], seen: Seen): Plan | undefined => {
  const folder = readFolder(out, files.map(({ path }) => path), report, seen);
  return folder && planWrites(files, folder.lock, folder.disk, report, moves);
};

const originOf = (plan: Plan, path: string): Origin => plan.update.find((file) => file.path === path)?.origin ?? builtin;

/** Says of each generated file how it is not what the document gives. */
const tellDrift = (out: string, plan: Plan, report: Diagnostics['report']): readonly FileDifference[] => {
  const edited = new Set(plan.edited);
  for (const { path, origin } of plan.create) report(drift({ path, how: 'is missing' }, origin ?? builtin));
  for (const { path, origin } of plan.update) report(drift({ path, how: edited.has(path) ? 'was edited by hand' : 'is not what the document gives' }, origin ?? builtin));
  for (const path of plan.remove) report(drift({ path, how: 'is no longer generated' }, builtin));
  for (const path of strangers(out, new Set(plan.files.keys()))) report(unknownFile({ path }, builtin));
  return differences(out, plan, plan.update.map(({ path }) => path));
};

/** The document as the lock names it: from the output folder, so that it is the same wherever the command runs. */
const specOf = (project: Project): string => (typeof project.input === 'string' ? relative(project.out, project.input).replaceAll('\\', '/') : project.name);

/** Tells what changed under the developer's files, with the lines that it touches. Reading them is slow, and seldom needed. */
const tellChanges = async (out: string, changed: Plan['changed'], report: Diagnostics['report']): Promise<void> => {
  if (changed.length === 0) return;
  const { inspectHandlers } = await import('../../generators/kit/typescript/inspect.js');
  const inspected = inspectHandlers(new Map(changed.map(({ path }) => [path, readFileSync(join(out, path), 'utf8')])));
  for (const { path, origin, changes } of changed) {
    const file = inspected.get(path);
    const linesOf = (part: string): readonly number[] => {
      const [, status] = /^answer (\S+)/.exec(part) ?? [];
      return (status === undefined ? file?.reads.get(part) : file?.answers.get(status)) ?? [];
    };
    report(signatureChanged({ path, changes: changes.map((change) => ({ ...change, lines: linesOf(change.part) })) }, origin));
  }
};
