/** Structure-aware changes of a document: what is wrong with it afterwards is known to be at one or a few places. */

/** A repeatable source of numbers in [0, 1) (mulberry32). */
export const randomFrom = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const below = (random, count) => Math.floor(random() * count);
const pick = (random, list) => list[below(random, list.length)];
const isContainer = (value) => typeof value === 'object' && value !== null;

/** Every place of a value but the root, as a path of keys. */
const placesOf = (value, path = [], places = []) => {
  if (!isContainer(value)) return places;
  for (const key of Object.keys(value)) {
    const here = [...path, key];
    places.push(here);
    placesOf(value[key], here, places);
  }
  return places;
};
const at = (value, path) => path.reduce((inner, key) => inner?.[key], value);
const parentOf = (value, path) => at(value, path.slice(0, -1));
const pointerOf = (path) => `#/${path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
/** Sets an own property whatever its name. */
const put = (object, key, value) => Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });

const nested = (depth, key) => {
  let value = { type: 'string' };
  for (let level = 0; level < depth; level++) value = key === undefined ? [value] : { [key]: value };
  return value;
};

/** What may stand at any place of any document, and nobody expects. */
const intruders = [
  null, true, false, 0, -1, 1.5, 1e308, 9007199254740993, '', ' ', '\u0000', '\u2028', '\ud800', '*/', '${x}', '{{x}}', '$request.body#/a', '$ref', '#', '/', '~', '../../etc/passwd', 'constructor', '__proto__',
  'x'.repeat(70_000), '^(a+)+$', '[', '(?<x', 'https://user:secret@169.254.169.254/', 'file:///etc/passwd', '1e400', '-5s', '999999999999h', [], {}, [null], [[]], { $ref: 1 }, { $ref: '#' }, { $ref: '#/' }, { type: 'nothing' },
  { type: ['string', 'null', 7] }, { allOf: [] }, { enum: [] }, { 'x-gateway': {} }, { 'x-gateway': null }, { '': { '': '' } },
];

/** Each takes the document (changed in place), its places, and answers what it did; nothing where it found no place. */
const mutators = {
  replace: (random, document, places) => {
    const path = pick(random, places);
    const value = pick(random, intruders);
    put(parentOf(document, path), path.at(-1), structuredClone(value));
    return `${pointerOf(path)} replaced by ${JSON.stringify(value).slice(0, 60)}`;
  },
  remove: (random, document, places) => {
    const path = pick(random, places);
    const parent = parentOf(document, path);
    if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
    else delete parent[path.at(-1)];
    return `${pointerOf(path)} removed`;
  },
  swap: (random, document, places) => {
    const [first, second] = [pick(random, places), pick(random, places)];
    const [one, other] = [at(document, first), at(document, second)];
    put(parentOf(document, first), first.at(-1), structuredClone(other));
    const parent = parentOf(document, second);
    if (!isContainer(parent)) return undefined;
    put(parent, second.at(-1), structuredClone(one));
    return `${pointerOf(first)} and ${pointerOf(second)} swapped`;
  },
  copy: (random, document, places) => {
    const [from, to] = [pick(random, places), pick(random, places)];
    put(parentOf(document, to), to.at(-1), structuredClone(at(document, from)));
    return `${pointerOf(from)} copied to ${pointerOf(to)}`;
  },
  rename: (random, document, places) => {
    const path = pick(random, places);
    const parent = parentOf(document, path);
    if (Array.isArray(parent)) return undefined;
    const name = pick(random, ['__proto__', 'constructor', 'toString', '', ' ', '/', '/{a}/{a}', '/{a+}', 'get', '$ref', 'x-gateway', 'default', '200', '2XX', 'a\nb', '\u202e', `${path.at(-1)}x`, String(path.at(-1)).toUpperCase(), 'é', 'CON', 'a'.repeat(300)]);
    const value = parent[path.at(-1)];
    delete parent[path.at(-1)];
    put(parent, name, value);
    return `${pointerOf(path)} renamed to ${JSON.stringify(name).slice(0, 40)}`;
  },
  refer: (random, document, places) => {
    const [path, target] = [pick(random, places), pick(random, places)];
    put(parentOf(document, path), path.at(-1), { $ref: pointerOf(target) });
    return `${pointerOf(path)} made a reference to ${pointerOf(target)}`;
  },
  deepen: (random, document, places) => {
    const path = pick(random, places);
    const key = pick(random, ['allOf', 'items', 'properties', 'not', 'x', undefined]);
    const depth = pick(random, [20, 150, 250]);
    put(parentOf(document, path), path.at(-1), key === 'allOf' ? nestedLists(depth) : nested(depth, key));
    return `${pointerOf(path)} replaced by ${depth} levels of ${key ?? 'lists'}`;
  },
  multiply: (random, document, places) => {
    const path = pick(random, places);
    const value = at(document, path);
    const parent = parentOf(document, path);
    if (Array.isArray(parent) || JSON.stringify(value).length > 2000) return undefined;
    for (let turn = 0; turn < 300; turn++) put(parent, `${path.at(-1)}${turn}`, structuredClone(value));
    return `${pointerOf(path)} there 300 times more`;
  },
};
const nestedLists = (depth) => {
  let value = { type: 'string' };
  for (let level = 0; level < depth; level++) value = { allOf: [value] };
  return value;
};

/** Changes of the text, after which it may be no JSON any more. */
const textMutators = {
  truncate: (random, text) => text.slice(0, below(random, text.length)),
  flip: (random, text) => {
    const where = below(random, text.length);
    return `${text.slice(0, where)}${pick(random, ['"', '{', '}', '[', ']', ',', ':', '\\', '\n', '\t', '\u0000', '\ufeff', '&a ', '*a', '!!js/function ', '<<: ', '---\n', '# ', '%YAML 9.9\n'])}${text.slice(where + 1)}`;
  },
  repeat: (random, text) => {
    const from = below(random, text.length);
    const length = below(random, 400);
    return text.slice(0, from) + text.slice(from, from + length) + text.slice(from);
  },
};

/** One mutant of a document: its text, and what was done to it. The same seed gives the same mutant. */
export const mutant = (document, seed) => {
  const random = randomFrom(seed);
  const copy = structuredClone(document);
  const done = [];
  for (let left = random() < 0.75 ? 1 : 1 + below(random, 4); left > 0; left--) {
    const name = pick(random, Object.keys(mutators));
    const places = placesOf(copy);
    const what = places.length === 0 ? undefined : mutators[name](random, copy, places);
    if (what !== undefined) done.push(what);
  }
  const text = JSON.stringify(copy, null, random() < 0.5 ? 2 : 0);
  if (random() >= 0.12) return { text, done: done.join('; ') };
  const name = pick(random, Object.keys(textMutators));
  return { text: textMutators[name](random, text), done: [...done, `text: ${name}`].join('; ') };
};
