import type { Shape } from './contract.js';
import { put } from './platform.js';

/** Why text could not become what its schema says. */
export interface Fault {
  readonly keyword: 'type' | 'malformed';
  /** JSON Pointer from the parameter. */
  readonly pointer: string;
  readonly message: string;
}
export type Converted = { readonly value: unknown } | { readonly fault: Fault };

const nouns: { readonly [shape: string]: string } = { integer: 'an integer', number: 'a number', boolean: '`true` or `false`', null: '`null`', string: 'a text', any: 'a value' };

const noun = (shape: Shape): string =>
  typeof shape === 'string' ? nouns[shape] ?? shape
  : 'array' in shape ? 'a list'
  : 'object' in shape ? 'an object'
  : shape.union.map(noun).join(' or ');

/** Text of a caller, short enough to be said back to them. */
export const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

const wrong = (text: string, shape: Shape): Converted => ({ fault: { keyword: 'type', pointer: '', message: `must be ${noun(shape)}, is ${shown(text)}` } });

/** The grammar of a number in JSON; neither `0x10` nor an empty text is one. */
const numeral = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const number = (text: string, shape: 'integer' | 'number'): Converted => {
  const value = Number(text);
  if (!numeral.test(text) || !Number.isFinite(value)) return wrong(text, shape);
  if (shape === 'number') return { value };
  if (!Number.isInteger(value)) return wrong(text, shape);
  // Rounding an id would name another thing, so what a number cannot hold exactly is refused.
  if (!Number.isSafeInteger(value)) return { fault: { keyword: 'type', pointer: '', message: `must lie between -9007199254740991 and 9007199254740991, is ${shown(text)}` } };
  return { value };
};

/** One text, already decoded, as a value of the shape. */
export const convert = (text: string, shape: Shape): Converted => {
  if (typeof shape !== 'string') {
    if ('union' in shape) return first(shape.union, (alternative) => convert(text, alternative)) ?? wrong(text, shape);
    return wrong(text, shape);
  }
  switch (shape) {
    case 'string': case 'any': return { value: text };
    case 'boolean': return text === 'true' ? { value: true } : text === 'false' ? { value: false } : wrong(text, shape);
    case 'null': return text === '' || text === 'null' ? { value: null } : wrong(text, shape);
    case 'integer': case 'number': return number(text, shape);
  }
};

const first = (shapes: readonly Shape[], attempt: (shape: Shape) => Converted): Converted | undefined => {
  let only: Converted | undefined;
  for (const shape of shapes) {
    const result = attempt(shape);
    if ('value' in result) return result;
    only = shapes.length === 1 ? result : undefined;
  }
  return only;
};

/** The parts of a parameter as its style has them, read in whichever way its shape asks for. Parts are still encoded. */
export interface Reading {
  readonly scalar: () => string;
  readonly list: () => readonly string[];
  readonly entries: () => readonly (readonly [name: string, value: string])[];
  /** There is more than one part: in a union, lists and objects are tried first. */
  readonly several: boolean;
}
export type Decode = (part: string) => string | undefined;

/** What could not be decoded. */
export const malformed: Converted = { fault: { keyword: 'malformed', pointer: '', message: 'has a broken percent-encoding' } };

/** As `convert`, of text that is still encoded. */
export const part = (text: string, shape: Shape, decode: Decode): Converted => {
  const decoded = decode(text);
  return decoded === undefined ? malformed : convert(decoded, shape);
};

/** A fault of an item or a property, as one of the whole. */
export const inside = (result: { readonly fault: Fault }, token: string | number): Converted =>
  ({ fault: { ...result.fault, pointer: `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}${result.fault.pointer}` } });

/** The shape of an object's property. */
export const propertyShape = (shape: { readonly object: readonly (readonly [string, Shape])[]; readonly rest?: Shape }, name: string): Shape | undefined =>
  shape.object.find(([key]) => key === name)?.[1] ?? shape.rest;

const isScalar = (shape: Shape): boolean => typeof shape === 'string' || ('union' in shape && shape.union.every(isScalar));

/** A value of the shape from what a style reads. */
export const assemble = (reading: Reading, shape: Shape, decode: Decode): Converted => {
  if (typeof shape === 'string') return part(reading.scalar(), shape, decode);
  if ('union' in shape) {
    const [scalars, others] = [shape.union.filter(isScalar), shape.union.filter((alternative) => !isScalar(alternative))];
    return first(reading.several ? [...others, ...scalars] : [...scalars, ...others], (alternative) => assemble(reading, alternative, decode)) ?? wrong(reading.scalar(), shape);
  }
  if ('array' in shape) {
    const value: unknown[] = [];
    for (const [index, text] of reading.list().entries()) {
      const item = part(text, shape.array, decode);
      if ('fault' in item) return inside(item, index);
      value.push(item.value);
    }
    return { value };
  }
  const value = {};
  for (const [encoded, text] of reading.entries()) {
    const name = decode(encoded);
    if (name === undefined) return malformed;
    const item = part(text, propertyShape(shape, name) ?? 'any', decode);
    if ('fault' in item) return inside(item, name);
    put(value, name, item.value);
  }
  return { value };
};

/** `filter[a][b]=c`: values by path. A name that is given twice makes a list. */
export const assembleDeep = (values: readonly { readonly path: readonly string[]; readonly text: string }[], shape: Shape): Converted => {
  if (typeof shape === 'object' && 'union' in shape) return first(shape.union, (alternative) => assembleDeep(values, alternative)) ?? wrong('', shape);
  if (typeof shape === 'object' && 'array' in shape) {
    const list: unknown[] = [];
    for (const [index, { text }] of values.entries()) {
      const item = convert(text, shape.array);
      if ('fault' in item) return inside(item, index);
      list.push(item.value);
    }
    return { value: list };
  }
  const [only] = values;
  if (only && only.path.length === 0) return convert(only.text, shape);
  if (typeof shape === 'string' && shape !== 'any') return wrong('', shape);
  const groups = new Map<string, { path: readonly string[]; text: string }[]>();
  for (const { path: [name = '', ...path], text } of values) groups.set(name, [...(groups.get(name) ?? []), { path: path.filter((step) => step !== ''), text }]);
  const value = {};
  for (const [name, group] of groups) {
    const item = assembleDeep(group, (typeof shape === 'object' && 'object' in shape ? propertyShape(shape, name) : undefined) ?? 'any');
    if ('fault' in item) return inside(item, name);
    put(value, name, item.value);
  }
  return { value };
};
