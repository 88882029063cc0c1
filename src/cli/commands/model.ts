import { explainModel } from '../../bind/explain.js';
import { createLocator } from '../../diagnostics/locate.js';
import { printApi } from '../../ir/print.js';
import type { Command } from '../command.js';
import { specOptions, type SpecArguments } from '../options.js';
import { compileProject, readProjects } from '../project.js';
import { renderDiagnostics } from '../report.js';
import { exit, UsageError, type Terminal } from '../terminal.js';

interface Arguments extends SpecArguments { readonly format: 'terminal' | 'json'; readonly only?: string }

export const model = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => specOptions(yargs)
    .option('only', { type: 'string', describe: 'Only what belongs to this operation, scheme, or `gateway`' })
    .option('format', { choices: ['terminal', 'json'] as const, default: 'terminal' as const, describe: '`json` has the whole API too' })
    .example('$0 model openapi.yaml --only getOrder', 'The policy of one operation, value by value'),
  handler: async (flags) => {
    const cwd = process.cwd();
    const projects = await readProjects(flags, cwd);
    const compilations = await Promise.all(projects.map((project) => compileProject(project, cwd, false)));
    const documents: unknown[] = [];
    for (const compilation of compilations) {
      const { api, bound, sources, document } = compilation;
      terminal.err(renderDiagnostics([{ ...compilation, diagnostics: compilation.diagnostics.filter(({ level }) => level === 'error') }], 'terminal', terminal));
      if (!api || !bound) continue;
      const locate = createLocator(sources, document?.origins);
      const rows = explainModel(bound).filter(({ subject }) => flags.only === undefined || subject === flags.only || subject.endsWith(` ${flags.only}`));
      if (rows.length === 0) throw new UsageError(`Nothing in the document is called \`${flags.only}\`.`);
      const placed = rows.map(({ subject, key, value, level, origin }) => {
        const { file, line } = origin.file === '' ? { file: '', line: 0 } : locate(origin);
        return { subject, key, value, from: level, ...(file === '' ? {} : { file, line }) };
      });
      if (flags.format === 'json') documents.push({ values: placed, api: printApi(api, ({ file, pointer }) => `${file}#${pointer}`) });
      else terminal.out(table(placed));
    }
    if (flags.format === 'json') terminal.out(JSON.stringify({ version: 1, documents }, null, 2));
    process.exitCode = compilations.some(({ failed }) => failed) ? exit.shortfall : exit.fine;
  },
});

interface Row { readonly subject: string; readonly key: string; readonly value: unknown; readonly from: string; readonly file?: string; readonly line?: number }

/** One block a subject; keys, values and levels in columns. */
const table = (rows: readonly Row[]): string => {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  return subjects.map((subject) => {
    const lines = rows.filter((row) => row.subject === subject).map((row) => [row.key, JSON.stringify(row.value), row.file === undefined ? row.from : `${row.from}, ${row.file}:${row.line}`] as const);
    const width = Math.max(...lines.map(([key]) => key.length));
    const values = Math.min(48, Math.max(...lines.map(([, value]) => value.length)));
    return `${subject}\n${lines.map(([key, value, from]) => `  ${key.padEnd(width)}  ${value.padEnd(values)}  ${from}`).join('\n')}\n`;
  }).join('\n');
};
