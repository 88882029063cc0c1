import { generators } from '../../../generators/index.js';
import { sortBy } from '../../base/order.js';
import { nearest } from '../../base/text.js';
import { catalog } from '../../catalog.js';
import { changeRules } from '../../diff/rules/index.js';
import { readPage, readStyle } from '../../diagnostics/pages.js';
import { styles } from '../../integrations/index.js';
import type { Command } from '../command.js';
import { UsageError, type Terminal } from '../terminal.js';

interface Arguments { readonly code?: string; readonly format: 'terminal' | 'json' }

export const explain = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => yargs
    .positional('code', { type: 'string', describe: 'A code, as messages print it; or an integration: queue, table, …' })
    .option('format', { choices: ['terminal', 'json'] as const, default: 'terminal' as const, describe: 'How to print it' })
    .example('$0 explain auth/mutation-open', 'Everything about one code')
    .example('$0 explain queue', 'How a message is sent with no function in between')
    .example('$0 explain', 'All codes and integrations, a line each'),
  handler: ({ code, format }) => {
    const definitions = sortBy([...new Set([...catalog, ...changeRules, ...generators.flatMap(({ diagnostics = [] }) => diagnostics)])].map(({ definition }) => definition), (definition) => definition.code);
    if (code === undefined) {
      const width = Math.max(...definitions.map((definition) => definition.code.length));
      const integrations = styles.map(({ name, shape }) => ({ name, summary: shape.description }));
      terminal.out(format === 'json'
        ? JSON.stringify({ version: 1, codes: definitions.map(({ code: name, level, summary }) => ({ code: name, level, summary })), integrations }, null, 2)
        : [...definitions.map(({ code: name, level, summary }) => `${name.padEnd(width)}  ${level.padEnd(7)}  ${summary}`), '', ...integrations.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`)].join('\n'));
      return;
    }
    const style = readStyle(code);
    if (style !== undefined) {
      terminal.out(format === 'json' ? JSON.stringify({ version: 1, integration: code, page: style }, null, 2) : style);
      return;
    }
    const definition = definitions.find((candidate) => candidate.code === code);
    const page = definition && readPage(code);
    if (!definition || page === undefined) {
      const near = nearest(code, [...definitions.map((candidate) => candidate.code), ...styles.map(({ name }) => name)]);
      throw new UsageError(`There is no code or integration \`${code}\`.${near === undefined ? ' `gatewright explain` lists them all.' : ` Did you mean \`${near}\`?`}`);
    }
    terminal.out(format === 'json' ? JSON.stringify({ version: 1, code, level: definition.level, summary: definition.summary, page }, null, 2) : page);
  },
});
