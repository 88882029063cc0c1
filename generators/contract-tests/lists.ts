import { pointerToken } from '../../src/base/origin.js';
import type { Api, Operation, Schema } from '../../src/ir/index.js';
import type { ListPlan } from '../../src/suite/plan.js';
import { answerProperties, isScalar, jsonOf, plain, success } from './answers.js';
import { merge, type Merged } from './merge.js';
import { neighbours } from './neighbours.js';

/** The list in an answer: the answer itself, or its one property that is a list of objects. */
export const listIn = (api: Api, operation: Operation): { readonly pointer: string; readonly item: Schema; readonly merged: Merged } | undefined => {
  const schema = jsonOf(success(operation)?.contents);
  if (operation.method !== 'GET' || !schema) return undefined;
  const of = (part: Schema, pointer: string): { readonly pointer: string; readonly item: Schema; readonly merged: Merged } | undefined => {
    const merged = merge(api, part);
    return merged.items && (merged.types?.value.includes('array') ?? true) ? { pointer, item: merged.items, merged: merge(api, merged.items) } : undefined;
  };
  const root = of(schema, '');
  if (root) return root;
  const lists = [...answerProperties(api, schema)].flatMap(([name, property]) => of(property, `/${pointerToken(name)}`) ?? []);
  return lists.length === 1 ? lists[0] : undefined;
};

const offsets = /^(?:offset|skip)$/i;
const limits = /^(?:limit|page_?size|per_?page|size|top|first|max_?(?:results|items|keys))$/i;

/** Names by which one thing stands within another. */
const naming = ['username', 'name', 'id', 'slug'];

/** Where an item has what a parameter selects by: a value of its name, a list of such (`tag`, `tags`, `tagList`), or what names the thing of its name. */
const pointerOf = (api: Api, items: ReadonlyMap<string, Schema>, name: string, schema: Schema): string | undefined => {
  const alike = (value: Schema | undefined): boolean => value !== undefined && isScalar(api, value) && (merge(api, schema).types?.value.some((type) => merge(api, value).types?.value.includes(type)) ?? false);
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

/** What is promised of a list: how long a page is, and what selects. */
export const listOf = (api: Api, operation: Operation, label: (origin: Schema['origin']) => string): ListPlan | undefined => {
  const list = listIn(api, operation);
  if (!list) return undefined;
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const limit = query.find(({ name, schema }) => limits.test(name) && merge(api, schema).types?.value.includes('integer'));
  const items = answerProperties(api, list.item);
  const filters = query.flatMap(({ name, schema, origin }) => {
    const same = [...items].find(([key, value]) => plain(key) === plain(name) && merge(api, value).types);
    const property = pointerOf(api, items, name, schema);
    if (!same && property === undefined) return [];
    const { types, options, format, pattern } = merge(api, schema);
    const free = types?.value.includes('string') === true && !options && !format && !pattern;
    return [{ name, ...(property === undefined ? {} : { property }), values: options?.value.slice(0, 6) ?? [], ...(free ? { nobody: 'nobody-has-this' } : {}), at: label(origin) }];
  });
  const offset = query.find(({ name, schema }) => offsets.test(name) && merge(api, schema).types?.value.includes('integer'));
  const maker = items.size === 0 ? undefined : neighbours(api).at.get(operation.path.text)?.find(({ method }) => method === 'POST');
  if (!limit && !offset && filters.length === 0) return undefined;
  const stated = limit && (limit.schema.default ?? []).find((value) => typeof value === 'number');
  return {
    items: list.pointer, ...(maker ? { maker: maker.id } : {}), filters, ...(offset ? { offset: { name: offset.name, at: label(offset.origin) } } : {}),
    ...(limit ? { limit: { name: limit.name, ...(typeof stated === 'number' ? { default: stated } : {}), at: label(limit.origin) } } : {}),
  };
};
