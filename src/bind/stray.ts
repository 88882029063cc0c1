import { isObject, type Json } from '../base/json.js';
import { at, identityOf, type Origin } from '../base/origin.js';
import { nearest } from '../base/text.js';
import type { Report } from '../diagnostics/collect.js';
import type { Document } from '../document/document.js';
import { misplaced, misspelt } from './diagnostics.js';

const words = ['x-gateway', 'x-gateway-allow'];
/** Below these everything is data of the author's, whatever its keys are called. */
const data = new Set(['example', 'examples', 'default', 'enum', 'const', ...words]);

/** Reports the blocks of the language that were not read, since they stand where they have no meaning, and those nearly called so. */
export const reportStray = (document: Document, read: ReadonlySet<string>, report: Report): void => {
  const meant = new Map(words.map((word): [string, string | undefined] => [word, undefined]));
  const judge = (key: string, place: () => Origin): void => {
    if (key === 'x-gateway' && !read.has(identityOf(place()))) report(misplaced({}, place()));
    // Extensions of others are few, and stand in many places.
    if (!meant.has(key)) meant.set(key, nearest(key, words));
    const near = meant.get(key);
    if (near !== undefined) report(misspelt({ key, near }, place()));
  };
  for (const [file, { value }] of document.files) {
    // Every value is looked at, and hardly any key is one of these: its place is put together only then.
    const path: (string | number)[] = [];
    const inside = (child: Json, key: string | number): void => {
      if (typeof child !== 'object' || child === null) return;
      path.push(key);
      visit(child);
      path.pop();
    };
    const visit = (value: Json): void => {
      if (Array.isArray(value)) return value.forEach(inside);
      if (!isObject(value)) return;
      for (const key of Object.keys(value)) {
        if (key.startsWith('x-')) judge(key, () => at({ file, pointer: '' }, ...path, key));
        if (!data.has(key)) inside(value[key] as Json, key);
      }
    };
    visit(value);
  }
};
