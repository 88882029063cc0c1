import type { Argv, CommandModule } from 'yargs';
import type { Json } from '../base/json.js';
import { openKeyring } from '../local/auth/keyring.js';
import { mintToken, TokenFault } from '../local/auth/mint.js';
import { realClock } from '../local/clock.js';
import { readTokenRequest } from '../local/control/read-token.js';
import { secretsFolder } from '../local/start.js';
import { specOptions, type SpecArguments } from './options.js';
import { compileProject, readProjects } from './project.js';
import { renderDiagnostics } from './report.js';
import { exit, UsageError, type Terminal } from './terminal.js';

interface Arguments extends SpecArguments {
  readonly scheme?: string;
  readonly sub?: string;
  readonly scope?: readonly string[];
  readonly audience?: string;
  readonly expiresIn?: string;
  readonly claim?: readonly string[];
}

/** `gatewright dev token`: a token that the local gateway of a project takes. */
export const token = (terminal: Terminal): CommandModule<object, Arguments> => ({
  command: 'token [spec]',
  describe: 'Print a token that the local gateway takes',
  builder: (yargs) => specOptions(yargs)
    .option('out', { type: 'string', describe: 'The output folder, as for `dev`: the keys lie in it' })
    .option('scheme', { type: 'string', describe: 'The security scheme (default: the first that takes tokens)' })
    .option('sub', { type: 'string', describe: 'Who the token is for (default: local-user)' })
    .option('scope', { type: 'string', array: true, nargs: 1, describe: 'A scope that it has; may be repeated' })
    .option('audience', { type: 'string', describe: 'Whom it is meant for (default: as the scheme asks)' })
    .option('expires-in', { type: 'string', describe: 'How long it holds: `1h` (the default), or `-1m` for one that is over' })
    .option('claim', { type: 'string', array: true, nargs: 1, describe: 'Another claim, `name=value`; a value that is JSON is taken as such' }) as Argv<Arguments>,
  handler: async (flags) => {
    const [project, another] = await readProjects(flags, process.cwd());
    if (!project || another) throw new UsageError('`dev token` needs one document: name it.');
    const compilation = await compileProject(project, process.cwd(), false);
    const { api } = compilation;
    if (!api || compilation.failed) {
      terminal.err(renderDiagnostics([compilation], 'terminal', terminal));
      process.exitCode = exit.shortfall;
      return;
    }
    try {
      const { scheme, sub, scope, audience, expiresIn, claim } = flags;
      const given: Readonly<Record<string, Json | undefined>> = { scheme, sub, scopes: scope, audience, expiresIn, claims: claim && Object.fromEntries(claim.map(claimOf)) };
      const asked = Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
      terminal.out(await mintToken(api, openKeyring(secretsFolder(project.out)), realClock, readTokenRequest(asked)));
    } catch (error) {
      throw error instanceof TokenFault ? new UsageError(error.message) : error;
    }
  },
});

const claimOf = (text: string): readonly [string, Json] => {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`\`--claim\` is written \`name=value\`, not \`${text}\`.`);
  const value = text.slice(equals + 1);
  try {
    return [text.slice(0, equals), JSON.parse(value) as Json];
  } catch {
    return [text.slice(0, equals), value];
  }
};
