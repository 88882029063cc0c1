import type { Json } from '../../../src/base/json.js';
import { Code } from './code.js';

/** What may not stand raw in a source file: format, control, private and unassigned characters, line separators. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

const escapeUnits = (text: string): string =>
  [...Array(text.length).keys()].map((index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

/** Most text is of these, and then no class of Unicode need be looked up. */
const plain = /^[\x20-\x7e]*$/;

const string = (value: string): string => {
  const json = JSON.stringify(value);
  return (plain.test(json) ? json : json.replace(hidden, escapeUnits)).replaceAll('</', '<\\/');
};

/** Printable ASCII that needs no escape in single quotes, and cannot be a part of `</`. */
const simple = /^[ !#-&(-;=-[\]-~]*$/;

/** A string as the code of this project writes it: in single quotes where that needs no escape. */
const quoted = (value: string): string => {
  if (simple.test(value)) return `'${value}'`;
  const text = string(value);
  return /['"\\]/.test(text.slice(1, -1)) ? text : `'${text.slice(1, -1)}'`;
};

const key = (name: string): string =>
  name === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);

const width = 110;

/** A value with holes: an object leaves out what is `undefined`. */
export type Loose = Json | undefined | readonly Loose[] | { readonly [name: string]: Loose };

/** Code that is written in place of a value; nothing where the value is written as it is. */
export type Stand = (value: Loose) => Code | undefined;

const asItIs: Stand = () => undefined;

const isList = (value: Loose): value is readonly Loose[] => Array.isArray(value);
const isWhole = (value: Loose): value is readonly Loose[] | { readonly [name: string]: Loose } => typeof value === 'object' && value !== null;

const scalar = (value: string | number | boolean | null | undefined): string =>
  typeof value === 'string' ? quoted(value) : value === undefined ? 'undefined' : Object.is(value, -0) ? '-0' : JSON.stringify(value);

/** A value on one line; nothing where the line has no room for it. */
const flat = (value: Loose, room: number, stand: Stand): string | undefined => {
  // A text takes two quotes at least.
  if (typeof value === 'string' && value.length + 2 > room) return stand === asItIs ? undefined : flatCode(stand(value), room);
  const code = stand(value);
  if (code) return flatCode(code, room);
  if (!isWhole(value)) return fitting(scalar(value), room);
  const [open, close] = isList(value) ? ['[', ']'] : ['{ ', ' }'];
  let line = '';
  const add = (name: string, item: Loose): boolean => {
    const start = `${line === '' ? open : `${line}, `}${name}`;
    const inner = flat(item, room - start.length - close.length, stand);
    if (inner !== undefined) line = start + inner;
    return inner !== undefined;
  };
  const whole = isList(value) ? value.every((item) => add('', item)) : Object.keys(value).every((name) => value[name] === undefined || add(`${key(name)}: `, value[name]));
  return whole ? fitting(line === '' ? open.trim() + close.trim() : line + close, room) : undefined;
};

const fitting = (line: string, room: number): string | undefined => (line.length <= room ? line : undefined);
const flatCode = (code: Code | undefined, room: number): string | undefined => {
  const text = code?.toString();
  return text === undefined || text.includes('\n') ? undefined : fitting(text, room);
};

/** A value on as few lines as it needs, those after the first with an indent. */
const print = (value: Loose, indent: string, stand: Stand): string => {
  const code = stand(value);
  if (code) return deeper(code.toString(), indent);
  if (!isWhole(value)) return scalar(value);
  const line = flat(value, width, stand);
  if (line !== undefined) return line;
  const inner = `${indent}  `;
  const lines = isList(value) ? value.map((item) => `${inner}${print(item, inner, stand)},\n`)
    : Object.keys(value).map((name) => (value[name] === undefined ? '' : `${inner}${key(name)}: ${print(value[name], inner, stand)},\n`));
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.join('')}${indent}${close}`;
};

const deeper = (text: string, indent: string): string => (text.includes('\n') ? text.replaceAll('\n', `\n${indent}`) : text);

const wrap = (open: string, parts: readonly string[], close: string): string => {
  if (parts.length === 0) return open + close;
  const pad = open === '{' ? ' ' : '';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  return line.length <= width && !line.includes('\n') ? line : `${open}\n${parts.map((part) => `  ${deeper(part, '  ')},\n`).join('')}${close}`;
};

/** A JSON value as an expression that evaluates to just that value. Also a literal type, when it is a scalar. */
export const lit = (value: Json): Code => Code.trusted(print(value, '', asItIs));

/** The same of a value with holes, where some of what is in it is written otherwise. */
export const loosely = (value: Loose, stand: Stand): Code => Code.trusted(print(value, '', stand));

/** An object literal whose values are pieces of code; entries without a value are left out. */
export const objectLiteral = (entries: Iterable<readonly [name: string, value: Code | undefined]>): Code =>
  Code.trusted(wrap('{', [...entries].flatMap(([name, value]) => (value === undefined ? [] : [`${key(name)}: ${value}`])), '}'));

/** A list literal of pieces of code. */
export const listLiteral = (items: readonly Code[]): Code => Code.trusted(wrap('[', items.map(String), ']'));

/** A property name, in a literal or in a type. */
export const prop = (name: string): Code => Code.trusted(key(name));

/** A regular expression, never as a literal. */
export const regex = (source: string, flags: string): Code => Code.trusted(`new RegExp(${quoted(source)}, ${quoted(flags)})`);
