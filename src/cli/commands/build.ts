import { relative, resolve } from 'node:path';
import { count } from '../../base/text.js';
import type { Command } from '../command.js';
import type { BuildOptions } from '../build.js';
import { buildAgain, buildAll } from '../build-all.js';
import { excerpt } from '../difference.js';
import { runOnce } from '../engine.js';
import { findUpToDate, type UpToDate } from '../inputs.js';
import { specOptions, type SpecArguments } from '../options.js';
import { readProjects, type Project } from '../project.js';
import { renderDiagnostics, resultJson } from '../report.js';
import { exit, UsageError, type Terminal } from '../terminal.js';
import type { Told } from '../told.js';
import { watchSources } from '../watch.js';

interface Arguments extends SpecArguments, Omit<BuildOptions, 'ask'> { readonly watch: boolean; readonly format: 'terminal' | 'json' | 'github' }

export const build = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => specOptions(yargs)
    .option('out', { type: 'string', describe: 'Where to write (default: out)' })
    .option('check', { type: 'boolean', default: false, describe: 'Write nothing; fail when the folder is not what the document gives' })
    .option('force', { type: 'boolean', default: false, describe: 'Replace generated files that were edited by hand' })
    .option('move', { type: 'boolean', default: false, describe: 'Give your file the new name of an operation that was renamed' })
    .option('prune', { type: 'boolean', default: false, describe: 'Put stubs aside that nobody wrote into and nothing calls; asks first' })
    .option('yes', { type: 'boolean', default: false, alias: 'y', describe: 'Do not ask' })
    .option('watch', { type: 'boolean', default: false, describe: 'Build again when the document changes' })
    .option('format', { choices: ['terminal', 'json', 'github'] as const, default: 'terminal' as const, describe: 'How to print what was done' })
    .example('$0 build openapi.yaml --out api --target sam', 'Write everything for AWS SAM into api/')
    .example('$0 build openapi.yaml --out api --check', 'Fail in CI when api/ is out of date'),
  handler: async (flags) => {
    if (flags.check && (flags.force || flags.move || flags.prune)) throw new UsageError('`--check` writes nothing, so `--force`, `--move` and `--prune` have nothing to do there.');
    if (flags.watch && flags.check) throw new UsageError('`--watch` builds, and `--check` does not: choose one.');
    const cwd = process.cwd();
    const projects = await readProjects(flags, cwd);
    if (flags.watch && projects.some(({ input }) => typeof input !== 'string')) throw new UsageError('`--watch` needs a file to watch, and the document came over standard input.');
    distinct(projects, cwd);
    const buildEach = flags.watch ? buildAgain(cwd, { ...flags, ask: false }) : buildAll(cwd, { ...flags, ask: true });
    const once = async (wanted: readonly Project[]): Promise<ReadonlyMap<Project, Told>> => {
      // Programs are told all diagnostics, a watcher has to know what was read, and tidying what is left over.
      const spares = flags.format === 'terminal' && !flags.watch && !flags.move && !flags.prune;
      const same = new Map(wanted.flatMap((project) => (spares ? [[project, findUpToDate(project)] as const] : [])));
      const stale = wanted.filter((project) => same.get(project) === undefined);
      if (stale.length > 0 && !flags.watch) runOnce();
      const named = (done: number): string => (stale.length === 1 ? relative(cwd, stale[0]?.name ?? '') : `${count(stale.length, 'document')}, ${done} done`);
      const told = await buildEach(stale, (done) => terminal.progress(`building ${named(done)}`));
      const built = new Map(stale.flatMap((project, index) => (told[index] ? [[project, told[index]]] : [])));
      if (flags.format === 'json') terminal.out(toldJson(told, cwd));
      else {
        for (const project of wanted) {
          const [unchanged, result] = [same.get(project), built.get(project)];
          if (unchanged) tellUpToDate(terminal, shown(project.out, cwd), unchanged, flags.check);
          else if (result) tell(terminal, result, flags, cwd);
        }
        if (wanted.length > 1) terminal.err(overall(wanted.length, told));
      }
      return built;
    };
    const told = new Map(await once(projects));
    if (flags.watch) {
      // A file that was not to be read is waited for, too.
      const sourcesOf = (project: Project): readonly string[] => [project.name, ...project.overlays, ...(told.get(project)?.sources ?? [])];
      return watchSources(() => projects.flatMap(sourcesOf), cwd, terminal, async (changed) => {
        const touched = projects.filter((project) => sourcesOf(project).some((name) => changed.has(resolve(cwd, name))));
        for (const [project, result] of await once(touched)) told.set(project, result);
      });
    }
    process.exitCode = [...told.values()].some(({ failed }) => failed) ? exit.shortfall : exit.fine;
  },
});

/** Two documents in one folder would each take the other's files for what is left over. */
const distinct = (projects: readonly Project[], cwd: string): void => {
  const holders = new Map<string, Project>();
  for (const project of projects) {
    const holder = holders.get(project.out);
    if (holder) throw new UsageError(`${shown(holder.name, cwd)} and ${shown(project.name, cwd)} would both be built into ${shown(project.out, cwd)}: give each an \`out\` of its own in the configuration.`);
    holders.set(project.out, project);
  }
};

const tellUpToDate = (terminal: Terminal, out: string, { files, warnings }: UpToDate, check: boolean): void => {
  terminal.out(check ? `${out} is up to date (${count(files.length, 'file')}).` : `${out}: ${files.length} unchanged`);
  if (warnings > 0) terminal.err(`${count(warnings, 'warning')} as before; \`gatewright check\` shows them.`);
};

const toldJson = (told: readonly Told[], cwd: string): string => resultJson(told.map(({ judged }) => judged), {
  builds: told.map(({ out, failed, files, differences }) => ({
    out: relative(cwd, out) || '.',
    failed,
    created: files?.created.map(({ path }) => path) ?? [],
    updated: files?.updated ?? [],
    removed: files?.removed ?? [],
    unchanged: files?.kept ?? 0,
    orphans: files?.orphans ?? [],
    differences,
  })),
});

const tell = (terminal: Terminal, { out: folder, judged, failed, files, differences }: Told, { check, format }: Pick<Arguments, 'check' | 'format'>, cwd: string): void => {
  // Notes are for those who ask what there is to say: `check`.
  const pressing = { ...judged, diagnostics: judged.diagnostics.filter(({ code, level }) => level !== 'note' || code.startsWith('output/')) };
  const found = renderDiagnostics([pressing], format === 'github' ? 'github' : 'terminal', terminal);
  if (found !== '') terminal[format === 'github' ? 'out' : 'err'](found);
  const out = shown(folder, cwd);
  if (differences.length > 0) terminal[check ? 'out' : 'err'](excerpt(differences));
  if (failed || !files) return terminal.err(check && files ? `${out} is out of date; nothing was written.` : `${out}: nothing was written.`);
  terminal.out(check ? `${out} is up to date (${count(files.kept, 'file')}).` : summary(out, files));
};

/** Of several documents, how many fared how. */
const overall = (all: number, told: readonly Told[]): string => {
  const failed = told.filter((each) => each.failed).length;
  const changed = told.filter(({ files, failed: fell }) => !fell && files && files.created.length + files.updated.length + files.removed.length > 0).length;
  return `${count(all, 'document')}: ${[`${changed} written`, `${all - changed - failed} up to date`, ...(failed > 0 ? [`${failed} failed`] : [])].join(', ')}.`;
};

/** A folder as people would name it: from here when it is below, else whole. */
const shown = (folder: string, cwd: string): string => {
  const path = relative(cwd, folder);
  return path === '' ? '.' : path.startsWith('..') ? folder : path;
};

const summary = (out: string, { created, updated, removed, kept }: NonNullable<Told['files']>): string => {
  const parts = [
    created.length > 0 ? `${created.length} new` : '',
    updated.length > 0 ? `${updated.length} changed` : '',
    removed.length > 0 ? `${removed.length} removed` : '',
    kept > 0 ? `${kept} unchanged` : '',
  ].filter((part) => part !== '');
  const stubs = created.filter(({ ownership, path }) => ownership === 'scaffold' && path.endsWith('.ts')).map(({ path }) => path);
  const next = stubs.length === 0 ? '' : `\n${count(stubs.length, 'file')} for you to fill in: ${stubs.slice(0, 5).join(', ')}${stubs.length > 5 ? ' …' : ''}`;
  return `${out}: ${parts.join(', ') || 'nothing to do'}${next}`;
};
