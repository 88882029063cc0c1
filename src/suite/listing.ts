import { equal } from '../runtime/checks.js';
import type { PagesPlan } from './list-plan.js';
import type { Call, Json } from './plan.js';
import type { Ask, Reply, Session } from './session.js';
import { at as follow } from './values.js';

/** Items of a list, as far as it was gone through. */
export interface Walked { readonly items: readonly Json[]; readonly last: Reply; /** Whether that is all that its parameters let through. */ readonly whole: boolean }

/** Pages that are asked for at most. */
const mostPages = 60;
/** Items that are asked for at once where nothing bounds that. */
export const usual = 100;

/** The items of an answer. */
export const itemsIn = ({ json }: Reply, pointer: string): readonly Json[] => {
  const items = follow(json, pointer);
  return Array.isArray(items) ? (items as readonly Json[]) : [];
};

/** Whether two items are one thing: of what else they have, some may be another at each look, as a link that is signed. */
export const isSame = (one: Json | undefined, other: Json | undefined, { id }: PagesPlan): boolean => {
  const [first, second] = [one, other].map((item) => (id === undefined ? undefined : follow(item, id)));
  return first !== undefined && second !== undefined ? equal(first, second) : equal(one, other);
};

/** Whether two pages have the same things, one after the other. */
export const areSame = (one: readonly Json[], other: readonly Json[], way: PagesPlan): boolean => one.length === other.length && one.every((item, index) => isSame(item, other[index], way));

/** What an answer says of where the next page begins: the value itself, or an address that has it. */
export const nextOf = ({ json }: Reply, { name, next }: NonNullable<PagesPlan['cursor']>): string | undefined => {
  const value = follow(json, next);
  if (typeof value !== 'string' || value === '') return undefined;
  return /[?&]/.test(value) ? (new URLSearchParams(value.slice(value.indexOf('?') + 1)).get(name) ?? value) : value;
};

/** Goes through a list page by page, in the way that its parameters offer. */
export const walk = async (session: Session, call: Call, { items: pointer, limit, offset, page, cursor }: PagesPlan, ask: Ask = {}): Promise<Walked> => {
  const size = limit && Math.min(limit.most ?? usual, usual);
  const items: Json[] = [];
  let place: { readonly [name: string]: Json } = {};
  for (let pages = 1; ; pages++) {
    const last = await session.ask(call, { ...ask, query: { ...ask.query, ...(limit && size ? { [limit.name]: size } : {}), ...place } });
    const found = itemsIn(last, pointer);
    items.push(...found);
    const next = cursor && nextOf(last, cursor);
    const full = found.length > 0 && (size === undefined || found.length >= size);
    if (cursor ? next === undefined : !full || (!page && !offset && size === undefined)) return { items, last, whole: true };
    if ((!cursor && !page && !offset) || pages === mostPages || (page && !offset && !cursor && page.first === undefined)) return { items, last, whole: false };
    place = cursor && next !== undefined ? { [cursor.name]: next } : offset ? { [offset.name]: items.length } : page ? { [page.name]: (page.first ?? 1) + pages } : {};
  }
};
