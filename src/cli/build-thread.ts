import { setImmediate as turn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { Memory } from '../emit/memory.js';
import { buildProject, buildStored, rehearse, type BuildOptions } from './build.js';
import { openProject, type ProjectSettings } from './project.js';
import { tellOf, type Told } from './told.js';
import { UsageError } from './terminal.js';

/** What a thread that builds is asked, and answers. `follows`: the same project will be built here again, and what is learned of it is kept for then. */
export interface BuildOrder { readonly settings: ProjectSettings; readonly cwd: string; readonly options: BuildOptions; readonly follows: boolean }
export type BuildAnswer = { readonly told: Told } | { readonly usage: string } | { readonly bug: string };

/** After so many the engine has made good code of what every build goes through. */
const rehearsals = 4;

interface Known { readonly memory: Memory; rehearsed: number }
const learned = new Map<string, Known>();
const knownOf = ({ out }: ProjectSettings): Known => {
  const known = learned.get(out) ?? { memory: new Memory(), rehearsed: 0 };
  learned.set(out, known);
  return known;
};

const answer = async ({ settings, cwd, options, follows }: BuildOrder): Promise<BuildAnswer> => {
  try {
    const project = await openProject(settings, cwd);
    return { told: tellOf(settings, await (follows ? buildProject(project, cwd, options, knownOf(settings).memory) : buildStored(project, cwd, options))) };
  } catch (error) {
    if (error instanceof UsageError) return { usage: error.message };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

/** Orders that came and are not answered yet. */
let waiting = 0;

/** Makes the next build a fast one, while nobody waits. What goes wrong here goes wrong there, too, and is told then. */
const prepare = async ({ settings, cwd }: BuildOrder): Promise<void> => {
  const known = knownOf(settings);
  try {
    const project = await openProject(settings, cwd);
    for (; known.rehearsed < rehearsals && waiting === 0; known.rehearsed++) {
      await rehearse(project, known.memory, cwd);
      await turn();
    }
  } catch {
    known.rehearsed = rehearsals;
  }
};

/** One after another: what is asked for during a rehearsal waits for its end. */
let last = Promise.resolve();
parentPort?.on('message', (order: BuildOrder) => {
  waiting++;
  last = last.then(async () => {
    const given = await answer(order);
    waiting--;
    parentPort?.postMessage(given);
    if (order.follows) await prepare(order);
  });
});
