import { pointerTokens } from '../base/origin.js';

/** Offsets into a text; `end` is one past the last. */
export interface Range { readonly start: number; readonly end: number }
/** Where a value stands and, in an object, its key. */
export interface Position { readonly value: Range; readonly key?: Range }

/** Where the value at a pointer stands; nothing where there is none. */
export type FindPosition = (pointer: string) => Position | undefined;

/** A value with what it holds, by the name or index of each; that is read when something in it is asked for. */
interface Place extends Position { readonly opens: number | undefined; children?: ReadonlyMap<string, Place> }

const blank = /[\s,:]*/y;
const scalar = /[^\s,:{}[\]"]+/y;
const bracket = /["{}[\]]/g;

/**
 * Finds values in a JSON text; an object or list that has a key stands where its key does. The text must be JSON. It is
 * gone through once for its brackets, and taken apart only on the way to what is asked for.
 */
export const jsonPositions = (text: string): FindPosition => {
  const closing = pairBrackets(text);
  const end = (start: number): number => closing(start) ?? (text[start] === '"' ? endOfString(text, start) : after(text, start, scalar));
  const root = placeAt(text, after(text, 0, blank), undefined, end);
  return (pointer) => {
    let place: Place | undefined = root;
    for (const token of pointerTokens(pointer)) {
      if (!place) return undefined;
      place.children ??= place.opens === undefined ? new Map() : childrenOf(text, place.opens, end);
      place = place.children.get(token);
    }
    return place;
  };
};

/** For the offset of each opening bracket, one past its closing one. */
const pairBrackets = (text: string): ((start: number) => number | undefined) => {
  const opens: number[] = [];
  const closes: number[] = [];
  const pending: number[] = [];
  bracket.lastIndex = 0;
  while (bracket.test(text)) {
    const end = bracket.lastIndex;
    const character = text[end - 1];
    if (character === '"') bracket.lastIndex = endOfString(text, end - 1);
    else if (character === '{' || character === '[') pending.push(opens.push(end - 1) - 1);
    else closes[pending.pop() ?? 0] = end;
  }
  return (start) => (text[start] === '{' || text[start] === '[' ? closes[lastAtMost(opens, start)] : undefined);
};

/** The index of the last number that is no greater, among ascending ones. */
export const lastAtMost = (ascending: readonly number[], most: number): number => {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The end of what a pattern takes from an offset on. */
const after = (text: string, offset: number, pattern: RegExp): number => {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
};

const placeAt = (text: string, start: number, key: Range | undefined, end: (start: number) => number): Place => {
  const opens = text[start] === '{' || text[start] === '[' ? start : undefined;
  const range = { start, end: opens === undefined ? end(start) : start + 1 };
  return { value: (opens === undefined ? undefined : key) ?? range, ...(key ? { key } : {}), opens };
};

const childrenOf = (text: string, opens: number, end: (start: number) => number): ReadonlyMap<string, Place> => {
  const children = new Map<string, Place>();
  const list = text[opens] === '[';
  for (let offset = after(text, opens + 1, blank); offset < text.length && text[offset] !== '}' && text[offset] !== ']';) {
    const key = list ? undefined : { start: offset, end: end(offset) };
    const place = placeAt(text, key ? after(text, key.end, blank) : offset, key, end);
    children.set(key ? unquoted(text.slice(key.start, key.end)) : String(children.size), place);
    offset = after(text, place.opens === undefined ? place.value.end : end(place.opens), blank);
  }
  return children;
};

const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
};

const unquoted = (string: string): string => {
  if (!string.includes('\\')) return string.slice(1, -1);
  try {
    return String(JSON.parse(string));
  } catch {
    return string.slice(1, -1);
  }
};
