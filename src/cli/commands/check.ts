import type { Emitter } from '../../emit/emitter.js';
import { compareKinds, describeOtherKind } from '../../emit/other-kind.js';
import type { Api } from '../../ir/index.js';
import type { Command } from '../command.js';
import { compileProject, readProjects } from '../project.js';
import { specOptions, type SpecArguments } from '../options.js';
import { fails, formats, renderDiagnostics, type Format } from '../report.js';
import { exit, type Terminal } from '../terminal.js';

interface Arguments extends SpecArguments { readonly format: Format; readonly deny?: string }

export const check = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => specOptions(yargs)
    .option('format', { choices: formats, default: 'terminal' as const, describe: 'How to print what was found' })
    .option('deny', { choices: ['warnings'] as const, describe: 'Fail on warnings too' })
    .example('$0 check openapi.yaml --deny warnings', 'What CI runs')
    .example('$0 check openapi.yaml --format sarif > report.sarif', 'For code scanning'),
  handler: async (flags) => {
    const cwd = process.cwd();
    const projects = await readProjects(flags, cwd);
    const compilations = await Promise.all(projects.map((project) => compileProject(project, cwd, false)));
    const text = renderDiagnostics(compilations, flags.format, terminal);
    (flags.format === 'terminal' ? terminal.err : terminal.out)(text);
    if (flags.format === 'terminal') compilations.forEach(({ api }, index) => { if (api) terminal.out(choice(api, projects[index]?.emitters ?? [])); });
    process.exitCode = compilations.some(({ diagnostics, failed }) => failed || fails(diagnostics, flags.deny !== undefined)) ? exit.shortfall : exit.fine;
  },
});

/** Which kind of API it becomes, and why; where that was left to us, also what the other kind would mean. */
const choice = (api: Api, emitters: readonly Emitter[]): string => {
  const { title, protocol } = api;
  if (protocol.asked !== 'auto') return `${title}: ${protocol.kind === 'rest' ? 'a REST API' : 'an HTTP API'}`;
  const why = protocol.because.length === 0 ? 'nothing it asks for needs a REST API' : protocol.because.map(({ reason }) => reason).join('; ');
  const others = new Set(emitters.flatMap(({ capabilities }) => (capabilities ? [describeOtherKind(compareKinds(api, capabilities))] : [])));
  return [`${title}: ${protocol.kind === 'rest' ? 'a REST API' : 'an HTTP API'} (${why})`, ...[...others].map((line) => `  ${line}`)].join('\n');
};
