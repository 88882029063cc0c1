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

const learned = new Map<string, { readonly memory: Memory; rehearsed: number }>();
/** Orders that came, and that were carried out. */
let [came, done] = [0, 0];

const build = async ({ settings, cwd, options, follows }: BuildOrder): Promise<void> => {
  const say = (answer: BuildAnswer): void => {
    done++;
    parentPort?.postMessage(answer);
  };
  try {
    const project = await openProject(settings, cwd);
    if (!follows) return say({ told: tellOf(settings, await buildStored(project, cwd, options)) });
    const known = learned.get(settings.out) ?? { memory: new Memory(), rehearsed: 0 };
    learned.set(settings.out, known);
    say({ told: tellOf(settings, await buildProject(project, cwd, options, known.memory)) });
    for (; known.rehearsed < rehearsals && came === done; known.rehearsed++) {
      await rehearse(project, known.memory, cwd);
      await turn();
    }
  } catch (error) {
    say(error instanceof UsageError ? { usage: error.message } : { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
};

/** One after another: what is asked for during a rehearsal waits for its end. */
let last = Promise.resolve();
parentPort?.on('message', (order: BuildOrder) => {
  came++;
  last = last.then(() => build(order));
});
