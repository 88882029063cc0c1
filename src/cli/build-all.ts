import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { buildStored, type BuildOptions } from './build.js';
import type { BuildAnswer, BuildOrder } from './build-thread.js';
import { stayReady } from './engine.js';
import type { Project } from './project.js';
import { tellOf, type Told } from './told.js';
import { UsageError } from './terminal.js';

/** Builds projects, and tells of them in the order given. `progress`: how many are done. */
type BuildEach = (projects: readonly Project[], progress: (done: number) => void) => Promise<readonly Told[]>;

/** Side by side, one a core. One alone, and what may have to ask, is built in this thread: only it has the terminal. */
export const buildAll = (cwd: string, options: BuildOptions): BuildEach => async (projects, progress) => {
  const threads = Math.min(availableParallelism(), projects.length);
  if (threads < 2 || (options.prune && !options.yes)) {
    const told: Told[] = [];
    for (const project of projects) {
      progress(told.length);
      told.push(tellOf(project, await buildStored(project, cwd, options)));
    }
    return told;
  }
  const told = new Map<number, Told>();
  const waiting = projects.entries();
  const work = async (): Promise<void> => {
    const thread = begin();
    try {
      for (const [index, project] of waiting) {
        told.set(index, await askThread(thread, project, { cwd, options: { ...options, ask: false }, follows: false }));
        progress(told.size);
      }
    } finally {
      await thread.terminate();
    }
  };
  progress(0);
  await Promise.all(Array.from({ length: threads }, work));
  return projects.flatMap((_, index) => told.get(index) ?? []);
};

/**
 * For builds of the same projects that follow one another until the process ends: as `buildAll`, but one alone is built in a thread that
 * keeps what it learns of it. That thread has nobody to ask.
 */
export const buildAgain = (cwd: string, options: BuildOptions): BuildEach => {
  // A new thread has a heap that is set up for it, which the one that the process began with cannot have any more.
  stayReady();
  const thread = begin();
  return async (projects, progress) => {
    const [only, ...others] = projects;
    if (!only || others.length > 0) return buildAll(cwd, options)(projects, progress);
    progress(0);
    return [await askThread(thread, only, { cwd, options, follows: true })];
  };
};

const begin = (): Worker => new Worker(new URL('./build-thread.js', import.meta.url), { name: 'build' });

const askThread = (thread: Worker, { emitters: _, ...settings }: Project, order: Omit<BuildOrder, 'settings'>): Promise<Told> => new Promise((resolve, reject) => {
  const fail = (why: string): void => reject(new Error(`while ${settings.name} was built: ${why}`));
  const left = (): void => fail('something ended the thread');
  const done = (answer: BuildAnswer): void => {
    thread.off('error', reject).off('exit', left);
    if ('told' in answer) resolve(answer.told);
    else if ('usage' in answer) reject(new UsageError(answer.usage));
    else fail(answer.bug);
  };
  thread.once('message', done).once('error', reject).once('exit', left);
  thread.postMessage({ settings, ...order } satisfies BuildOrder);
});
