import type { Argv } from 'yargs';
import type { ProjectFlags } from './project.js';

/** What stands for standard input (`-` on the command line), also in messages. */
export const stdinName = '<stdin>';

export type SpecArguments = ProjectFlags;

/** What every command that reads a document takes. */
export const specOptions = (yargs: Argv<object>): Argv<SpecArguments> =>
  yargs
    .positional('spec', { type: 'string', describe: 'The OpenAPI document; `-` for standard input; else those of gatewright.config.yaml' })
    .option('target', { type: 'string', array: true, nargs: 1, describe: 'What to deploy to: sam, or a generator of your own (`./mine.js`, a package)' })
    .option('overlay', { type: 'string', array: true, nargs: 1, describe: 'An OpenAPI Overlay to apply first; may be repeated' })
    .option('allow-root', { type: 'string', array: true, nargs: 1, describe: 'A folder that references may reach, beside the document\'s own' })
    .option('allow-host', { type: 'string', array: true, nargs: 1, describe: 'A host that referenced files may be fetched from' }) as Argv<SpecArguments>;
