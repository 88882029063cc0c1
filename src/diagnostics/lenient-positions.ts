import type { Node } from 'yaml';
import { lenientYaml } from '../base/lenient-yaml.js';
import { pointerToken } from '../base/origin.js';
import type { FindPosition, Position, Range } from './json-positions.js';

/** Finds values in a YAML text that only the lenient parser takes. */
export const lenientPositions = (text: string): FindPosition => {
  const { isMap, isScalar, isSeq, parseDocument } = lenientYaml();
  const positions = new Map<string, Position>();
  const read = (): Node | null => {
    try {
      return parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', keepSourceTokens: false }).contents;
    } catch {
      return null;
    }
  };
  const visit = (node: unknown, pointer: string, key: Range | undefined): void => {
    const value = (isMap(node) || isSeq(node) ? key : undefined) ?? rangeOf(node) ?? key;
    if (value) positions.set(pointer, { value, ...(key ? { key } : {}) });
    if (isMap(node)) {
      for (const pair of node.items) {
        // A collection as a key: nothing that was parsed has a pointer into it, and to print it may take seconds.
        if (isScalar(pair.key)) visit(pair.value, `${pointer}/${pointerToken(String(pair.key.value))}`, rangeOf(pair.key));
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) visit(item, `${pointer}/${index}`, undefined);
    }
  };
  visit(read(), '', undefined);
  return (pointer) => positions.get(pointer);
};

const rangeOf = (node: unknown): Range | undefined => {
  const range = (node as Node | null)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
};
