import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Json } from '../base/json.js';
import { compare } from '../base/order.js';

/** Whether a path of the configuration stands for all files that match it; a file of just that name is itself. */
export const isPattern = (spec: Json, folder: string): boolean => typeof spec === 'string' && /[*?{[]/.test(spec) && !existsSync(resolve(folder, spec));

/**
 * Absolute paths of what matches, in code-unit order. Installed packages, folders that begin with a dot and the published document of a build
 * are left out: none of them is anybody's source.
 */
export const matches = async (pattern: string, folder: string): Promise<readonly string[]> => {
  // The field's small matcher, loaded where there is a pattern: what braces and stars mean is not ours to invent.
  const { glob } = await import('tinyglobby');
  const found = await glob(pattern, { cwd: folder, absolute: true, ignore: ['**/node_modules/**', '**/generated/openapi.json'], followSymbolicLinks: false, expandDirectories: false });
  return found.map((path) => resolve(path)).sort(compare);
};
