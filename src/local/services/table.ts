import type { TableIndex } from '../../ir/index.js';
import { bare, compareAttributes, typeOf, type Attribute, type Item } from './attribute.js';
import { holds } from './condition.js';
import type { Condition } from './expression.js';
import { invalid, ServiceFailure } from './failure.js';

export interface TableKey { readonly partition: string; readonly sort?: string }
export interface TableSettings { readonly key: TableKey; readonly indexes: readonly TableIndex[] }

export interface Table {
  readonly settings: TableSettings;
  /** The key of an item, or of a request for one: checked, nothing else in it. */
  readonly keyOf: (item: Item) => Item;
  readonly get: (key: Item) => Item | undefined;
  /** Makes one item another one, or nothing; refused where the condition does not hold of what was there. */
  readonly change: (key: Item, condition: Condition | undefined, next: (before: Item | undefined) => Item | undefined) => { readonly before: Item | undefined; readonly after: Item | undefined };
  /** All items of a partition of the table or of an index, in order; of all partitions without a key. */
  readonly read: (index: string | undefined, partition?: Attribute) => readonly Item[];
  readonly keySchema: (index: string | undefined) => TableKey;
  readonly items: () => readonly Item[];
  readonly clear: () => void;
}

/** The most that an item may have, in bytes. */
const itemBytes = 400 * 1024;

/** The store's own refusal; with what was there, for those who ask for it. */
export const conditionFailed = (before: Item | undefined): ServiceFailure =>
  new ServiceFailure('ConditionalCheckFailedException', 'The conditional request failed', 400, before ? { Item: before } : {});

/** A table by its key schema. Keys are texts, as generated tables have them. */
export const createTable = (settings: TableSettings): Table => {
  const items = new Map<string, Item>();
  const attributes = (key: TableKey): string[] => [key.partition, ...(key.sort === undefined ? [] : [key.sort])];
  const keyOf = (item: Item): Item => Object.fromEntries(attributes(settings.key).map((name) => {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    if (!value) throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    if (typeOf(value) !== 'S') throw invalid(`One or more parameter values were invalid: Type mismatch for key ${name} expected: S actual: ${typeOf(value)}`);
    if (bare(value) === '') throw invalid(`One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`);
    return [name, value];
  }));
  const place = (key: Item): string => JSON.stringify(attributes(settings.key).map((name) => bare(key[name] as Attribute)));
  const keySchema = (index: string | undefined): TableKey => {
    if (index === undefined) return settings.key;
    const found = settings.indexes.find(({ name }) => name === index);
    if (!found) throw invalid(`The table does not have the specified index: ${index}`);
    return found;
  };
  const checkIndexes = (item: Item): void => {
    for (const index of settings.indexes) {
      for (const name of attributes(index)) {
        const value = Object.hasOwn(item, name) ? item[name] : undefined;
        if (value && (typeOf(value) !== 'S' || bare(value) === '')) throw invalid(`One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: S Actual: ${typeOf(value)} IndexName: ${index.name}`);
      }
    }
  };
  return {
    settings,
    keyOf,
    get: (key) => items.get(place(key)),
    change: (key, condition, next) => {
      const before = items.get(place(key));
      if (condition && !holds(condition, before ?? {})) throw conditionFailed(before);
      const after = next(before);
      if (!after) {
        items.delete(place(key));
        return { before, after };
      }
      if (place(keyOf(after)) !== place(key)) throw invalid('One or more parameter values were invalid: Cannot update attribute. This attribute is part of the key');
      checkIndexes(after);
      if (Buffer.byteLength(JSON.stringify(after)) > itemBytes) throw invalid('Item size has exceeded the maximum allowed size');
      items.set(place(key), after);
      return { before, after };
    },
    read: (index, partition) => {
      const { partition: by, sort } = keySchema(index);
      const order = (name: string) => (a: Item, b: Item): number => compareAttributes(a[name] as Attribute, b[name] as Attribute) ?? 0;
      return [...items.values()]
        // An item without an index's key is not in the index.
        .filter((item) => item[by] !== undefined && (sort === undefined || item[sort] !== undefined))
        .filter((item) => partition === undefined || compareAttributes(item[by] as Attribute, partition) === 0)
        .sort((a, b) => order(by)(a, b) || (sort === undefined ? 0 : order(sort)(a, b)) || (place(a) < place(b) ? -1 : 1));
    },
    keySchema,
    items: () => [...items.values()],
    clear: () => items.clear(),
  };
};
