import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { list } from '../base/text.js';
import { workFolder } from '../emit/layout.js';
import type { Move, Orphan } from '../emit/plan.js';
import { UsageError } from './terminal.js';

/** What may be done with files of the developer's that nothing calls any more. */
export interface TidyFlags {
  /** Put stubs aside that nobody wrote into. */
  readonly prune: boolean;
  /** Give a file the new name of its operation. */
  readonly move: boolean;
  /** Take yes for an answer. */
  readonly yes: boolean;
  /** Whether to ask where somebody sits at the terminal: not while a watcher builds. */
  readonly ask: boolean;
}

/**
 * Which files change their name, after asking where there is somebody to ask. A renamed operation is offered on a
 * terminal even without a flag; what somebody wrote into is never put aside.
 */
export const tidy = async (orphans: readonly Orphan[], out: string, { prune, move, yes, ask: mayAsk }: TidyFlags): Promise<readonly Move[]> => {
  const renamed = orphans.flatMap(({ path, successor }): Move[] => (successor === undefined ? [] : [{ from: path, to: successor }]));
  const unused = prune ? orphans.filter(({ untouched }) => untouched).map(({ path }): Move => ({ from: path, to: asideOf(out, path) })) : [];
  const asks = mayAsk && process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (unused.length > 0 && !yes && !asks) throw new UsageError(`\`--prune\` would put ${list(unused.map(({ from }) => `\`${from}\``))} aside, and asks before it does; add \`--yes\` where nobody can answer.`);
  const agreed = async (question: string, sure: boolean): Promise<boolean> => sure || yes || (asks && (await ask(question)));
  return [
    ...(renamed.length > 0 && (await agreed(`Give ${list(renamed.map(({ from, to }) => `${from} the name ${to}`))}?`, move)) ? renamed : []),
    ...(unused.length > 0 && (await agreed(`Put ${list(unused.map(({ from }) => from))} aside, to ${workFolder}/pruned/?`, false)) ? unused : []),
  ];
};

/** A name among what was put aside that is not taken. */
const asideOf = (out: string, path: string): string => {
  const name = `${workFolder}/pruned/${path}`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}.${number}`;
    if (!existsSync(join(out, candidate))) return candidate;
  }
};

const ask = async (question: string): Promise<boolean> => {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } finally {
    prompt.close();
  }
};
