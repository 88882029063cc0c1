import { serveEditor } from '../lsp/server.js';
import type { Command } from '../command.js';

/** Editors speak to it over standard input and output, and end it. */
export const lsp = (): Command<object> => ({
  builder: (yargs) => yargs.option('stdio', { type: 'boolean', default: true, describe: 'Over standard input and output; editors say so, and there is no other way' }) as never,
  handler: () => serveEditor(process.cwd()),
});
