import { equal } from '../../../generated/runtime/checks.js';
import type { Given, Json, Place, Variation } from './plan.js';

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A value that was not there before. */
export const vary = (variation: Variation, chance: () => number): Json => {
  const text = (length: number, of = letters): string => Array.from({ length }, () => of[Math.floor(chance() * of.length)]).join('');
  switch (variation.kind) {
    case 'text': return text(Math.max(variation.least, Math.min(variation.most, 12)));
    case 'email': return `${text(10)}@example.com`;
    case 'uuid': return '00000000-0000-4000-8000-000000000000'.replace(/0/g, () => Math.floor(chance() * 16).toString(16));
    case 'pattern': return variation.parts.map(([of, least, most]) => text(least + Math.floor(chance() * (most - least + 1)), of)).join('');
    case 'integer': return variation.least + Math.floor(chance() * (Math.min(variation.most, variation.least + 1000) - variation.least + 1));
  }
};

/** A text as long as it was that ends by chance, where it has the room: two operations that write the same name would get in each other's way. */
export const renewed = (value: Json | undefined, chance: () => number): Json | undefined =>
  typeof value === 'string' && /[\x20-\x7e]{6}$/.test(value) && value.length >= 12 ? value.slice(0, -6) + String(vary({ kind: 'text', least: 6, most: 6 }, chance)) : value;

/** What a text is as JSON; nothing where it is none. */
export const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** A property of an object's own: what objects inherit, as `constructor`, is nothing that a document or a fixture says. */
export const own = <Value>(object: { readonly [name: string]: Value } | undefined, name: string): Value | undefined => (object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined);

/** The moment that a text names, where it is a day, or a day and a time (RFC 3339), in milliseconds. */
const momentOf = (value: Json | undefined): number | undefined => {
  const moment = typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(moment) ? undefined : moment;
};

/** Whether two values mean the same: a moment can be written in several ways. */
export const same = (one: Json | undefined, other: Json | undefined): boolean => {
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null && Array.isArray(one) === Array.isArray(other)) {
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && same(at(one, `/${escaped(name)}`), at(other, `/${escaped(name)}`)));
  }
  const moment = momentOf(one);
  return equal(one, other) || (moment !== undefined && moment === momentOf(other));
};

/** Whether one value comes before another for sure: numbers, moments, and texts where their code and people of some language agree. */
export const isBefore = (one: Json | undefined, other: Json | undefined): boolean => {
  const [first, second] = [one, other].map((value) => (typeof value === 'number' ? value : momentOf(value)));
  if (first !== undefined && second !== undefined) return first < second;
  return typeof one === 'string' && typeof other === 'string' && one < other && one.localeCompare(other, 'en') < 0;
};

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const tokens = (pointer: string): string[] => pointer.split('/').slice(1).map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What stands at a pointer. */
export const at = (value: Json | undefined, pointer: string): Json | undefined => tokens(pointer).reduce<Json | undefined>((inner, name) =>
  (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as { readonly [name: string]: Json })[name] : undefined), value);

/** The places of a body that a place with a `*` for each item of a list stands for, as far as something is there. */
export const expanded = (body: Json | undefined, place: string): readonly string[] => {
  const [before = '', ...after] = place.split('/*');
  const here = at(body, before.slice('body#'.length));
  if (after.length === 0) return here === undefined || here === null ? [] : [before];
  return Array.isArray(here) ? (here as readonly Json[]).flatMap((_, index) => expanded(body, [`${before}/${index}${after[0] ?? ''}`, ...after.slice(1)].join('/*'))) : [];
};

const put = (value: Json | undefined, path: readonly string[], next: Json | undefined): Json | undefined => {
  const [name, ...rest] = path;
  if (name === undefined) return next;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => (String(index) === name ? (put(item, rest, next) ?? null) : item));
  const object = typeof value === 'object' && value !== null ? (value as { readonly [name: string]: Json }) : {};
  const inner = put(Object.hasOwn(object, name) ? object[name] : undefined, rest, next);
  return Object.fromEntries([...Object.entries(object).filter(([key]) => key !== name), ...(inner === undefined ? [] : [[name, inner] as const])]);
};

/** A request with one value changed: `query.limit`, `body`, `body#/items/0`. `undefined` takes it away. */
export const changed = (given: Given, place: string, value: Json | undefined): Given => {
  if (place === 'body' || place.startsWith('body#')) {
    const body = put(given.body, tokens(place.slice('body#'.length)), value);
    const { body: _, ...rest } = given;
    return body === undefined ? rest : { ...rest, body };
  }
  const where = place.slice(0, place.indexOf('.')) as Place;
  const name = place.slice(where.length + 1);
  const { [name]: __, ...others } = given[where] ?? {};
  return { ...given, [where]: value === undefined ? others : { ...others, [name]: value } };
};
