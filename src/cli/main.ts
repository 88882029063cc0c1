import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { lazy } from './command.js';
import { stdinName } from './options.js';
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

/** The parser lays help out for every command that it begins; only where it is read need the lines be broken, which takes longest. */
const asksForHelp = words.some((word) => ['help', '--help', '-h'].includes(word));

const parser = yargs(words)
  .scriptName('gatewright')
  .usage('$0 <command>\n\nCompiles an OpenAPI document with x-gateway policy into everything its edge needs.')
  .command(lazy('init [dir]', 'Write a document, a configuration and a README to begin with', async () => (await import('./commands/init.js')).init(terminal)))
  .command(lazy('build [spec]', 'Generate stubs, validators and configuration from a document', async () => (await import('./commands/build.js')).build(terminal)))
  .command(lazy('check [spec]', 'Judge a document and its gateway policy; write nothing', async () => (await import('./commands/check.js')).check(terminal)))
  .command(lazy('diff <old> <new>', 'Tell what changed of an API and its policy, and what that breaks', async () => (await import('./commands/diff.js')).diff(terminal)))
  .command(lazy('dev [spec]', 'Serve the API on this machine, with your handlers, and follow changes', async () => (await import('./commands/dev.js')).dev(terminal)))
  .command(lazy('explain [code]', 'Say what a diagnostic means and what to do, or how an integration works; or list them all', async () => (await import('./commands/explain.js')).explain(terminal)))
  .command(lazy('lsp', 'Serve editors: diagnostics while typing, where a value comes from, fixes, the handler', async () => (await import('./commands/lsp.js')).lsp()))
  .command(lazy('model [spec]', 'Show what was understood: each policy value, and where it comes from', async () => (await import('./commands/model.js')).model(terminal)))
  .command(lazy('targets', 'List the generators, and what each target can enforce', async () => (await import('./commands/targets.js')).targets(terminal)))
  .command(lazy('test [spec]', 'Try out every promise of the document: on the local gateway, or on what was deployed', async () => (await import('./commands/test.js')).test(terminal)))
  .completion('completion', 'Print a completion script for your shell')
  .example('$0 build openapi.yaml --out api', 'Generate everything into api/')
  .demandCommand(1, 'Which command?')
  .strict()
  .recommendCommands()
  .version(version)
  .alias({ help: 'h', version: 'v' })
  .wrap(asksForHelp ? Math.min(100, terminal.width) : null)
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
