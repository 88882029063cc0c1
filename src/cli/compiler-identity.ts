import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from '../base/order.js';
import { packageRoot } from '../diagnostics/pages.js';
import { hashOf } from '../emit/hash.js';

/** The hash of what a file holds; a word of its own where it is not to be read. */
export const contentHash = (path: string): string => {
  try {
    return hashOf(readFileSync(path));
  } catch {
    return 'not to be read';
  }
};

let identity: string | undefined;

/** What the compiler is made of, with the versions of what it is installed with; nothing where it runs from its sources. */
export const compilerIdentity = (): string | undefined => {
  const folder = dirname(fileURLToPath(import.meta.url));
  if (folder !== join(packageRoot, 'dist', 'cli')) return undefined;
  // What generated code and tests carry is read from its sources.
  identity ??= hashOf([...[folder, ...['runtime', 'suite'].map((name) => join(packageRoot, 'src', name))].flatMap(contentsOf), ...installed()].join('\n'));
  return identity;
};

const contentsOf = (folder: string): string[] => readdirSync(folder).sort(compare).map((name) => `${name} ${contentHash(join(folder, name))}`);

const installed = (): string[] => {
  const { dependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };
  return Object.keys(dependencies).map((name) => `${name} ${contentHash(manifestOf(name) ?? '')}`);
};

/** The `package.json` of a dependency, in the nearest `node_modules` that has it. */
const manifestOf = (name: string): string | undefined => {
  for (let folder = packageRoot; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) return undefined;
  }
};
