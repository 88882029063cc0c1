import { isObject, typeName, type Json } from '../base/json.js';
import { at } from '../base/origin.js';
import { compare } from '../base/order.js';
import { nearest } from '../base/text.js';
import type { Cursor } from '../document/cursor.js';
import type { Bound, BoundMap, Level } from './bound.js';
import * as faults from './diagnostics.js';
import type { ObjectShape, Shape } from './shape.js';
import { parseDuration, parseSize } from './values.js';

/**
 * Reads a block of the language where it stands, following a `$ref` to a reusable one. What is wrong is reported
 * and left out; what remains has the shape. Keys that a later layer of the cascade may still bring are not missed here:
 * `complete` asks for them.
 */
export const read = (written: Cursor, shape: Shape, level: Level, what: string): Bound | undefined => {
  if (written.value === null) return leaf(written, null, level);
  const cursor = shape.kind === 'template' ? written : written.follow();
  if (!cursor) return undefined;
  switch (shape.kind) {
    case 'object':
      return readObject(cursor, shape, level, what);
    case 'map':
      return readMap(cursor, shape, level, what);
    case 'tagged':
      return readTagged(cursor, shape, level, what);
    case 'keyed':
      return readKeyed(cursor, shape, level, what);
    case 'either': {
      const form = shape.of.find((each) => accepts(each, cursor.value));
      return form ? read(cursor, form, level, what) : wrong(cursor, what, shape.of.map(wanted).join(' or '));
    }
    case 'list':
      return readList(cursor, shape, level, what);
    default:
      return scalar(cursor, shape, what) ? leaf(cursor, cursor.value, level) : undefined;
  }
};

const leaf = (cursor: Cursor, value: Json, level: Level): Bound => ({ kind: 'leaf', origin: cursor.origin, level, value });

const wrong = (cursor: Cursor, what: string, form: string): undefined => {
  cursor.report(faults.wrongType({ what, wanted: form, found: typeName(cursor.value) }, cursor.origin));
  return undefined;
};

const isExtension = (key: string): boolean => key.startsWith('x-');

const readFields = (cursor: Cursor, { fields, elsewhere = {} }: Pick<ObjectShape, 'fields' | 'elsewhere'>, level: Level, what: string, whole: boolean): BoundMap => {
  const entries = new Map<string, Bound>();
  for (const [key, child] of cursor.entries(what)) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (shape) {
      const value = read(child, shape, level, `\`${key}\``);
      entries.set(key, value ?? { kind: 'leaf', origin: child.origin, level, value: null, faulty: true });
    } else if (!isExtension(key)) {
      const known = Object.keys(fields).sort(compare);
      const near = Object.hasOwn(elsewhere, key) ? undefined : nearest(key, [...known, ...Object.keys(elsewhere)]);
      const name = near ?? key;
      const place = !Object.hasOwn(fields, name) && Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
      cursor.report(faults.unknownKey({ key, where: what, near, place, known }, at(cursor.origin, key)));
    }
  }
  return { kind: 'map', origin: cursor.origin, level, entries, ...(whole ? { whole } : {}) };
};

const readObject = (cursor: Cursor, shape: ObjectShape, level: Level, what: string, whole = false): BoundMap | undefined =>
  isObject(cursor.value) ? readFields(cursor, shape, level, what, whole) : wrong(cursor, what, 'an object');

const readMap = (cursor: Cursor, shape: Shape & { kind: 'map' }, level: Level, what: string): Bound | undefined => {
  if (!isObject(cursor.value)) return wrong(cursor, what, 'an object');
  const entries = new Map<string, Bound>();
  for (const [key, child] of cursor.entries(what)) {
    if (shape.keys && !new RegExp(shape.keys.pattern).test(key)) {
      cursor.report(faults.invalidText({ what: `A key of ${what}`, value: key, wanted: shape.keys.wanted }, child.origin));
      continue;
    }
    entries.set(key, read(child, shape.values, level, `\`${key}\``) ?? { kind: 'leaf', origin: child.origin, level, value: null, faulty: true });
  }
  return { kind: 'map', origin: cursor.origin, level, entries };
};

const readTagged = (cursor: Cursor, shape: Shape & { kind: 'tagged' }, level: Level, what: string): Bound | undefined => {
  if (!isObject(cursor.value)) return wrong(cursor, what, 'an object');
  const values = Object.keys(shape.variants);
  const tag = cursor.get(shape.tag);
  if (!tag) {
    cursor.report(faults.missingKey({ where: what, key: shape.tag }, cursor.origin));
    return undefined;
  }
  if (!scalar(tag, { kind: 'choice', description: '', values }, `\`${shape.tag}\``)) return undefined;
  const variant = shape.variants[tag.value as string] as ObjectShape;
  return readFields(cursor, { fields: { [shape.tag]: { kind: 'choice', description: '', values }, ...variant.fields } }, level, what, false);
};

const readKeyed = (cursor: Cursor, shape: Shape & { kind: 'keyed' }, level: Level, what: string): Bound | undefined => {
  const { value } = cursor;
  if (!isObject(value)) return wrong(cursor, what, 'an object');
  const variants = Object.keys(shape.variants);
  const present = variants.filter((key) => Object.hasOwn(value, key));
  if (present.length !== 1) {
    const near = present.length === 0 ? Object.keys(value).map((key) => nearest(key, variants)).find((name) => name !== undefined) : undefined;
    cursor.report(faults.noVariant({ where: what, variants, near }, cursor.origin));
    return undefined;
  }
  return readObject(cursor, shape.variants[present[0] as string] as ObjectShape, level, what, true);
};

const readList = (cursor: Cursor, shape: Shape & { kind: 'list' }, level: Level, what: string): Bound | undefined => {
  if (!Array.isArray(cursor.value)) return wrong(cursor, what, 'a list');
  if (shape.nonEmpty === true && cursor.value.length === 0) {
    cursor.report(faults.wrongType({ what, wanted: 'a list with at least one item', found: 'an empty one' }, cursor.origin));
    return undefined;
  }
  const items = cursor.items(what).map((item) => read(item, shape.items, level, `An item of ${what}`));
  // A list is replaced whole, so one with a bad item is not used at all; the item was reported.
  return items.every((item) => item !== undefined) ? leaf(cursor, cursor.value, level) : undefined;
};

const jsonType: Readonly<Record<Shape['kind'], string>> = {
  text: 'a string', choice: 'a string', duration: 'a string', size: 'a string', number: 'a number', boolean: 'a boolean',
  list: 'a list', map: 'an object', object: 'an object', tagged: 'an object', keyed: 'an object', template: '', either: '',
};
const accepts = (shape: Shape, value: Json): boolean => shape.kind === 'template' || jsonType[shape.kind] === typeName(value);

const wanted = (shape: Shape): string => {
  switch (shape.kind) {
    case 'duration':
      return 'a duration such as `30s`';
    case 'size':
      return 'a size such as `64KB`';
    case 'boolean':
      return '`true` or `false`';
    default:
      return jsonType[shape.kind];
  }
};

const scalar = (cursor: Cursor, shape: Shape, what: string): boolean => {
  const { value } = cursor;
  if (!accepts(shape, value)) return wrong(cursor, what, wanted(shape)) ?? false;
  const fault = faultOf(shape, value, what);
  if (fault) cursor.report(fault(cursor.origin));
  return fault === undefined;
};

const faultOf = (shape: Shape, value: Json, what: string) => {
  const given = String(value);
  switch (shape.kind) {
    case 'choice':
      return shape.values.includes(given) ? undefined : (origin: Cursor['origin']) => faults.unknownValue({ what, value: given, values: shape.values, near: nearest(given, shape.values) }, origin);
    case 'duration':
      return parseDuration(given) !== undefined ? undefined : (origin: Cursor['origin']) => faults.invalidDuration({ what, value: given }, origin);
    case 'size':
      return parseSize(given) !== undefined ? undefined : (origin: Cursor['origin']) => faults.invalidSize({ what, value: given }, origin);
    case 'text':
      return shape.pattern === undefined || new RegExp(shape.pattern, 'u').test(given) ? undefined
        : (origin: Cursor['origin']) => faults.invalidText({ what, value: given, wanted: shape.wanted ?? 'of the right form' }, origin);
    case 'number': {
      const range = rangeOf(shape);
      return inRange(shape, value as number) ? undefined : (origin: Cursor['origin']) => faults.outOfRange({ what, value: value as number, wanted: range }, origin);
    }
    default:
      return undefined;
  }
};

type NumberShape = Shape & { kind: 'number' };
const inRange = (shape: NumberShape, value: number): boolean =>
  (shape.integer !== true || Number.isInteger(value)) && (shape.above === undefined || value > shape.above)
  && (shape.minimum === undefined || value >= shape.minimum) && (shape.maximum === undefined || value <= shape.maximum);

/** A number shape's range in words: `a whole number of 1 or more`. */
export const rangeOf = ({ integer, above, minimum, maximum }: NumberShape): string => {
  const noun = integer === true ? 'a whole number' : 'a number';
  if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${noun} of ${minimum} or more`;
  if (maximum !== undefined) return `${noun} of ${maximum} at most`;
  return above === undefined ? noun : `${noun} above ${above}`;
};
