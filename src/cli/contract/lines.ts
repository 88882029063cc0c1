import { posix } from 'node:path';
import type { Compilation } from '../../compile.js';
import { createLocator } from '../../diagnostics/locate.js';

/** The places that generated tests name → file and line, as an editor finds them. */
export const linesOf = ({ document, sources, files = [] }: Compilation): Readonly<Record<string, string>> => {
  if (!document) return {};
  const folder = posix.dirname(document.root);
  const locate = createLocator(sources, document.origins);
  const places = new Set(files.filter(({ path }) => path.startsWith('test/contract/')).flatMap(({ content }) => [...content.matchAll(/'([^'\n]*?#(?:\/[^'\n]*)?)'/g)].map(([, place = '']) => place)));
  return Object.fromEntries([...places].map((place) => {
    const [file = '', pointer = ''] = [place.slice(0, place.indexOf('#')), place.slice(place.indexOf('#') + 1)];
    const found = locate({ file: posix.join(folder, file), pointer });
    return [place, `${found.file}:${found.line}:${found.column}  (${pointer === '' ? 'the document' : pointer})`];
  }));
};
