/** The words of a name: split at anything that is not a letter or digit, and at changes of case. */
export const words = (text: string): string[] =>
  (/^[ -~]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/).filter((word) => word !== '');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `getOrder_items` → `get-order-items`. Empty when the text has no ASCII letter or digit. */
export const kebab = (text: string): string => words(text).map((word) => word.toLowerCase()).join('-');
/** `get-order` → `GetOrder`. */
export const pascal = (text: string): string => words(text).map(capital).join('');
/** For languages whose names do not begin with a digit: `2fa` → `_2fa`. */
export const nameable = (name: string): string => (/^\d/.test(name) ? `_${name}` : name);
/** `get-order` → `getOrder`; a leading run of capitals is one word. */
export const camel = (text: string): string => {
  const [first = '', ...rest] = words(text);
  return (first === first.toUpperCase() ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1)) + rest.map(capital).join('');
};

/** A name without its case and its marks, by which `userId` and `user_id` are one. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** `1 route`, `2 routes`. */
export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;

/** `a`, `a and b`, `a, b and c`. */
export const list = (items: readonly string[], conjunction = 'and'): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;

/** Optimal string alignment distance (insert, delete, replace, swap neighbours), given up past `limit`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
};

/** The candidate that was probably meant, or nothing: at most a third of the letters may differ. */
export const nearest = (given: string, candidates: Iterable<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(given.length / 3));
  let best: { name: string; cost: number } | undefined;
  for (const name of candidates) {
    const cost = distance(given.toLowerCase(), name.toLowerCase(), limit);
    if (cost <= limit && name !== given && (!best || cost < best.cost)) best = { name, cost };
  }
  return best?.name;
};
