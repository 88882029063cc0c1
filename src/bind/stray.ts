import { isObject, type Json } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';
import { nearest } from '../base/text.js';
import type { Report } from '../diagnostics/collect.js';
import type { Document } from '../document/document.js';
import { misplaced, misspelt } from './diagnostics.js';

const words = ['x-gateway', 'x-gateway-allow'];
/** Below these everything is data of the author's, whatever its keys are called. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const', ...words]);

/** Reports the blocks of the language that were not read, since they stand where they have no meaning, and those nearly called so. */
export const reportStray = (document: Document, read: ReadonlySet<string>, report: Report): void => {
  const visit = (value: Json, origin: Origin): void => {
    if (Array.isArray(value)) value.forEach((item: Json, index) => visit(item, at(origin, index)));
    if (!isObject(value)) return;
    for (const [key, child] of Object.entries(value)) {
      const place = at(origin, key);
      if (key === 'x-gateway' && !read.has(`${place.file}#${place.pointer}`)) report(misplaced({}, place));
      const near = key.startsWith('x-') && !words.includes(key) ? nearest(key, words) : undefined;
      if (near !== undefined) report(misspelt({ key, near }, place));
      if (!data.has(key)) visit(child, place);
    }
  };
  for (const [file, { value }] of document.files) visit(value, { file, pointer: '' });
};
