import { define, isObject, type Json, type JsonObject } from '../../base/json.js';
import { invalid } from './failure.js';

/** A value as the store has it: an object of one property, which names its type (DynamoDB API reference, AttributeValue). */
export type Attribute = JsonObject;
export type Item = { readonly [name: string]: Attribute };

const types = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS'] as const;
type AttributeType = (typeof types)[number];
const sets: readonly string[] = ['SS', 'NS', 'BS'];
export const isSet = (type: string): boolean => sets.includes(type);

/** An attribute's type and its bare value. */
export const typeOf = (attribute: Attribute): AttributeType => Object.keys(attribute)[0] as AttributeType;
export const bare = (attribute: Attribute): Json => attribute[typeOf(attribute)] as Json;

/** Numbers are told apart as doubles; the service has 38 digits. */
const number = (text: Json | undefined): string => {
  if (typeof text !== 'string' || text.trim() === '' || !Number.isFinite(Number(text))) throw invalid('The parameter cannot be converted to a numeric value');
  return String(Number(text));
};

/** An attribute as a caller sent it, checked, its numbers in one form. */
export const checked = (value: Json | undefined): Attribute => {
  const [type, ...more] = isObject(value ?? null) ? Object.keys(value as JsonObject) : [];
  if (type === undefined || more.length > 0 || !(types as readonly string[]).includes(type)) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  const given = (value as JsonObject)[type];
  const wrong = invalid(`One or more parameter values were invalid: a value of type ${type} is malformed`);
  switch (type as AttributeType) {
    case 'S': case 'B': if (typeof given !== 'string') throw wrong; return { [type]: given };
    case 'N': return { N: number(given) };
    case 'BOOL': if (typeof given !== 'boolean') throw wrong; return { BOOL: given };
    case 'NULL': if (given !== true) throw wrong; return { NULL: true };
    case 'M': return { M: checkedItem(given) };
    case 'L': if (!Array.isArray(given)) throw wrong; return { L: given.map((item: Json) => checked(item)) };
    case 'SS': case 'NS': case 'BS': {
      if (!Array.isArray(given) || given.length === 0) throw invalid('One or more parameter values were invalid: An string set may not be empty');
      const items = (given as readonly Json[]).map((item) => (type === 'NS' ? number(item) : item));
      if (items.some((item) => typeof item !== 'string')) throw wrong;
      if (new Set(items).size < items.length) throw invalid('One or more parameter values were invalid: Input collection contains duplicates.');
      return { [type]: items };
    }
  }
};

export const checkedItem = (value: Json | undefined): Item => {
  if (!isObject(value ?? null)) throw invalid('One or more parameter values were invalid: an item is a map of attributes');
  const item = {};
  for (const [name, attribute] of Object.entries(value as JsonObject)) define(item, name, checked(attribute));
  return item;
};

/** JSON as the store keeps it: what the gateway's own calls send. */
export const toAttribute = (value: Json): Attribute => {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return Array.isArray(value) ? { L: (value as readonly Json[]).map(toAttribute) } : { M: toItem(value as JsonObject) };
};

export const toItem = (value: JsonObject): Item => {
  const item = {};
  for (const [name, part] of Object.entries(value)) define(item, name, toAttribute(part));
  return item;
};

/** The JSON that an attribute stands for; sets are lists. */
export const fromAttribute = (attribute: Attribute): Json => {
  const value = bare(attribute);
  switch (typeOf(attribute)) {
    case 'NULL': return null;
    case 'N': return Number(value);
    case 'NS': return (value as readonly string[]).map(Number);
    case 'L': return (value as readonly Attribute[]).map(fromAttribute);
    case 'M': return fromItem(value as Item);
    default: return value;
  }
};

export const fromItem = (item: Item): JsonObject => {
  const object = {};
  for (const [name, attribute] of Object.entries(item)) define(object, name, fromAttribute(attribute));
  return object;
};

/** Sets have no order. */
const canonical = (attribute: Attribute): Json => {
  const value = bare(attribute);
  switch (typeOf(attribute)) {
    case 'SS': case 'NS': case 'BS': return [...(value as readonly string[])].sort();
    case 'L': return (value as readonly Attribute[]).map((item) => [typeOf(item), canonical(item)]);
    case 'M': return Object.keys(value as Item).sort().map((name) => [name, typeOf((value as Item)[name] as Attribute), canonical((value as Item)[name] as Attribute)]);
    default: return value;
  }
};
export const sameAttribute = (a: Attribute, b: Attribute): boolean => typeOf(a) === typeOf(b) && JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/** The order of two values of one type that has an order: texts by their UTF-8, binaries by their bytes; nothing for others. */
export const compareAttributes = (a: Attribute, b: Attribute): number | undefined => {
  const type = typeOf(a);
  if (type !== typeOf(b) || !['S', 'N', 'B'].includes(type)) return undefined;
  if (type === 'N') return Number(bare(a)) - Number(bare(b));
  const encoding = type === 'S' ? 'utf8' : 'base64';
  return Buffer.compare(Buffer.from(String(bare(a)), encoding), Buffer.from(String(bare(b)), encoding));
};
