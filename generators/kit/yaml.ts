import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { escapeHidden, oneLine } from './hidden.js';

/**
 * YAML from plain data, for readers of YAML 1.1 and 1.2 alike: whatever either could take for something else than the
 * text it is (`yes`, `12:30`, `0123`, `1e3`, a date) is quoted. Block style, two blanks; no anchors, no tags but the
 * CloudFormation short forms that `Tagged` values ask for.
 */
export type YamlValue = Json | Tagged | readonly YamlValue[] | { readonly [key: string]: YamlValue } | Commented;

/** A CloudFormation intrinsic in its short form: `!Ref Name`. */
export class Tagged { constructor(readonly tag: `!${string}`, readonly value: YamlValue) {} }

/** A value with comment lines above its key or list item. */
export class Commented { constructor(readonly comment: string, readonly value: YamlValue) {} }

export const printYaml = (value: YamlValue, header: readonly string[] = []): string =>
  `${header.map((line) => `${commentLine(line)}\n`).join('')}${block(value, '').replace(/^\n/, '').replace(/^ /, '')}\n`;

const commentLine = (text: string): string => `# ${oneLine(text)}`.trimEnd();

/** What follows `key:` or `-`: blank and scalar, or newline and block. */
const block = (value: YamlValue, indent: string): string => {
  if (value instanceof Commented) return block(value.value, indent);
  if (value instanceof Tagged) return ` ${value.tag}${flow(value.value) ?? block(value.value, indent)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    return (value as readonly YamlValue[]).map((item) => `\n${comment(item, indent)}${indent}-${inItem(item, indent)}`).join('');
  }
  if (isMap(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) return ' {}';
    return entries.map(([key, item]) => `\n${comment(item, indent)}${indent}${keyOf(key)}:${block(item, `${indent}  `)}`).join('');
  }
  return ` ${scalar(value as Json, indent)}`;
};

const strip = (value: YamlValue): YamlValue => (value instanceof Commented ? strip(value.value) : value);
const isMap = (value: YamlValue): value is { readonly [key: string]: YamlValue } => isObject(value) && !(value instanceof Tagged) && !(value instanceof Commented);
const comment = (value: YamlValue, indent: string): string => (value instanceof Commented ? value.comment.split('\n').map((line) => `${indent}${commentLine(line)}\n`).join('') : '');

/** The arguments of an intrinsic on one line, where they are few and short: `!FindInMap [Stages, !Ref Stage, Rate]`. */
const flow = (value: YamlValue): string | undefined => {
  if (!Array.isArray(value)) return undefined;
  const items = (value as readonly YamlValue[]).map((item): string | undefined => {
    if (item instanceof Tagged) return typeof item.value === 'string' ? `${item.tag} ${flowScalar(item.value)}` : Array.isArray(item.value) ? flow(item.value)?.replace(/^ /, `${item.tag} `) : undefined;
    return typeof item === 'string' ? flowScalar(item) : undefined;
  });
  const text = ` [${items.join(', ')}]`;
  return items.length > 0 && !items.includes(undefined) && text.length <= 100 ? text : undefined;
};

const flowScalar = (text: string): string => (/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(text) && !retyped.test(text) ? text : quoted(text));

/** A list item: a map's first key stands on the line of its dash. */
const inItem = (value: YamlValue, indent: string): string => {
  const item = strip(value);
  if ((isMap(item) && Object.keys(item).length > 0) || (Array.isArray(item) && item.length > 0)) return ` ${block(item, `${indent}  `).replace(/^\n+ */, '')}`;
  return block(item, `${indent}  `);
};

const scalar = (value: Json, indent = ''): string => {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (plain.test(value) && !retyped.test(value)) return value;
  if (value.includes('\n') && literal.test(value)) return literalBlock(value, indent);
  return quoted(value);
};

/** A key stands on one line, and is written so that no reader takes it for anything but text. */
const keyOf = (key: string): string => (plain.test(key) && !retyped.test(key) ? key : quoted(key));

const plain = /^[A-Za-z_/$](?:[A-Za-z0-9_/.$@%+\-]|:(?=[A-Za-z0-9_/.$@%+\-:]))*(?: [A-Za-z0-9_/.$@%+\-(](?:[A-Za-z0-9_/.$@%+\-()',;]|:(?=[A-Za-z0-9_/.$@%+\-:]))*)*$/;
const retyped = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+.]?(?:\.?inf|\.?nan)|=|<<|(?=.*[0-9])[-+.]?[0-9a-f_.:e+\-xo]*)$/i;
/** Printable text whose lines end in a newline and do not begin or end in blanks may be a literal block. */
const literal = /^(?![^]*\n\n$)(?:[^\s\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff][\t\u0020-\u007e\u00a1-\u00ff\n]*)$/;

const literalBlock = (text: string, indent: string): string => {
  const lines = text.split('\n');
  const chomp = text.endsWith('\n') ? '' : '-';
  if (text.endsWith('\n')) lines.pop();
  return `|${chomp}\n${lines.map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')}`;
};

const quoted = (text: string): string => escapeHidden(JSON.stringify(text));

/** A map from entries, for keys that are foreign text. */
export const yamlMap = (entries: Iterable<readonly [string, YamlValue]>): { readonly [key: string]: YamlValue } => Object.fromEntries(entries) as JsonObject;
