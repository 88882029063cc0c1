import { define } from '../../base/json.js';
import { bare, isSet, typeOf, type Attribute, type Item } from './attribute.js';
import { attributeAt } from './condition.js';
import type { Assigned, Change, Path } from './expression.js';
import { invalid } from './failure.js';

const wrongType = (): Error => invalid('An operand in the update expression has an incorrect data type');

/** A copy of an item with something else, or nothing, at a path; what a path goes through must be there. */
export const withAttribute = (item: Item, [first, ...rest]: Path, value: Attribute | undefined): Item => {
  const [step, ...further] = rest;
  const inner = Object.hasOwn(item, first) ? item[first] : undefined;
  return step === undefined ? replaced(item, first, value) : replaced(item, first, within(inner, step, further, value));
};

const within = (inner: Attribute | undefined, step: string | number, further: readonly (string | number)[], value: Attribute | undefined): Attribute => {
  const outside = invalid('The document path provided in the update expression is invalid for update');
  if (!inner) throw outside;
  const [next, ...rest] = further;
  if (typeof step === 'string') {
    if (typeOf(inner) !== 'M') throw outside;
    const map = bare(inner) as Item;
    return { M: replaced(map, step, next === undefined ? value : within(map[step], next, rest, value)) };
  }
  if (typeOf(inner) !== 'L') throw outside;
  const list = [...(bare(inner) as readonly Attribute[])];
  const placed = next === undefined ? value : within(list[step], next, rest, value);
  // Behind the end is at the end.
  list.splice(Math.min(step, list.length), 1, ...(placed ? [placed] : []));
  return { L: list };
};

const replaced = (map: Item, name: string, value: Attribute | undefined): Item => {
  const copy = {};
  for (const [key, attribute] of Object.entries(map)) if (key !== name) define(copy, key, attribute);
  if (value) define(copy, name, value);
  return copy;
};

/** What an expression gives, from the item as it was before. */
const assigned = (value: Assigned, item: Item): Attribute => {
  switch (value.kind) {
    case 'operand': {
      if (value.operand.kind === 'value') return value.operand.value;
      const found = value.operand.kind === 'path' ? attributeAt(item, value.operand.path) : undefined;
      if (!found) throw invalid('The provided expression refers to an attribute that does not exist in the item');
      return found;
    }
    case 'sum': {
      const [left, right] = [assigned(value.left, item), assigned(value.right, item)];
      if (typeOf(left) !== 'N' || typeOf(right) !== 'N') throw wrongType();
      return { N: String(Number(bare(left)) + value.sign * Number(bare(right))) };
    }
    case 'if-absent': return attributeAt(item, value.path) ?? assigned(value.otherwise, item);
    case 'append': {
      const [left, right] = [assigned(value.left, item), assigned(value.right, item)];
      if (typeOf(left) !== 'L' || typeOf(right) !== 'L') throw wrongType();
      return { L: [...(bare(left) as readonly Attribute[]), ...(bare(right) as readonly Attribute[])] };
    }
  }
};

const added = (before: Attribute | undefined, value: Attribute): Attribute => {
  const type = typeOf(value);
  if (type !== 'N' && !isSet(type)) throw wrongType();
  if (!before) return value;
  if (typeOf(before) !== type) throw wrongType();
  return type === 'N' ? { N: String(Number(bare(before)) + Number(bare(value))) } : { [type]: [...new Set([...(bare(before) as readonly string[]), ...(bare(value) as readonly string[])])] };
};

const without = (before: Attribute | undefined, value: Attribute): Attribute | undefined => {
  if (!isSet(typeOf(value))) throw wrongType();
  if (!before) return undefined;
  if (typeOf(before) !== typeOf(value)) throw wrongType();
  const gone = bare(value) as readonly string[];
  const left = (bare(before) as readonly string[]).filter((item) => !gone.includes(item));
  return left.length === 0 ? undefined : { [typeOf(value)]: left };
};

/** An item after an update. Every value is taken from before it; parts of lists are removed from the end, so that none moves another. */
export const updated = (item: Item, changes: readonly Change[]): Item => {
  const places = changes.map(({ path }) => JSON.stringify(path).slice(0, -1));
  for (const [index, place] of places.entries()) {
    if (places.some((other, at) => at !== index && `${other},`.startsWith(`${place},`))) throw invalid('Invalid UpdateExpression: Two document paths overlap with each other');
  }
  const values = changes.map((change): readonly [Change, Attribute | undefined] => {
    switch (change.kind) {
      case 'set': return [change, assigned(change.value, item)];
      case 'remove': return [change, undefined];
      case 'add': return [change, added(attributeAt(item, change.path), change.value)];
      case 'delete': return [change, without(attributeAt(item, change.path), change.value)];
    }
  });
  const last = ({ path }: Change): number => Number(path.at(-1));
  const removals = values.filter(([{ kind }]) => kind === 'remove').sort(([a], [b]) => (last(b) || 0) - (last(a) || 0));
  const others = values.filter(([{ kind }]) => kind !== 'remove');
  return [...others, ...removals].reduce((next, [{ path, kind }, value]) => {
    // What is not there is not removed: not a fault.
    if (value === undefined && (kind === 'delete' || path.length === 1 || attributeAt(next, path) === undefined)) return attributeAt(next, path) ? withAttribute(next, path, undefined) : next;
    return withAttribute(next, path, value);
  }, item);
};
