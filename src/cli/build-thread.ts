import { parentPort } from 'node:worker_threads';
import { Memory } from '../emit/memory.js';
import { buildProject, buildStored, rehearse, type BuildOptions } from './build.js';
import { openProject, type ProjectSettings } from './project.js';
import { tellOf, type Told } from './told.js';
import { UsageError } from './terminal.js';

/** What a thread that builds is asked, and answers. `follows`: the same project will be built here again, and what is learned of it is kept for then. */
export interface BuildOrder { readonly settings: ProjectSettings; readonly cwd: string; readonly options: BuildOptions; readonly follows: boolean }
export type BuildAnswer = { readonly told: Told } | { readonly usage: string } | { readonly bug: string };

const memories = new Map<string, Memory>();

const build = async (order: BuildOrder): Promise<void> => {
  const { settings, cwd, options, follows } = order;
  const say = (answer: BuildAnswer): void => parentPort?.postMessage(answer);
  try {
    const project = await openProject(settings, cwd);
    if (!follows) return say({ told: tellOf(settings, await buildStored(project, cwd, options)) });
    const known = memories.get(settings.out);
    const memory = known ?? new Memory();
    memories.set(settings.out, memory);
    say({ told: tellOf(settings, await buildProject(project, cwd, options, memory)) });
    if (!known) await rehearse(project, memory, cwd);
  } catch (error) {
    say(error instanceof UsageError ? { usage: error.message } : { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

/** One after another: what was asked for while the last was rehearsed waits. */
let last = Promise.resolve();
parentPort?.on('message', (order: BuildOrder) => { last = last.then(() => build(order)); });
