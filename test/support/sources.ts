import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './cli.js';

/** The package's own TypeScript below its folders, by path from its root, in order. */
export const sourceFiles = (...folders: readonly string[]): string[] => folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))).sort();
