import { Code } from './code.js';
/** What may not stand raw in a source file: format, control, private and unassigned characters, line separators. */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const escapeUnits = (text) => [...Array(text.length).keys()].map((index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
const string = (value) => JSON.stringify(value).replace(hidden, escapeUnits).replaceAll('</', '<\\/');
/** A string as the code of this project writes it: in single quotes where that needs no escape. */
const quoted = (value) => {
    const text = string(value);
    return /['"\\]/.test(text.slice(1, -1)) ? text : `'${text.slice(1, -1)}'`;
};
const key = (name) => name === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
const width = 110;
const print = (value) => {
    if (typeof value === 'string')
        return quoted(value);
    if (value === null || typeof value !== 'object')
        return Object.is(value, -0) ? '-0' : JSON.stringify(value);
    if (Array.isArray(value))
        return wrap('[', value.map((item) => print(item)), ']');
    const object = value;
    return wrap('{', Object.keys(object).map((name) => `${key(name)}: ${print(object[name])}`), '}');
};
const wrap = (open, parts, close) => {
    if (parts.length === 0)
        return open + close;
    const pad = open === '{' ? ' ' : '';
    const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
    return line.length <= width && !line.includes('\n') ? line : `${open}\n${parts.map((part) => `  ${part.replaceAll('\n', '\n  ')},`).join('\n')}\n${close}`;
};
/** A JSON value as an expression that evaluates to just that value. Also a literal type, when it is a scalar. */
export const lit = (value) => Code.trusted(print(value));
/** An object literal whose values are pieces of code; entries without a value are left out. */
export const objectLiteral = (entries) => Code.trusted(wrap('{', [...entries].flatMap(([name, value]) => (value === undefined ? [] : [`${key(name)}: ${value}`])), '}'));
/** A list literal of pieces of code. */
export const listLiteral = (items) => Code.trusted(wrap('[', items.map(String), ']'));
/** A property name, in a literal or in a type. */
export const prop = (name) => Code.trusted(key(name));
/** A regular expression, never as a literal. */
export const regex = (source, flags) => Code.trusted(`new RegExp(${quoted(source)}, ${quoted(flags)})`);
