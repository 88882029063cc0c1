import { pointerToken } from '../base/origin.js';

/** Offsets into a text; `end` is one past the last. */
export interface Range { readonly start: number; readonly end: number }
/** Where a value stands and, in an object, its key. */
export interface Position { readonly value: Range; readonly key?: Range }

interface Open { readonly pointer: string; readonly list: boolean; index: number; key: (Range & { readonly name: string }) | undefined }

const token = /[\s,:]*(?:("[^"\\]*(?:\\.[^"\\]*)*")|([{[])|([}\]])|([^\s,:{}[\]"]+))/suy;

/**
 * The positions of all values in a JSON text, by pointer; an object or list that has a key stands where its key does.
 * The text must be JSON. Many times faster than a YAML parser.
 */
export const jsonPositions = (text: string): ReadonlyMap<string, Position> => {
  const positions = new Map<string, Position>();
  const open: Open[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, string, opening, closing, scalar] = match;
    const end = token.lastIndex;
    const range = { start: end - (string ?? opening ?? closing ?? scalar ?? '').length, end };
    const parent = open.at(-1);
    if (closing !== undefined) {
      open.pop();
      continue;
    }
    if (string !== undefined && parent && !parent.list && !parent.key) {
      parent.key = { ...range, name: unquoted(string) };
      continue;
    }
    const pointer = !parent ? '' : `${parent.pointer}/${parent.list ? parent.index++ : pointerToken(parent.key?.name ?? '')}`;
    const key = parent?.key && { start: parent.key.start, end: parent.key.end };
    positions.set(pointer, { value: opening !== undefined && key ? key : range, ...(key ? { key } : {}) });
    if (parent) parent.key = undefined;
    if (opening !== undefined) open.push({ pointer, list: opening === '[', index: 0, key: undefined });
  }
  return positions;
};

const unquoted = (string: string): string => {
  if (!string.includes('\\')) return string.slice(1, -1);
  try {
    return String(JSON.parse(string));
  } catch {
    return string.slice(1, -1);
  }
};
