import { generators } from '../../../generators/index.js';
import type { Support } from '../../emit/capability.js';
import { features, type FeatureId } from '../../ir/features.js';
import type { Command } from '../command.js';
import type { Terminal } from '../terminal.js';

interface Arguments { readonly format: 'terminal' | 'json' }

export const targets = (terminal: Terminal): Command<Arguments> => ({
  builder: (yargs) => yargs
    .option('format', { choices: ['terminal', 'json'] as const, default: 'terminal' as const, describe: 'How to print them' })
    .example('$0 targets', 'Every feature: by the gateway, by its default, in the function, not at all, or not yet'),
  handler: ({ format }) => {
    if (format === 'json') {
      terminal.out(JSON.stringify({ version: 1, features, generators: generators.map(({ name, summary, runs, capabilities }) => ({ name, summary, runs, ...(capabilities ? { capabilities } : {}) })) }, null, 2));
      return;
    }
    const width = Math.max(...generators.map(({ name }) => name.length));
    terminal.out(generators.map(({ name, summary, runs }) => `${name.padEnd(width)}  ${runs === 'always' ? 'always' : '--target'}  ${summary}`).join('\n'));
    for (const { name, capabilities } of generators) {
      if (!capabilities) continue;
      const ids = Object.keys(features) as FeatureId[];
      const column = Math.max(...ids.map((id) => id.length));
      terminal.out(`\n${name.padEnd(column)}  REST         HTTP         what it is\n${ids.map((id) => `${id.padEnd(column)}  ${words[capabilities.rest[id].how].padEnd(11)}  ${words[capabilities.http[id].how].padEnd(11)}  ${features[id]}`).join('\n')}`);
    }
  },
});

const words: Readonly<Record<Support['how'], string>> = { native: 'gateway', default: 'by default', function: 'in function', none: 'no', 'not-yet': 'not yet' };
