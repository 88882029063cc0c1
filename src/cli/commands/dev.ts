import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { CommandModule } from 'yargs';
import { count, list } from '../../base/text.js';
import type { Api } from '../../ir/index.js';
import { createFunctions } from '../../local/functions.js';
import { createGateway } from '../../local/gateway.js';
import { localEnvironment, notEnforced } from '../../local/support.js';
import { startServer, type LogEntry } from '../../local/server.js';
import { buildProject } from '../build.js';
import { specOptions, type SpecArguments } from '../options.js';
import { readProjects } from '../project.js';
import { renderDiagnostics } from '../report.js';
import { exit, UsageError, type Terminal } from '../terminal.js';
import { watchSources } from '../watch.js';

interface Arguments extends SpecArguments { readonly port: number; readonly stage?: string }

export const dev = (terminal: Terminal): CommandModule<object, Arguments> => ({
  command: 'dev [spec]',
  describe: 'Serve the API on this machine, with your handlers, and follow changes',
  builder: (yargs) => specOptions(yargs)
    .option('out', { type: 'string', describe: 'The output folder with your handlers (default: out); it is built first' })
    .option('port', { type: 'number', default: 3000, describe: 'Port on 127.0.0.1; 0 takes a free one' })
    .option('stage', { type: 'string', describe: 'Whose variables hold (default: the first stage)' })
    .example('$0 dev openapi.yaml --out api', 'Build into api/ and serve on port 3000'),
  handler: async (flags) => {
    const cwd = process.cwd();
    if (!Number.isInteger(flags.port) || flags.port < 0 || flags.port > 65_535) throw new UsageError('`--port` is a number from 0 to 65535.');
    const projects = await readProjects(flags, cwd);
    const [project, another] = projects;
    if (!project || another) throw new UsageError('`dev` serves one document: name it.');
    const workFolder = mkdtempSync(join(tmpdir(), 'gatewright-dev-'));
    process.once('exit', () => rmSync(workFolder, { recursive: true, force: true }));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(exit.fine));
    const invoke = createFunctions(project.out, workFolder);
    let sources: readonly string[] = [];
    const build = async (): Promise<Api | undefined> => {
      const { compilation, failed } = await buildProject(project, cwd, false);
      sources = [...compilation.sources.keys()];
      const shown = failed ? compilation.diagnostics : compilation.diagnostics.filter(({ level }) => level !== 'note');
      terminal.err(renderDiagnostics([{ ...compilation, diagnostics: shown }], 'terminal', terminal));
      return failed ? undefined : compilation.api;
    };
    const api = await build();
    if (!api) {
      process.exitCode = exit.shortfall;
      return;
    }
    const stage = stageOf(api, flags.stage);
    standInResources(api);
    const server = await startServer(createGateway(api, stage, invoke), flags.port, (entry) => terminal.out(logLine(entry))).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(error.code === 'EADDRINUSE' ? `Port ${flags.port} is taken; choose another with --port.` : `Port ${flags.port} cannot be opened: ${error.message}`);
    });
    terminal.err(`${api.title} on ${server.url} (${api.protocol.kind === 'rest' ? 'REST' : 'HTTP'} API, stage ${stage}, ${count(api.operations.size, 'operation')}); handlers from ${relative(cwd, project.out) || '.'}/handlers`);
    const missing = notEnforced(api);
    if (missing.length > 0) terminal.err(`Not enforced here: ${list(missing)}.`);
    await watchSources(() => sources, cwd, terminal, async () => {
      const next = await build();
      if (!next) return terminal.err('The API as it was goes on being served.');
      standInResources(next);
      server.replace(createGateway(next, stageOf(next, flags.stage), invoke));
      terminal.err('Reloaded.');
    });
  },
});

const stageOf = (api: Api, asked: string | undefined): string => {
  if (asked !== undefined && api.stages.size > 0 && !api.stages.has(asked)) throw new UsageError(`There is no stage \`${asked}\`; the document has ${list([...api.stages.keys()])}.`);
  return asked ?? [...api.stages.keys()][0] ?? 'local';
};

const standInResources = (api: Api): void => {
  for (const [name, value] of localEnvironment(api)) process.env[name] ??= value;
};

const logLine = ({ method, path, status, operation, note, milliseconds, bytes }: LogEntry): string =>
  `${method.padEnd(6)} ${path} → ${status}${operation === undefined ? '' : ` ${operation}`} ${milliseconds.toFixed(1)} ms ${bytes} B${note === undefined ? '' : ` (${note})`}`;
