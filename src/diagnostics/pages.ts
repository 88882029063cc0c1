import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from '../base/order.js';

/** The folder of this package, from its sources or its build: the nearest one above this file that has a `package.json`. */
export const packageRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();

const pagesFolder = (): string => join(packageRoot, 'docs', 'diagnostics');

/** The page of a code, as Markdown; nothing when there is none, or the code is no code. */
export const readPage = (code: string): string | undefined => {
  if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(code)) return undefined;
  const path = join(pagesFolder(), `${code}.md`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** What `explain` says of an integration style, as Markdown; nothing when there is none of that name. */
export const readStyle = (name: string): string | undefined => {
  if (!/^[a-z]+$/.test(name)) return undefined;
  const path = join(packageRoot, 'src', 'integrations', name, 'explain.md');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** Every code that has a page, in order. */
export const pageCodes = (): string[] => {
  const folder = pagesFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/[^/]+\.md$/.test(path))
    .map((path) => path.slice(0, -'.md'.length))
    .sort(compare);
};
