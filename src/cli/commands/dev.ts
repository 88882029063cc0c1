import { relative } from 'node:path';
import type { Argv } from 'yargs';
import { count, list } from '../../base/text.js';
import { Memory } from '../../emit/memory.js';
import type { Api } from '../../ir/index.js';
import type { Recorded } from '../../local/control/record.js';
import { startLocal } from '../../local/start.js';
import { approximated, notEnforced } from '../../local/support.js';
import type { Command } from '../command.js';
import { buildProject, plainBuild } from '../build.js';
import { specOptions, type SpecArguments } from '../options.js';
import { readProjects } from '../project.js';
import { renderDiagnostics } from '../report.js';
import { exit, UsageError, type Terminal } from '../terminal.js';
import { readTls, type TlsFlags } from '../tls.js';
import { token } from '../token.js';
import { watchSources } from '../watch.js';

interface Arguments extends SpecArguments, TlsFlags {
  readonly port: number;
  readonly host: string;
  readonly stage?: string;
  readonly test: boolean;
  readonly mock: boolean;
  readonly issuerKeys: 'local' | 'remote';
}

export const dev = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => specOptions(yargs)
    .option('out', { type: 'string', describe: 'The output folder with your handlers (default: out); it is built first' })
    .option('port', { type: 'number', default: 3000, describe: 'Port on 127.0.0.1; 0 takes a free one' })
    .option('host', { type: 'string', default: '127.0.0.1', describe: 'Address to listen on; any other than the default lets other machines in' })
    .option('tls-cert', { type: 'string', describe: 'Serve over HTTPS with this certificate (PEM); with --tls-key' })
    .option('tls-key', { type: 'string', describe: 'The private key of that certificate (PEM)' })
    .option('truststore', { type: 'string', describe: 'The authorities whose client certificates are trusted (PEM), as the object that the document names; with --tls-cert' })
    .option('stage', { type: 'string', describe: 'Whose variables hold (default: the first stage)' })
    .option('issuer-keys', { choices: ['local', 'remote'] as const, default: 'local' as const, describe: 'Whose tokens count: those of `dev token`, or of the issuer that the document names' })
    .option('mock', { type: 'boolean', default: false, describe: 'Answer what is not filled in with the example of the document' })
    .option('test', { type: 'boolean', default: false, describe: 'Test mode: time can be put forward, and everything be forgotten' })
    .command(token(terminal))
    .example('$0 dev token openapi.yaml --sub user-1 --scope orders:read', 'A token that the gateway takes')
    .example('$0 dev openapi.yaml --out api', 'Build into api/ and serve on port 3000') as unknown as Argv<Arguments>,
  handler: async (flags) => {
    const cwd = process.cwd();
    if (!Number.isInteger(flags.port) || flags.port < 0 || flags.port > 65_535) throw new UsageError('`--port` is a number from 0 to 65535.');
    const projects = await readProjects(flags, cwd);
    const [project, another] = projects;
    if (!project || another) throw new UsageError('`dev` serves one document: name it.');
    const tls = readTls(flags, cwd);
    let stop = (): Promise<void> => Promise.resolve();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(exit.fine)));
    const memory = new Memory();
    let sources: readonly string[] = [];
    let problems = '';
    const build = async (): Promise<Api | undefined> => {
      const { compilation, failed } = await buildProject(project, cwd, plainBuild, memory);
      sources = [...compilation.sources.keys()];
      const shown = failed ? compilation.diagnostics : compilation.diagnostics.filter(({ level }) => level !== 'note');
      terminal.err(renderDiagnostics([{ ...compilation, diagnostics: shown }], 'terminal', terminal));
      if (failed) problems = renderDiagnostics([{ ...compilation, diagnostics: shown }], 'terminal', { ...terminal, colour: false });
      return failed ? undefined : compilation.api;
    };
    const api = await build();
    if (!api) {
      process.exitCode = exit.shortfall;
      return;
    }
    checkStage(api, flags.stage);
    const gateway = await startLocal({
      api, outputFolder: project.out, port: flags.port, host: flags.host, test: flags.test, mock: flags.mock, issuerKeys: flags.issuerKeys, ...(tls ? { tls } : {}),
      ...(flags.stage === undefined ? {} : { stage: flags.stage }), log: together(terminal, logLine),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === undefined) throw error;
      throw new UsageError(error.code === 'EADDRINUSE' ? `Port ${flags.port} is taken; choose another with --port.` : `${flags.host}:${flags.port} cannot be opened: ${error.message}`);
    });
    stop = gateway.close;
    terminal.err(`${api.title} on ${gateway.url}, and ${gateway.url}/_gatewright to look at it (${api.protocol.kind === 'rest' ? 'REST' : 'HTTP'} API, stage ${gateway.stage}, ${count(api.operations.size, 'operation')}); handlers from ${relative(cwd, project.out) || '.'}/handlers`);
    const missing = notEnforced(api);
    if (missing.length > 0) terminal.err(`Not enforced here: ${list(missing)}.`);
    for (const line of approximated(api, tls?.truststore !== undefined)) terminal.err(`Only nearly so: ${line}.`);
    await watchSources(() => sources, cwd, terminal, async () => {
      const next = await build();
      if (!next) {
        gateway.tell(problems);
        return terminal.err('The API as it was goes on being served.');
      }
      gateway.replace(next);
      terminal.err('Reloaded.');
    });
  },
});

const checkStage = (api: Api, asked: string | undefined): void => {
  if (asked !== undefined && api.stages.size > 0 && !api.stages.has(asked)) throw new UsageError(`There is no stage \`${asked}\`; the document has ${list([...api.stages.keys()])}.`);
};

/** Tells of several requests at once, and at the latest when the process ends: each time that something is written is a call of the system. */
const together = <Item>({ out }: Terminal, line: (item: Item) => string): ((item: Item) => void) => {
  let waiting: string[] = [];
  const tell = (): void => {
    if (waiting.length === 0) return;
    const lines = waiting;
    waiting = [];
    out(lines.join('\n'));
  };
  process.once('exit', tell);
  return (item) => { if (waiting.push(line(item)) === 1) setTimeout(tell, blinkMs).unref(); };
};
/** Nobody sees that a line comes so much later. */
const blinkMs = 10;

const logLine = ({ method, path, status, operation, note, ms, bytes }: Recorded): string =>
  `${method.padEnd(6)} ${path} → ${status}${operation === undefined ? '' : ` ${operation}`} ${ms.toFixed(1)} ms ${bytes} B${note === undefined ? '' : ` (${note})`}`;
