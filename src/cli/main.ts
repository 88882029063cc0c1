import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { build } from './commands/build.js';
import { check } from './commands/check.js';
import { diff } from './commands/diff.js';
import { dev } from './commands/dev.js';
import { explain } from './commands/explain.js';
import { init } from './commands/init.js';
import { model } from './commands/model.js';
import { targets } from './commands/targets.js';
import { stdinName } from './project.js';
import { createTerminal, exit, UsageError } from './terminal.js';
import { version } from './version.js';

const terminal = createTerminal();

/** Exit 2: the command was called wrongly; nothing was done. */
const usage = (message: string, command = ''): never => {
  terminal.err(`${message}\nSee \`gatewright ${command === '' ? '' : `${command} `}--help\`.`);
  return process.exit(exit.usage);
};

/** The parser takes a lone dash for an option without a name. */
const words = hideBin(process.argv).map((word) => (word === '-' ? stdinName : word));

const parser = yargs(words)
  .scriptName('gatewright')
  .usage('$0 <command>\n\nCompiles an OpenAPI document with x-gateway policy into everything its edge needs.')
  .command(init(terminal))
  .command(build(terminal))
  .command(check(terminal))
  .command(diff(terminal))
  .command(dev(terminal))
  .command(explain(terminal))
  .command(model(terminal))
  .command(targets(terminal))
  .completion('completion', 'Print a completion script for your shell')
  .example('$0 build openapi.yaml --out api', 'Generate everything into api/')
  .demandCommand(1, 'Which command?')
  .strict()
  .recommendCommands()
  .version(version)
  .alias({ help: 'h', version: 'v' })
  .wrap(Math.min(100, terminal.width))
  .exitProcess(false)
  .fail((message: string | null, error: Error | undefined) => {
    if (error) throw error;
    throw new UsageError(message ?? 'The command is not complete.');
  });

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no fault.
  if (error.code === 'EPIPE') process.exit(exit.fine);
  throw error;
});

try {
  await parser.parseAsync();
} catch (error) {
  if (error instanceof UsageError) usage(error.message, words.find((word) => !word.startsWith('-')) ?? '');
  terminal.err(`This is a bug of gatewright ${version}, not of your document:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nPlease report it with the command and, if you can, the document.`);
  process.exitCode = exit.bug;
}
