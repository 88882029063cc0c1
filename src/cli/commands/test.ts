import { randomInt } from 'node:crypto';
import { list, nearest } from '../../base/text.js';
import type { Api } from '../../ir/index.js';
import { layout } from '../../emit/layout.js';
import { startLocal } from '../../local/start.js';
import { linesOf } from '../contract/lines.js';
import { renderSuite, suiteFormats, type SuiteFormat } from '../contract/render.js';
import { isGreen } from '../contract/results.js';
import { runSuite } from '../contract/run.js';
import { buildProject, plainBuild } from '../build.js';
import type { Command } from '../command.js';
import { specOptions, type SpecArguments } from '../options.js';
import { readProjects } from '../project.js';
import { renderDiagnostics } from '../report.js';
import { readClientCertificate } from '../tls.js';
import { exit, UsageError, type Terminal } from '../terminal.js';

interface Arguments extends SpecArguments {
  readonly url?: string;
  readonly stage?: string;
  readonly seed?: number;
  readonly format: SuiteFormat;
  readonly operation?: readonly string[];
  readonly includeCostly: boolean;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly bail: number;
}

export const test = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => specOptions(yargs)
    .option('out', { type: 'string', describe: 'The output folder with your handlers (default: out); it is built first' })
    .option('url', { type: 'string', describe: 'Where the API is deployed, with its base path; else it is served on this machine' })
    .option('stage', { type: 'string', describe: 'Whose variables hold (default: the first stage)' })
    .option('seed', { type: 'number', describe: 'Other values by chance; the same seed gives the same (default: 1; with --url, where what was made stays, another each time)' })
    .option('format', { alias: 'reporter', choices: suiteFormats, default: 'terminal' as const, describe: 'How to print what came of it' })
    .option('operation', { type: 'string', array: true, nargs: 1, describe: 'Only this operation, and the life of what it makes; may be repeated' })
    .option('include-costly', { type: 'boolean', default: false, describe: 'With --url: also floods, large bodies and deletions' })
    .option('client-cert', { type: 'string', describe: 'With --url: the certificate that requests show at the handshake (PEM, with what leads to its authority)' })
    .option('client-key', { type: 'string', describe: 'The private key of that certificate (PEM)' })
    .option('bail', { type: 'number', default: 0, describe: 'Stop after so many broken promises' })
    .example('$0 test openapi.yaml --out api', 'Serve api/ in test mode, and hold it to the document')
    .example('$0 test openapi.yaml --out api --url https://api.example.com/v1', 'Hold a deployment to it') as never,
  handler: async (flags) => {
    const cwd = process.cwd();
    const seed = flags.seed ?? (flags.url === undefined ? 1 : randomInt(1, 1_000_000_000));
    if (!Number.isInteger(seed)) throw new UsageError('`--seed` is a whole number.');
    if (flags.url !== undefined && !/^https?:\/\/[^/]/.test(flags.url)) throw new UsageError('`--url` is an address, as https://api.example.com/v1.');
    const certificate = readClientCertificate(flags, cwd);
    const [project, another] = await readProjects(flags, cwd);
    if (!project || another) throw new UsageError('`test` tries out one document: name it.');
    const { compilation, failed } = await buildProject(project, cwd, plainBuild);
    if (failed || !compilation.api) {
      terminal.err(renderDiagnostics([compilation], 'terminal', terminal));
      process.exitCode = exit.shortfall;
      return;
    }
    const { api } = compilation;
    const only = (flags.operation ?? []).flatMap((id) => testsOf(api, id));
    const stage = stageOf(api, flags.stage);
    const local = flags.url === undefined ? await startLocal({ api, outputFolder: project.out, stage, port: 0, test: true }) : undefined;
    const url = (flags.url ?? local?.url ?? '').replace(/\/$/, '');
    try {
      terminal.progress(`trying out ${api.title} at ${url}`);
      const lines = linesOf(compilation);
      const settings = { url, local: local !== undefined, seed, costly: flags.includeCostly, certified: certificate !== undefined, lines };
      const result = await runSuite({ folder: project.out, settings, ...(certificate ? { certificate } : {}), only, bail: flags.bail });
      terminal.out(renderSuite(result, { url, seed, stage, lines }, flags.format));
      process.exitCode = isGreen(result) ? exit.fine : exit.shortfall;
    } finally {
      await local?.close();
    }
  },
});

/** The test files of an operation: its own, and what becomes of the things that it makes. */
const testsOf = (api: Api, id: string): readonly string[] => {
  const operation = api.operations.get(id) ?? [...api.operations.values()].find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (operation) return [layout.contractTest(operation), layout.contractLife(operation)];
  const near = nearest(id, api.operations.keys());
  throw new UsageError(`There is no operation \`${id}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`);
};

const stageOf = (api: Api, asked: string | undefined): string => {
  if (asked !== undefined && api.stages.size > 0 && !api.stages.has(asked)) throw new UsageError(`There is no stage \`${asked}\`; the document has ${list([...api.stages.keys()])}.`);
  return asked ?? [...api.stages.keys()][0] ?? 'local';
};
