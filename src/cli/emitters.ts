import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultTarget, generators } from '../../generators/index.js';
import { list, nearest } from '../base/text.js';
import type { Emitter } from '../emit/emitter.js';
import { UsageError } from './terminal.js';

const targets = generators.filter(({ runs }) => runs === 'target').map(({ name }) => name);

/**
 * The generators of a run: those that always run, and the chosen targets. A target is a name of ours, or the path
 * (`./mine.js`) or package of somebody else's generator, whose default export is an `Emitter`.
 */
export const chooseEmitters = async (chosen: readonly string[], cwd: string): Promise<readonly Emitter[]> => {
  const picked = await Promise.all((chosen.length === 0 ? [defaultTarget] : [...new Set(chosen)]).map((name) => generators.find((emitter) => emitter.name === name && emitter.runs === 'target') ?? foreign(name, cwd)));
  return [...generators.filter(({ runs }) => runs === 'always'), ...picked];
};

const foreign = async (name: string, cwd: string): Promise<Emitter> => {
  const near = nearest(name, targets);
  const help = near === undefined ? `Targets are ${list(targets, 'and')}, the path of a module, or an installed package.` : `Did you mean \`${near}\`?`;
  let address: string;
  try {
    address = /^[./]|^[A-Za-z]:[\\/]/.test(name) ? pathToFileURL(resolve(cwd, name)).href : pathToFileURL(createRequire(join(cwd, 'package.json')).resolve(name)).href;
  } catch {
    throw new UsageError(`There is no target \`${name}\`. ${help}`);
  }
  const module = await (import(address) as Promise<{ readonly default?: unknown }>).catch((error: unknown) => {
    throw new UsageError(`Target \`${name}\` cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  });
  const emitter = module.default as Partial<Emitter> | undefined;
  if (typeof emitter?.name !== 'string' || typeof emitter.emit !== 'function') throw new UsageError(`Target \`${name}\` is no generator: its default export must have \`name\` and \`emit\`.`);
  return { summary: '', runs: 'target', ...emitter, name: emitter.name, emit: emitter.emit };
};
