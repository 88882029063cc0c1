import type { Origin } from '../base/origin.js';
import { jsonPositions, lastAtMost, type FindPosition, type Position } from './json-positions.js';
import { yamlPositions } from './yaml-positions.js';

/** A place in a text, as an editor shows it: lines and columns from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** One past the last column of what is pointed at, on the same line. */
  readonly endColumn: number;
  /** The whole line, without its end; absent when the text is not at hand. */
  readonly lineText?: string;
}

export type Locate = (origin: Origin, key?: boolean) => Location;

/** `starts`: the offset of each line. */
interface Index { readonly text: string; readonly positionOf: FindPosition; readonly starts: readonly number[] }

/**
 * Finds where origins stand. A file is indexed when the first place in it is asked for, never before: a run that has
 * nothing to tell reads no positions. `origins` and `files` as in `Document`: of a file that was read before, it is known what it is.
 */
export const createLocator = (sources: ReadonlyMap<string, string>, origins: ReadonlyMap<string, Origin> = new Map(), files: ReadonlyMap<string, { readonly format: string }> = new Map()): Locate => {
  const indices = new Map<string, Index | undefined>();
  const indexOf = (file: string): Index | undefined => {
    if (!indices.has(file)) {
      const text = sources.get(file);
      indices.set(file, text === undefined ? undefined : indexText(text, files.get(file)?.format));
    }
    return indices.get(file);
  };
  return (origin, key = false) => {
    const { file, pointer, position } = written(origin, origins);
    const index = indexOf(file);
    if (!index) return { file, line: position?.line ?? 1, column: position?.column ?? 1, endColumn: (position?.column ?? 1) + 1 };
    if (position) return spanning(file, index, position.line, position.column, position.column + 1);
    const { found, exact } = nearestPosition(index, pointer);
    const range = (key || !exact ? found.key : undefined) ?? found.value;
    const line = lastAtMost(index.starts, range.start) + 1;
    const column = range.start - (index.starts[line - 1] ?? 0) + 1;
    return spanning(file, index, line, column, column + Math.max(1, range.end - range.start));
  };
};

const spanning = (file: string, index: Index, line: number, column: number, endColumn: number): Location => {
  const lineText = index.text.slice(index.starts[line - 1], index.starts[line]).replace(/[\r\n]+$/, '');
  return { file, line, column, endColumn: Math.max(column + 1, Math.min(endColumn, lineText.length + 1)), lineText };
};

/** Where a value was really written: what overlays and conversions moved is sought by the nearest place around it. */
const written = (origin: Origin, origins: ReadonlyMap<string, Origin>): Origin => {
  if (origins.size === 0 || origin.position) return origin;
  for (let pointer = origin.pointer; ; pointer = pointer.slice(0, pointer.lastIndexOf('/'))) {
    const moved = origins.get(`${origin.file}#${pointer}`);
    if (moved) return { file: moved.file, pointer: moved.pointer + origin.pointer.slice(pointer.length) };
    if (pointer === '') return origin;
  }
};

/** The place itself, or the nearest one around it that exists. */
const nearestPosition = (index: Index, pointer: string): { found: Position; exact: boolean } => {
  for (let near = pointer; ; near = near.slice(0, near.lastIndexOf('/'))) {
    const found = index.positionOf(near);
    if (found) return { found, exact: near === pointer };
    if (near === '') return { found: { value: { start: 0, end: 1 } }, exact: false };
  }
};

const indexText = (text: string, format: string | undefined): Index => {
  const starts = [0];
  const end = /\r\n|\r|\n/g;
  while (end.test(text)) starts.push(end.lastIndex);
  let positions: FindPosition | undefined;
  const read = (): FindPosition => (format === 'json' || (format !== 'yaml' && isJson(text)) ? jsonPositions(text) : yamlPositions(text));
  return { text, positionOf: (pointer) => (positions ??= read())(pointer), starts };
};

const isJson = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
