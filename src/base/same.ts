/** Whether two values of plain data (lists, maps, objects of keys) say the same in the same order. */
export const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (a instanceof Map) return b instanceof Map && a.size === b.size && sameEntries(a, b);
  // Nothing is known of other things than plain objects.
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return keys.length === others.length && keys.every((key, index) => key === others[index] && same((a as Readonly<Record<string, unknown>>)[key], (b as Readonly<Record<string, unknown>>)[key]));
};

const sameEntries = (a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean => {
  const others = b.entries();
  for (const [key, value] of a) {
    const other = others.next();
    if (other.done || key !== other.value[0] || !same(value, other.value[1])) return false;
  }
  return true;
};
