import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { builtin } from '../base/origin.js';
import type { Compilation } from '../compile.js';
import { Diagnostics } from '../diagnostics/collect.js';
import { drift, signatureChanged } from '../emit/diagnostics.js';
import { exclusively } from '../emit/exclusive.js';
import { readFolder } from '../emit/folder.js';
import { planWrites, type Plan } from '../emit/plan.js';
import { recover, write } from '../emit/write.js';
import { compileProject, type Project } from './project.js';
import { lockedInputs } from './inputs.js';
import { version } from './version.js';

/** What a build did, or would have done. */
export interface BuildResult {
  readonly compilation: Compilation;
  readonly plan?: Plan;
  readonly failed: boolean;
}

/** Compiles and brings the output folder up to date; with `check`, only says where it is not. */
export const buildProject = async (project: Project, cwd: string, check: boolean): Promise<BuildResult> => {
  const compilation = await compileProject(project, cwd, true);
  if (compilation.failed || !compilation.files) return { compilation, failed: true };
  const found = new Diagnostics();
  const { files } = compilation;
  const work = (): Plan | undefined => update(project, compilation, files, cwd, check, found);
  const plan = check ? work() : exclusively(project.out, found.report, work);
  if (plan) await tellChanges(project.out, plan.changed, found.report);
  return {
    compilation: { ...compilation, diagnostics: [...compilation.diagnostics, ...found.all] },
    failed: !plan || found.hasErrors,
    ...(plan ? { plan } : {}),
  };
};

const update = (project: Project, compilation: Compilation, files: NonNullable<Compilation['files']>, cwd: string, check: boolean, found: Diagnostics): Plan | undefined => {
  const { report } = found;
  if (!check && !recover(project.out, report)) return undefined;
  const folder = readFolder(project.out, files.map(({ path }) => path), report);
  const plan = folder && planWrites(files, folder.lock, folder.disk, report);
  if (!plan) return undefined;
  if (check) {
    for (const { path, origin } of plan.create) report(drift({ path, how: 'is missing' }, origin ?? builtin));
    for (const { path, origin } of plan.update) report(drift({ path, how: 'is not what the document gives' }, origin ?? builtin));
    for (const path of plan.remove) report(drift({ path, how: 'is no longer generated' }, builtin));
    return plan;
  }
  // What was told of the folder is told again by the next build, which has to look then.
  const inputs = found.all.length === 0 && plan.changed.length === 0 ? lockedInputs(project, compilation, cwd, plan.files) : undefined;
  const lock = { compiler: version, spec: specOf(project), targets: project.emitters.filter(({ runs }) => runs === 'target').map(({ name }) => name), ...(inputs ? { inputs } : {}) };
  return write(project.out, plan, lock, report) ? plan : undefined;
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
