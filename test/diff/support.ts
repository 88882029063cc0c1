import { compareVersions } from '../../src/cli/comparison.js';
import { compile, type Compilation } from '../../src/compile.js';
import { verdictOf } from '../../src/diff/rules/index.js';
import type { Change } from '../../src/diff/changes.js';
import { root } from '../support/cli.js';
import type { Doc } from './rows/documents.js';

/** The day on which all of this happens. */
export const today = '2026-06-15';

export const compiled = (text: string): Promise<Compilation> => compile({ stdin: text }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: [] });

/** The changes between two texts. */
export const changesOf = async (before: string, after: string): Promise<readonly Change[]> => {
  const changes = compareVersions(await compiled(before), await compiled(after), { folder: root, levels: new Map(), projects: [] }, today);
  if (!changes) throw new Error('One of the documents means nothing.');
  return changes;
};

/** `breaking operation-removed`, each once. */
export const said = (changes: readonly Change[]): readonly string[] => [...new Set(changes.map(({ code, level }) => `${verdictOf[level]} ${code.slice('diff/'.length)}`))].sort();

/** A document under a version that tells of any break. */
export const raised = (doc: Doc): Doc => ({ ...doc, info: { title: 'Things', version: '2.0.0' } });
