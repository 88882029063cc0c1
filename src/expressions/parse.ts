import { pointerTokens } from '../base/origin.js';
import { list, nearest } from '../base/text.js';
import type { Source } from '../ir/index.js';

/** Why a text is no expression, and the character (from 1) at which that shows. */
export interface Malformed { readonly why: string; readonly column: number }
export type Parsed = { readonly source: Source; readonly end: number } | Malformed;

export const contextNames = ['requestId', 'stage', 'sourceIp', 'time', 'epochMs', 'domain', 'userAgent'] as const;
const authNames = ['principalId', 'scopes', 'claims', 'scheme'];
const places = { path: 'path', query: 'query', header: 'header', cookie: 'cookie' } as const;
const roots = ['request', 'response', 'method', 'url', 'statusCode', 'context', 'auth', 'stage'];

// A parameter's name may hold dots and brackets; in a composed string it ends at the brace.
const nameAt = (text: string, start: number, stop: RegExp): string => {
  const rest = text.slice(start);
  const end = rest.search(stop);
  return end < 0 ? rest : rest.slice(0, end);
};
const word = /[^A-Za-z0-9_-]/;

/**
 * Reads one expression that begins at the `$` at `start` and goes on until `stop` (the closing brace of a composed
 * string) or the end of the text.
 */
export const parseExpression = (text: string, start: number, stop: '}' | undefined): Parsed => {
  const limit = stop === undefined ? text.length : text.indexOf(stop, start);
  const scope = text.slice(0, limit < 0 ? text.length : limit);
  if (limit < 0) return { why: 'the brace is not closed', column: start };
  const fail = (why: string, at: number): Malformed => ({ why, column: at + 1 });
  const root = nameAt(scope, start + 1, word);
  const after = start + 1 + root.length;
  const whole = (source: Source): Parsed => (after === scope.length ? { source, end: after } : fail('nothing may follow', after));
  switch (root) {
    case 'method':
      return whole({ kind: 'method' });
    case 'url':
      return whole({ kind: 'url' });
    case 'statusCode':
      return whole({ kind: 'status' });
    case 'request':
    case 'response':
      return message(scope, root, after, fail);
    case 'context':
    case 'auth':
    case 'stage': {
      const path = scope.slice(after + 1).split('.');
      if (scope[after] !== '.' || path.some((part) => part === '')) return fail(`a name must follow, as \`$${root}.NAME\``, after);
      return named(root, path, scope, after, fail);
    }
    default: {
      const near = nearest(root, roots);
      return fail(`there is no \`$${root}\`${near === undefined ? `; there are ${list(roots.map((each) => `\`$${each}\``))}` : `; did you mean \`$${near}\`?`}`, start);
    }
  }
};

type Fail = (why: string, at: number) => Malformed;

const named = (root: 'context' | 'auth' | 'stage', path: readonly string[], scope: string, after: number, fail: Fail): Parsed => {
  const [first = ''] = path;
  const end = scope.length;
  if (root === 'stage') return path.length === 1 ? { source: { kind: 'stage', name: first }, end } : fail('a stage variable has no parts', after + 1);
  if (root === 'auth') {
    if (!authNames.includes(first)) return fail(`\`$auth\` has ${list(authNames.map((name) => `\`${name}\``))}`, after + 1);
    if (first !== 'claims' && path.length > 1) return fail(`\`$auth.${first}\` has no parts`, after + 1);
    return { source: { kind: 'auth', path }, end };
  }
  const name = contextNames.find((each) => each === first);
  if (!name || path.length > 1) return fail(`\`$context\` has ${list(contextNames.map((each) => `\`${each}\``))}`, after + 1);
  return { source: { kind: 'context', name }, end };
};

const message = (scope: string, of: 'request' | 'response', after: number, fail: Fail): Parsed => {
  if (scope[after] !== '.') return fail(`say what of the ${of}, as \`$${of}.body\``, after);
  const part = nameAt(scope, after + 1, word);
  const next = after + 1 + part.length;
  const end = scope.length;
  if (part === 'body') {
    if (next === end) return { source: { kind: 'body', of, pointer: [] }, end };
    if (!scope.startsWith('#', next)) return fail('a JSON Pointer follows a body, as `#/customer/id`', next);
    const pointer = scope.slice(next + 1);
    if (pointer !== '' && !pointer.startsWith('/')) return fail('a JSON Pointer begins with `/`', next + 1);
    return { source: { kind: 'body', of, pointer: pointerTokens(pointer) }, end };
  }
  const place = Object.hasOwn(places, part) ? places[part as keyof typeof places] : undefined;
  if (!place || (of === 'response' && place !== 'header')) {
    return fail(of === 'request' ? 'a request has `body`, `path`, `query`, `header` and `cookie`' : 'a response has `body` and `header`', after + 1);
  }
  const name = scope.slice(next + 1);
  if (scope[next] !== '.' || name === '') return fail(`the name of the ${place} must follow`, next);
  return { source: of === 'response' ? { kind: 'response-header', name: name.toLowerCase() } : { kind: 'parameter', in: place, name }, end };
};

/** A part of a composed string: literal text, or an expression with the place it begins. */
export type Part = string | { readonly text: string; readonly parsed: Exclude<Parsed, Malformed> };

/**
 * Takes a string apart: `$request.path.id` alone, `ORDER#{$request.path.id}` composed, `$$` a literal dollar. A string
 * that has no expression comes back as one literal part.
 */
export const parseText = (text: string): readonly Part[] | Malformed => {
  if (text.startsWith('$') && !text.startsWith('$$')) {
    const parsed = parseExpression(text, 0, undefined);
    return 'why' in parsed ? parsed : [{ text, parsed }];
  }
  const parts: Part[] = [];
  let literal = '';
  for (let at = 0; at < text.length;) {
    if (text.startsWith('$$', at)) {
      literal += '$';
      at += 2;
    } else if (text.startsWith('{$', at) && !text.startsWith('{$$', at)) {
      const parsed = parseExpression(text, at + 1, '}');
      if ('why' in parsed) return parsed;
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push({ text: text.slice(at + 1, parsed.end), parsed });
      at = parsed.end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  return literal !== '' || parts.length === 0 ? [...parts, literal] : parts;
};
