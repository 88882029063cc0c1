import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { kebab } from '../../base/text.js';
import { packageRoot } from '../../diagnostics/pages.js';
import type { Command } from '../command.js';
import { exit, type Terminal } from '../terminal.js';

interface Arguments { readonly dir: string; readonly format: 'terminal' | 'json' }

export const init = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => yargs
    .positional('dir', { type: 'string', default: '.', describe: 'The folder; made when it is not there' })
    .option('format', { choices: ['terminal', 'json'] as const, default: 'terminal' as const, describe: 'How to print what was done' })
    .example('$0 init tickets', 'A first API in tickets/'),
  handler: async ({ dir, format }) => {
    const folder = resolve(dir);
    const files = await starter(kebab(folder.split(/[\\/]/).at(-1) ?? '') || 'api');
    const present = [...files.keys()].filter((name) => existsSync(join(folder, name)));
    if (present.length > 0) {
      terminal.err(`${relative(process.cwd(), join(folder, present[0] ?? '')) || dir} is there already; nothing was written. Choose an empty folder.`);
      process.exitCode = exit.shortfall;
      return;
    }
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    terminal.out(format === 'json'
      ? JSON.stringify({ version: 1, dir, created: [...files.keys()] }, null, 2)
      : `Wrote ${[...files.keys()].join(', ')} into ${dir}.\nNext: cd ${dir} && npx gatewright build && npx gatewright dev`);
  },
});

/** The files of a new project, from templates/init; `name` holds letters, digits and dashes only. */
const starter = async (name: string): Promise<ReadonlyMap<string, string>> => {
  const { fill } = await import('../../../generators/kit/handlebars.js');
  const folder = join(packageRoot, 'templates', 'init');
  return new Map(readdirSync(folder).sort().map((template) => [template.replace(/\.hbs$/, ''), fill(readFileSync(join(folder, template), 'utf8'), { name, quotedName: JSON.stringify(name) })]));
};
