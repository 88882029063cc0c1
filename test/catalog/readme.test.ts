import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generators } from '../../generators/index.js';
import type { Support } from '../../src/emit/capability.js';
import { features, type FeatureId } from '../../src/ir/features.js';
import { root } from '../support/cli.js';

const words: Readonly<Record<Support['how'], string>> = { native: 'gateway', default: 'by default', function: 'function', none: 'no', 'not-yet': '*not yet*' };

/** One table for all targets that deploy something; printed from the ids. */
const table = (): string => {
  const targets = generators.flatMap(({ name, capabilities }) => (capabilities ? [{ name, capabilities }] : []));
  const head = ['feature', 'id', ...targets.flatMap(({ name }) => [`${name}, REST`, `${name}, HTTP`])];
  const rows = (Object.keys(features) as FeatureId[]).map((id) => [features[id], `\`${id}\``, ...targets.flatMap(({ capabilities }) => [words[capabilities.rest[id].how], words[capabilities.http[id].how]])]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

it('the table of the README is what the capability tables say (UPDATE_DOCS=1 writes it)', () => {
  const path = join(root, 'README.md');
  const text = readFileSync(path, 'utf8');
  const wanted = text.replace(/(<!-- targets -->\n)[\s\S]*?(<!-- \/targets -->)/, (_, start: string, end: string) => `${start}${table()}\n${end}`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, wanted);
  else expect(text).toBe(wanted);
});
