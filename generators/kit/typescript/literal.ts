import type { Json, JsonObject } from '../../../src/base/json.js';
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

/** A string as the code of this project writes it: in single quotes where that needs no escape. */
const quoted = (value: string): string => {
  const text = string(value);
  return /['"\\]/.test(text.slice(1, -1)) ? text : `'${text.slice(1, -1)}'`;
};

const key = (name: string): string =>
  name === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);

const width = 110;

const print = (value: Json): string => {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  if (Array.isArray(value)) return wrap('[', value.map((item: Json) => print(item)), ']');
  const object = value as JsonObject;
  return wrap('{', Object.keys(object).map((name) => `${key(name)}: ${print(object[name] as Json)}`), '}');
};

const wrap = (open: string, parts: readonly string[], close: string): string => {
  if (parts.length === 0) return open + close;
  const pad = open === '{' ? ' ' : '';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  return line.length <= width && !line.includes('\n') ? line : `${open}\n${parts.map((part) => `  ${part.replaceAll('\n', '\n  ')},`).join('\n')}\n${close}`;
};

/** A JSON value as an expression that evaluates to just that value. Also a literal type, when it is a scalar. */
export const lit = (value: Json): Code => Code.trusted(print(value));

/** An object literal whose values are pieces of code; entries without a value are left out. */
export const objectLiteral = (entries: Iterable<readonly [name: string, value: Code | undefined]>): Code =>
  Code.trusted(wrap('{', [...entries].flatMap(([name, value]) => (value === undefined ? [] : [`${key(name)}: ${value}`])), '}'));

/** A list literal of pieces of code. */
export const listLiteral = (items: readonly Code[]): Code => Code.trusted(wrap('[', items.map(String), ']'));

/** A property name, in a literal or in a type. */
export const prop = (name: string): Code => Code.trusted(key(name));

/** A regular expression, never as a literal. */
export const regex = (source: string, flags: string): Code => Code.trusted(`new RegExp(${quoted(source)}, ${quoted(flags)})`);
