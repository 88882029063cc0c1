import type { Cursor } from '../document/cursor.js';
import type { PathTemplate, Segment } from '../ir/index.js';
import { malformedPath, trailingSlash } from './openapi-diagnostics.js';

/** A key of `paths`, read: the template, and what that begins with which was cut from it, since it is no part of a path. */
export interface PathKey { readonly template: PathTemplate; readonly cut: '#' | '?' | undefined }

/** Reads a key of `paths`; `at` is the path item. Reports, and answers nothing, where it is no template. */
export const readPath = (key: string, at: Cursor): PathKey | undefined => {
  const malformed = (why: string): undefined => at.report(malformedPath({ path: key, why }, at.origin)) as undefined;
  const end = endOfPath(key);
  const bare = key.slice(0, end);
  if (!bare.startsWith('/')) return malformed('it must begin with a slash');
  if (/[\u0000-\u0020\u007f]/.test(bare)) return malformed('it holds a space or a control character');
  const text = bare.length > 1 && bare.endsWith('/') ? bare.slice(0, -1) : bare;
  const parts = text === '/' ? [] : text.slice(1).split('/');
  if (parts.includes('')) return malformed('two slashes follow one another');
  const segments: Segment[] = [];
  const seen = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const segment = readSegment(part);
    if (typeof segment === 'string') return malformed(segment);
    if (segment.kind === 'variable' && segment.greedy && index < parts.length - 1) return malformed(`\`${part}\` takes all that follows, so nothing can stand behind it`);
    for (const name of variablesIn(segment)) {
      if (seen.has(name)) return malformed(`\`{${name}}\` stands in it twice`);
      seen.add(name);
    }
    segments.push(segment);
  }
  if (text !== bare) at.report(trailingSlash({ path: bare }, at.origin));
  return { template: { text, segments }, cut: key[end] === '#' ? '#' : key[end] === '?' ? '?' : undefined };
};

/** The names of a template's variables, in order. */
export const variablesOf = (template: PathTemplate): string[] => template.segments.flatMap(variablesIn);

/** What two templates have in common when they match the same requests. */
export const matchKey = (template: PathTemplate): string =>
  template.segments.map((segment) => {
    switch (segment.kind) {
      case 'literal': return segment.text;
      case 'variable': return segment.greedy ? '{+}' : '{}';
      case 'mixed': return segment.parts.map((part) => ('text' in part ? part.text : '{}')).join('');
    }
  }).join('/');

const variablesIn = (segment: Segment): string[] =>
  segment.kind === 'variable' ? [segment.name] : segment.kind === 'mixed' ? segment.parts.flatMap((part) => ('name' in part ? [part.name] : [])) : [];

/** Where the path ends: before the first `?` or `#` that is in no variable. */
const endOfPath = (text: string): number => {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') depth++;
    else if (text[index] === '}') depth--;
    else if (depth <= 0 && (text[index] === '?' || text[index] === '#')) return index;
  }
  return text.length;
};

/** A segment, or why it is none. */
const readSegment = (text: string): Segment | string => {
  const parts: ({ text: string } | { name: string })[] = [];
  for (const piece of text.split(/(\{[^{}]*\})/)) {
    if (piece === '') continue;
    if (!piece.startsWith('{')) {
      if (/[{}]/.test(piece)) return `the braces in \`${text}\` do not match`;
      parts.push({ text: piece });
    } else if (piece === '{}' || piece === '{+}') return `a variable in \`${text}\` has no name`;
    else if (piece.endsWith('}')) parts.push({ name: piece.slice(1, -1) });
    else return `the braces in \`${text}\` do not match`;
  }
  const [only] = parts;
  if (parts.length > 1) {
    const greedy = parts.find((part) => 'name' in part && part.name.endsWith('+'));
    return greedy ? `a variable that takes all that follows must be a whole segment, and \`${text}\` is more` : { kind: 'mixed', parts };
  }
  if (!only || 'text' in only) return { kind: 'literal', text };
  const greedy = only.name.endsWith('+');
  return { kind: 'variable', name: greedy ? only.name.slice(0, -1) : only.name, greedy };
};
