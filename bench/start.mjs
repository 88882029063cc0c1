import { join } from 'node:path';
import { inTurn, root } from './support.mjs';

const gatewright = (...words) => () => [join(root, 'bin', 'gatewright.js'), ...words];

/** What a command costs before it does anything. */
const measure = async (quick) => {
  const [bare, help, check] = inTurn(quick ? 1 : 9, [() => ['-e', '0'], gatewright('--help'), gatewright('check', join(root, 'specs', 'claims', 'openapi.yaml'))]);
  const row = (what, { seconds }) => [what, `${(seconds * 1000).toFixed(0)} ms`, `Node alone: ${(bare.seconds * 1000).toFixed(0)} ms`, `+${((seconds - bare.seconds) * 1000).toFixed(0)} ms`];
  return [row('`gatewright --help`', help), row('`gatewright check` of a small document', check)];
};

export const start = { name: 'start', measure };
