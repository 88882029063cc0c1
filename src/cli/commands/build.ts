import { relative } from 'node:path';
import { count } from '../../base/text.js';
import type { Command } from '../command.js';
import { buildProject, type BuildOptions, type BuildResult } from '../build.js';
import { excerpt } from '../difference.js';
import { findUpToDate, type UpToDate } from '../inputs.js';
import { specOptions, type SpecArguments } from '../options.js';
import { readProjects, type Project } from '../project.js';
import { renderDiagnostics, resultJson } from '../report.js';
import { exit, UsageError, type Terminal } from '../terminal.js';
import { watchSources } from '../watch.js';

interface Arguments extends SpecArguments, Omit<BuildOptions, 'ask'> { readonly watch: boolean; readonly format: 'terminal' | 'json' }

export const build = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => specOptions(yargs)
    .option('out', { type: 'string', describe: 'Where to write (default: out)' })
    .option('check', { type: 'boolean', default: false, describe: 'Write nothing; fail when the folder is not what the document gives' })
    .option('force', { type: 'boolean', default: false, describe: 'Replace generated files that were edited by hand' })
    .option('move', { type: 'boolean', default: false, describe: 'Give your file the new name of an operation that was renamed' })
    .option('prune', { type: 'boolean', default: false, describe: 'Put stubs aside that nobody wrote into and nothing calls; asks first' })
    .option('yes', { type: 'boolean', default: false, alias: 'y', describe: 'Do not ask' })
    .option('watch', { type: 'boolean', default: false, describe: 'Build again when the document changes' })
    .option('format', { choices: ['terminal', 'json'] as const, default: 'terminal' as const, describe: 'How to print what was done' })
    .example('$0 build openapi.yaml --out api --target sam', 'Write everything for AWS SAM into api/')
    .example('$0 build openapi.yaml --out api --check', 'Fail in CI when api/ is out of date'),
  handler: async (flags) => {
    if (flags.check && (flags.force || flags.move || flags.prune)) throw new UsageError('`--check` writes nothing, so `--force`, `--move` and `--prune` have nothing to do there.');
    if (flags.watch && flags.check) throw new UsageError('`--watch` builds, and `--check` does not: choose one.');
    const cwd = process.cwd();
    const projects = await readProjects(flags, cwd);
    if (flags.watch && projects.some(({ input }) => typeof input !== 'string')) throw new UsageError('`--watch` needs a file to watch, and the document came over standard input.');
    const once = async (): Promise<readonly BuildResult[]> => {
      const built: Project[] = [];
      const results: BuildResult[] = [];
      for (const project of projects) {
        // Programs are told all diagnostics, a watcher has to know what was read, and tidying what is left over.
        const same = flags.format === 'terminal' && !flags.watch && !flags.move && !flags.prune ? findUpToDate(project) : undefined;
        if (same) {
          tellUpToDate(terminal, shown(project.out, cwd), same, flags.check);
          continue;
        }
        terminal.progress(`building ${relative(cwd, project.name)}`);
        built.push(project);
        results.push(await buildProject(project, cwd, { ...flags, ask: !flags.watch }));
      }
      if (built.length > 0) print(terminal, built, results, flags, cwd);
      return results;
    };
    const results = await once();
    if (flags.watch) return watchSources(() => projects.flatMap((_, index) => [...(results[index]?.compilation.sources.keys() ?? [])]), cwd, terminal, once);
    process.exitCode = results.some(({ failed }) => failed) ? exit.shortfall : exit.fine;
  },
});

const tellUpToDate = (terminal: Terminal, out: string, { files, warnings }: UpToDate, check: boolean): void => {
  terminal.out(check ? `${out} is up to date (${count(files.length, 'file')}).` : `${out}: ${files.length} unchanged`);
  if (warnings > 0) terminal.err(`${count(warnings, 'warning')} as before; \`gatewright check\` shows them.`);
};

const print = (terminal: Terminal, projects: readonly Project[], results: readonly BuildResult[], flags: Arguments, cwd: string): void => {
  if (flags.format === 'json') {
    terminal.out(resultJson(results.map(({ compilation }) => compilation), {
      builds: results.map(({ plan, failed }, index) => ({
        out: relative(cwd, projects[index]?.out ?? '') || '.',
        failed,
        created: plan?.create.map(({ path }) => path) ?? [],
        updated: plan?.update.map(({ path }) => path) ?? [],
        removed: plan?.remove ?? [],
        unchanged: plan?.keep.length ?? 0,
        orphans: plan?.orphans.map(({ path }) => path) ?? [],
        differences: results[index]?.differences ?? [],
      })),
    }));
    return;
  }
  // Notes are for those who ask what there is to say: `check`.
  const pressing = results.map(({ compilation }) => ({ ...compilation, diagnostics: compilation.diagnostics.filter(({ code, level }) => level !== 'note' || code.startsWith('output/')) }));
  terminal.err(renderDiagnostics(pressing, 'terminal', terminal));
  results.forEach(({ plan, failed, differences }, index) => {
    const out = shown(projects[index]?.out ?? '', cwd);
    if (differences.length > 0) terminal[flags.check ? 'out' : 'err'](excerpt(differences));
    if (failed || !plan) return terminal.err(flags.check && plan ? `${out} is out of date; nothing was written.` : 'Nothing was written.');
    terminal.out(flags.check ? `${out} is up to date (${count(plan.keep.length, 'file')}).` : summary(out, plan));
  });
};

/** A folder as people would name it: from here when it is below, else whole. */
const shown = (folder: string, cwd: string): string => {
  const path = relative(cwd, folder);
  return path === '' ? '.' : path.startsWith('..') ? folder : path;
};

const summary = (out: string, plan: NonNullable<BuildResult['plan']>): string => {
  const parts = [
    plan.create.length > 0 ? `${plan.create.length} new` : '',
    plan.update.length > 0 ? `${plan.update.length} changed` : '',
    plan.remove.length > 0 ? `${plan.remove.length} removed` : '',
    plan.keep.length > 0 ? `${plan.keep.length} unchanged` : '',
  ].filter((part) => part !== '');
  const stubs = plan.create.filter(({ ownership, path }) => ownership === 'scaffold' && path.endsWith('.ts')).map(({ path }) => path);
  const next = stubs.length === 0 ? '' : `\n${count(stubs.length, 'file')} for you to fill in: ${stubs.slice(0, 5).join(', ')}${stubs.length > 5 ? ' …' : ''}`;
  return `${out}: ${parts.join(', ') || 'nothing to do'}${next}`;
};
