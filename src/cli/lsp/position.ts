import { isPair, isScalar, parseDocument, visit, type Scalar } from 'yaml';
import type { Json } from '../../base/json.js';
import type { Path } from '../../language/suggest.js';

/** Where in a document a key or a value is being typed. */
export interface Place {
  readonly path: Path;
  readonly position: 'key' | 'value';
  /** The document as far as it can be read, without what is being typed. */
  readonly document: Json;
}

/** What is being typed at a cursor; `start` and `end` from the line's beginning. */
export interface Typed { readonly start: number; readonly end: number; readonly word: string; readonly places: readonly Place[] }

const placeholder = 'gatewright\u{e000}here';

/**
 * Finds where a cursor stands, in YAML or JSON that need not be whole: a name is put where the cursor is, and looked for in
 * what the reader makes of the text. At the beginning of a line of YAML it may be a key or an item, so that both are tried.
 */
export const typedAt = (lines: readonly string[], at: { readonly line: number; readonly character: number }): Typed => {
  const line = lines[at.line] ?? '';
  const before = line.slice(0, at.character);
  const [word] = /[^\s"'{}[\],:]*$/.exec(before) ?? [''];
  const [rest] = /^[^\s"'{}[\],:]*/.exec(line.slice(at.character)) ?? [''];
  const [start, end] = [before.length - word.length, at.character + rest.length];
  const lead = line.slice(0, start);
  const begins = /^\s*(?:-\s+)*$/.test(lead) && !/^\s*:/.test(line.slice(end));
  const textWith = (name: string): string => [...lines.slice(0, at.line), lead + name + line.slice(end), ...lines.slice(at.line + 1)].join('\n');
  const places = [...(begins ? [`${placeholder}:`] : []), placeholder].flatMap((name) => foundIn(textWith(name)));
  return { start, end, word, places: places.filter(({ path, position }, index) => places.findIndex((other) => other.position === position && other.path.join('\0') === path.join('\0')) === index) };
};

/** What was found in the last texts, one for each way to stand at a cursor: while a word is typed, the rest of the text stays as it is. */
const last = new Map<string, readonly Place[]>();

const foundIn = (text: string): readonly Place[] => {
  const places = last.get(text) ?? placesIn(text);
  last.delete(text);
  last.set(text, places);
  for (const [oldest] of last) if (last.size > 2) last.delete(oldest);
  return places;
};

const placesIn = (text: string): readonly Place[] => {
  const document = parseDocument(text, { logLevel: 'silent', strict: false, uniqueKeys: false });
  const found: Omit<Place, 'document'>[] = [];
  visit(document, {
    Scalar: (which, node: Scalar, ancestors) => {
      if (typeof node.value !== 'string' || !node.value.includes(placeholder)) return undefined;
      const path = ancestors.flatMap((ancestor, index): (string | number)[] => {
        const next = ancestors[index + 1] ?? node;
        if (isPair(ancestor)) return next === ancestor.key ? [] : [isScalar(ancestor.key) ? String(ancestor.key.value) : ''];
        return 'items' in ancestor && !isPair(next) ? [(ancestor.items as unknown[]).indexOf(next)] : [];
      });
      found.push({ path, position: which === 'key' ? 'key' : 'value' });
      return undefined;
    },
  });
  const plain = (): Json => {
    try {
      return document.toJS({ maxAliasCount: 100 }) as Json;
    } catch {
      return null;
    }
  };
  return found.length === 0 ? [] : found.map((place) => ({ ...place, document: plain() }));
};
