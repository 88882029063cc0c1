/**
 * A function that is worked out once for each object it is asked of, and remembered for as long as that lives. What else it is given
 * must be the same whenever the object is.
 */
export const remember = <Key extends object, Rest extends readonly unknown[], Value>(make: (key: Key, ...rest: Rest) => Value): ((key: Key, ...rest: Rest) => Value) => {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key, ...rest) => {
    const before = known.get(key);
    if (before) return before.value;
    const value = make(key, ...rest);
    known.set(key, { value });
    return value;
  };
};
