import { bare, compareAttributes, isSet, sameAttribute, typeOf, type Attribute, type Item } from './attribute.js';
import type { Comparator, Condition, Operand, Path } from './expression.js';

/** What stands at a path of an item. */
export const attributeAt = (item: Item, [first, ...rest]: Path): Attribute | undefined =>
  rest.reduce<Attribute | undefined>((inner, step) => {
    if (!inner) return undefined;
    const value = bare(inner);
    if (typeof step === 'number') return typeOf(inner) === 'L' ? (value as readonly Attribute[])[step] : undefined;
    return typeOf(inner) === 'M' && Object.hasOwn(value as Item, step) ? (value as Item)[step] : undefined;
  }, Object.hasOwn(item, first) ? item[first] : undefined);

const sizeOf = (attribute: Attribute): Attribute | undefined => {
  const value = bare(attribute);
  switch (typeOf(attribute)) {
    case 'S': return { N: String(Buffer.byteLength(value as string)) };
    case 'B': return { N: String(Buffer.from(value as string, 'base64').length) };
    case 'SS': case 'NS': case 'BS': case 'L': return { N: String((value as readonly unknown[]).length) };
    case 'M': return { N: String(Object.keys(value as Item).length) };
    default: return undefined;
  }
};

const valueOf = (operand: Operand, item: Item): Attribute | undefined => {
  if (operand.kind === 'value') return operand.value;
  const found = attributeAt(item, operand.path);
  return operand.kind === 'size' ? found && sizeOf(found) : found;
};

const ordered: { readonly [C in Exclude<Comparator, '=' | '<>'>]: (order: number) => boolean } = { '<': (order) => order < 0, '<=': (order) => order <= 0, '>': (order) => order > 0, '>=': (order) => order >= 0 };

/** What is absent equals nothing, and differs from nothing but by `<>`. */
const compare = (comparator: Comparator, a: Attribute | undefined, b: Attribute | undefined): boolean => {
  if (comparator === '<>') return !(a && b && sameAttribute(a, b));
  if (!a || !b) return false;
  if (comparator === '=') return sameAttribute(a, b);
  const order = compareAttributes(a, b);
  return order !== undefined && ordered[comparator](order);
};

const contains = (whole: Attribute, part: Attribute): boolean => {
  const type = typeOf(whole);
  if (type === 'S' && typeOf(part) === 'S') return String(bare(whole)).includes(String(bare(part)));
  if (type === 'L') return (bare(whole) as readonly Attribute[]).some((item) => sameAttribute(item, part));
  return isSet(type) && type === `${typeOf(part)}S` && (bare(whole) as readonly string[]).includes(String(bare(part)));
};

/** Whether a condition holds of an item; one that is not there is empty. */
export const holds = (condition: Condition, item: Item): boolean => {
  switch (condition.kind) {
    case 'and': return holds(condition.left, item) && holds(condition.right, item);
    case 'or': return holds(condition.left, item) || holds(condition.right, item);
    case 'not': return !holds(condition.inner, item);
    case 'compare': return compare(condition.comparator, valueOf(condition.left, item), valueOf(condition.right, item));
    case 'between': {
      const value = valueOf(condition.value, item);
      return compare('>=', value, valueOf(condition.low, item)) && compare('<=', value, valueOf(condition.high, item));
    }
    case 'in': return condition.list.some((each) => compare('=', valueOf(condition.value, item), valueOf(each, item)));
    case 'call': {
      const found = attributeAt(item, condition.path);
      if (condition.name === 'attribute_exists') return found !== undefined;
      if (condition.name === 'attribute_not_exists') return found === undefined;
      const argument = condition.argument && valueOf(condition.argument, item);
      if (!found || !argument) return false;
      switch (condition.name) {
        case 'attribute_type': return typeOf(found) === bare(argument);
        case 'begins_with': return typeOf(found) === 'S' && typeOf(argument) === 'S' && String(bare(found)).startsWith(String(bare(argument)));
        case 'contains': return contains(found, argument);
      }
    }
  }
};
