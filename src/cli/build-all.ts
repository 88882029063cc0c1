import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Memory } from '../emit/memory.js';
import { buildProject, buildStored, type BuildOptions } from './build.js';
import type { BuildAnswer, BuildOrder } from './build-thread.js';
import type { Project } from './project.js';
import { tellOf, type Told } from './told.js';
import { UsageError } from './terminal.js';

/**
 * Builds projects side by side, one a core, and tells of them in the order given. One alone, and what may have to ask, is built in this
 * thread: only it has the terminal, and what was kept of the last time.
 */
export const buildAll = async (projects: readonly Project[], cwd: string, options: BuildOptions, progress: (done: number) => void, memories?: ReadonlyMap<Project, Memory>): Promise<readonly Told[]> => {
  const threads = Math.min(availableParallelism(), projects.length);
  if (threads < 2 || (options.prune && !options.yes)) {
    const told: Told[] = [];
    for (const project of projects) {
      progress(told.length);
      const memory = memories?.get(project);
      told.push(tellOf(project, await (memory ? buildProject(project, cwd, options, memory) : buildStored(project, cwd, options))));
    }
    return told;
  }
  const told = new Map<number, Told>();
  const waiting = projects.entries();
  const work = async (): Promise<void> => {
    const thread = new Worker(new URL('./build-thread.js', import.meta.url), { name: 'build' });
    try {
      for (const [index, { emitters: _, ...settings }] of waiting) {
        told.set(index, await askThread(thread, { settings, cwd, options: { ...options, ask: false } }));
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

const askThread = (thread: Worker, order: BuildOrder): Promise<Told> => new Promise((resolve, reject) => {
  const fail = (why: string): void => reject(new Error(`while ${order.settings.name} was built: ${why}`));
  const left = (): void => fail('something ended the thread');
  const done = (answer: BuildAnswer): void => {
    thread.off('error', reject).off('exit', left);
    if ('told' in answer) resolve(answer.told);
    else if ('usage' in answer) reject(new UsageError(answer.usage));
    else fail(answer.bug);
  };
  thread.once('message', done).once('error', reject).once('exit', left);
  thread.postMessage(order);
});
