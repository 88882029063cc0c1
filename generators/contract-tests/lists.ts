import { pointerToken, pointerTokens } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { FilterPlan, ListPlan } from '../../src/suite/list-plan.js';
import type { Story } from '../../src/suite/plan.js';
import { answerProperties, isDone, isPlain, isSparse, jsonOf, success } from './answers.js';
import { echoesIn } from './echoes.js';
import { merge } from './merge.js';
import { operationAt } from './neighbours.js';
import { ordersOf, rangeOf, toldOrderOf } from './orders.js';
import { listIn, pagesOf } from './pages.js';
import { idPointer } from './resources.js';

/** Names by which one thing stands within another. */
const naming = ['username', 'name', 'id', 'slug'];

/** Where an item has what a parameter selects by: a value of its name, a list of such (`tag`, `tags`, `tagList`), or what names the thing of its name. */
const pointerOf = (api: Api, items: ReadonlyMap<string, Schema>, name: string, schema: Schema): string | undefined => {
  const alike = (value: Schema | undefined): boolean => value !== undefined && isPlain(api, value) && (merge(api, schema).types?.value.some((type) => merge(api, value).types?.value.includes(type)) ?? false);
  const wanted = plain(name);
  const listed = new Set([wanted, `${wanted}s`, `${wanted}list`]);
  for (const [key, value] of items) {
    if (!listed.has(plain(key))) continue;
    if (plain(key) === wanted && alike(value)) return `/${pointerToken(key)}`;
    if (alike(merge(api, value).items)) return `/${pointerToken(key)}`;
    const inner = plain(key) === wanted ? answerProperties(api, value) : new Map<string, Schema>();
    const named = naming.find((property) => alike(inner.get(property)));
    if (named !== undefined) return `/${pointerToken(key)}/${named}`;
  }
  return undefined;
};

/** What nothing has: one word, since a search may be for any of several. */
const stranger = 'qzxjvkwq';

/** Parameters by which texts of all kinds are searched. */
const searches = /^(?:q|query|search|keywords?|term)$/;

/** What is promised of a list: what selects, and what orders. */
export const listOf = (api: Api, operation: Operation, stories: readonly Story[], label: (origin: Schema['origin']) => string): ListPlan | undefined => {
  const list = listIn(api, operation);
  const pages = pagesOf(api, operation, label);
  if (!list || !pages) return undefined;
  const all = answerProperties(api, list.item);
  // Where the caller says what comes, the rest may be left out.
  const items = isSparse(operation) ? new Map([...all].filter(([name]) => list.merged.required.has(name))) : all;
  const paging = [pages.limit, pages.offset, pages.page, pages.cursor].flatMap((each) => (each ? [each.name] : []));
  const query = operation.parameters.filter((parameter) => parameter.in === 'query' && !paging.includes(parameter.name));
  const filters = query.flatMap(({ name, schema, origin }) => filterOf(api, items, name, schema, label(origin)) ?? []);
  const ranges = query.flatMap(({ name, origin }) => rangeOf(api, items, name, label(origin)) ?? []);
  const orders = [...ordersOf(api, items, query, label), ...toldOrderOf(api, items, operation, query, pages.limit !== undefined, label)];
  const maker = all.size === 0 ? undefined : operationAt(api, operation.path.text, 'POST');
  const made = maker && pages.id !== undefined ? madeOf(api, maker, operation, list.item, pages.id, stories) : undefined;
  if (made === undefined && paging.length + filters.length + ranges.length + orders.length + (pages.counts ?? []).length === 0 && pages.total === undefined) return undefined;
  return { ...(maker ? { maker: maker.id } : {}), ...(made ? { made } : {}), filters, ...(ranges.length > 0 ? { ranges } : {}), ...(orders.length > 0 ? { orders } : {}) };
};

/** What names a thing in a list, where no other call reads it. `own`: where an item has that. */
const madeOf = (api: Api, maker: Operation, listing: Operation, item: Schema, own: string, stories: readonly Story[]): ListPlan['made'] => {
  const answer = jsonOf(success(maker)?.contents);
  if (!answer || !isDone(maker) || stories.some(({ create, list }) => create === maker.id && list)) return undefined;
  const id = idPointer(api, answer, pointerTokens(own)[0] ?? '');
  return id === undefined ? undefined : { id, item: own, echoes: echoesIn(api, maker, listing, item).filter(([from]) => plain(from) !== plain(own)) };
};

const filterOf = (api: Api, items: ReadonlyMap<string, Schema>, name: string, schema: Schema, at: string): FilterPlan | undefined => {
  const same = [...items].find(([key, value]) => plain(key) === plain(name) && merge(api, value).types);
  const property = pointerOf(api, items, name, schema);
  if (!same && property === undefined && !searches.test(plain(name))) return undefined;
  const { types, options, format, pattern, bounds } = merge(api, schema);
  const fits = stranger.length >= (bounds.get('minLength')?.value ?? 0) && stranger.length <= (bounds.get('maxLength')?.value ?? Infinity);
  const free = types?.value.includes('string') === true && !options && !format && !pattern;
  const values = types?.value.includes('boolean') ? [true, false] : (options?.value.slice(0, 6) ?? []);
  return { name, ...(property === undefined ? {} : { property }), values, ...(free ? { loose: true as const, ...(fits ? { nobody: stranger } : {}) } : {}), at };
};
