import type { Diagnostic } from '../../diagnostics/define.js';

/** One way out of a diagnostic: what to write where. Lines and columns from 0. */
export interface Fix {
  readonly title: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}
interface Position { readonly line: number; readonly character: number }

/** What can be mended without asking back: a name that is nearly another, and an operation that does not say who may call it. */
export const fixesOf = ({ code, message }: Pick<Diagnostic, 'code' | 'message'>, range: Fix['range'], lines: readonly string[]): readonly Fix[] => {
  if (code === 'auth/open' || code === 'auth/mutation-open') return statedOpen(range.start.line, lines);
  const [, near] = /did you mean `([^`]+)`\?/.exec(message) ?? [];
  return near === undefined ? [] : renamed(near, range, lines);
};

/** The name is replaced where it stands, quotes left as they are; nothing where the range is more than one name. */
const renamed = (near: string, range: Fix['range'], lines: readonly string[]): readonly Fix[] => {
  const line = lines[range.start.line] ?? '';
  const pointed = line.slice(range.start.character, range.end.character);
  const [, quote = '', name] = /^(["']?)([^"'{}[\],:\s]+)\1$/.exec(pointed) ?? [];
  if (name === undefined || range.start.line !== range.end.line) return [];
  return [{ title: `Rename it to \`${near}\``, range, text: `${quote}${near}${quote}` }];
};

/** Before the first key of the operation, as deep as that; only where the operation stands a key to a line. */
const statedOpen = (at: number, lines: readonly string[]): readonly Fix[] => {
  const opens = /:\s*(?:#.*)?$/.test(lines[at] ?? '');
  const first = opens ? lines.findIndex((line, index) => index > at && line.trim() !== '' && !line.trim().startsWith('#')) : at;
  const indent = /^\s+(?=[\w$-]+:)/.exec(lines[first] ?? '')?.[0];
  if (indent === undefined) return [];
  const start = { line: first, character: 0 };
  return [{ title: 'State that everybody may call it: `security: []`', range: { start, end: start }, text: `${indent}security: []\n` }];
};
