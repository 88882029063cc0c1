import { parentPort } from 'node:worker_threads';
import { buildStored, type BuildOptions } from './build.js';
import { openProject, type ProjectSettings } from './project.js';
import { tellOf, type Told } from './told.js';
import { UsageError } from './terminal.js';

/** What one of several threads that build is asked, and answers. */
export interface BuildOrder { readonly settings: ProjectSettings; readonly cwd: string; readonly options: BuildOptions }
export type BuildAnswer = { readonly told: Told } | { readonly usage: string } | { readonly bug: string };

const answer = async ({ settings, cwd, options }: BuildOrder): Promise<BuildAnswer> => {
  try {
    return { told: tellOf(settings, await buildStored(await openProject(settings, cwd), cwd, options)) };
  } catch (error) {
    if (error instanceof UsageError) return { usage: error.message };
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on('message', (order: BuildOrder) => void answer(order).then((found) => parentPort?.postMessage(found)));
