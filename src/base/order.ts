import { define, isObject, type Json, type JsonObject } from './json.js';

/** Order by UTF-16 code unit: the same on every machine, whatever its locale. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A sorted copy, by a text key. Stable. */
export const sortBy = <T>(items: Iterable<T>, key: (item: T) => string): T[] =>
  [...items].map((item) => [key(item), item] as const).sort((a, b) => compare(a[0], b[0])).map(([, item]) => item);

/** The same object with its keys in code-unit order; what is in it stays as it is. */
export const sorted = (object: JsonObject): JsonObject => {
  const result: Record<string, Json> = {};
  for (const key of Object.keys(object).sort(compare)) define(result, key, object[key]);
  return result;
};

/** The same value with the keys of every object in code-unit order; lists keep theirs. */
export const canonical = (value: Json): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => canonical(item));
  if (!isObject(value)) return value;
  const sorted: Record<string, Json> = {};
  for (const key of Object.keys(value).sort(compare)) define(sorted, key, canonical(value[key] as Json));
  return sorted;
};
