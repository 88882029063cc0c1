import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, JsonType, Operation, Parameter, Schema } from '../../src/ir/index.js';
import type { PagesPlan } from '../../src/suite/list-plan.js';
import { answerProperties, isScalar, jsonOf, success } from './answers.js';
import { merge, type Bound, type Merged } from './merge.js';
import { singularsOf } from './resources.js';

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

const limits = /^(?:limit|pagesize|perpage|size|top|first|max(?:results|items|keys))$/;
const offsets = /^(?:offset|skip)$/;
const numbers = /^(?:page|pageno|pagenumber|pageindex)$/;
const cursors = /^(?:cursor|after|startingafter|(?:page|next|nextpage|continuation)(?:token|cursor|key)|continuation|marker|startkey|lastkey|exclusivestartkey)$/;
const following = /^(?:next|(?:next|nextpage|end|continuation)(?:cursor|token|key|marker|pagetoken)|cursor|continuation|lastkey|lastevaluatedkey)$/;

/** A place in a list that the other side hands out: nobody makes one up. */
export const isCursor = ({ in: place, name, required, schema: { types, format } }: Parameter): boolean =>
  place === 'query' && !required && cursors.test(plain(name)) && types?.includes('integer') !== true && format === undefined;

/** Where an answer has the way to the next page: at the top, or one level below. */
const nextIn = (api: Api, schema: Schema): string | undefined => {
  const text = (value: Schema): boolean => merge(api, value).types?.value.includes('string') ?? true;
  const top = [...answerProperties(api, schema)];
  for (const [name, value] of top) if (following.test(plain(name)) && text(value)) return `/${pointerToken(name)}`;
  for (const [name, value] of top) {
    for (const [inner, deep] of answerProperties(api, value)) if (following.test(plain(inner)) && text(deep)) return `/${pointerToken(name)}/${pointerToken(inner)}`;
  }
  return undefined;
};

const totals = /^(?:total|totalcount|totalitems|totalresults|totalelements|counttotal)$/;

/** What an answer tells of its list stands at the top, or within one of these: within anything else, a total may be one of money. */
const about = /^(?:meta|metadata|pag(?:e|es|ing|er|ination)(?:info|meta|metadata)?|list(?:info|meta|metadata)|result(?:info|set))$/;

/** Where an answer says how many there are in all. */
const totalIn = (api: Api, operation: Operation, schema: Schema | undefined): string | undefined => {
  const header = success(operation)?.headers.find(({ name }) => /^x-total(?:-count)?$/i.test(name));
  if (header) return `header.${header.name.toLowerCase()}`;
  const whole = (value: Schema): boolean => merge(api, value).types?.value.includes('integer') ?? false;
  const top = schema ? [...answerProperties(api, schema)] : [];
  const found = top.find(([name, value]) => totals.test(plain(name)) && whole(value));
  if (found) return `/${pointerToken(found[0])}`;
  for (const [name, value] of top) if (about.test(plain(name))) for (const [inner, deep] of answerProperties(api, value)) if (totals.test(plain(inner)) && whole(deep)) return `/${pointerToken(name)}/${pointerToken(inner)}`;
  return undefined;
};

/** Where an answer says whether there are more. */
const more = /^(?:has)?(?:more|next|nextpage)$/;

/** Where an answer has what is named so, at the top or in what it tells of its list. */
const valuesIn = (api: Api, schema: Schema | undefined, wanted: (name: string) => boolean, type: JsonType): readonly string[] => (schema ? [...answerProperties(api, schema)] : []).flatMap(([name, value]) => {
  const fits = (key: string, part: Schema): boolean => wanted(plain(key)) && (merge(api, part).types?.value.includes(type) ?? false);
  return [...(fits(name, value) ? [`/${pointerToken(name)}`] : []), ...[...(about.test(plain(name)) ? answerProperties(api, value) : [])].flatMap(([inner, deep]) => (fits(inner, deep) ? [`/${pointerToken(name)}/${pointerToken(inner)}`] : []))];
});

/** Whether a parameter takes all whole numbers from one to another, with which it is tried out: one of a few may be none of these. */
const takesAny = (api: Api, { schema }: Parameter, [first, last]: readonly [number, number]): boolean => {
  const { options, bounds } = merge(api, schema);
  const bound = (keyword: Bound, otherwise: number): number => bounds.get(keyword)?.value ?? otherwise;
  return !options && bound('multipleOf', 1) === 1 && bound('minimum', first) <= first && bound('exclusiveMinimum', first - 1) < first && bound('maximum', last) >= last && bound('exclusiveMaximum', last + 1) > last;
};

/** Where an item has what it is called by: `id`, or the name of its folder before it. */
const idIn = (api: Api, { path }: Operation, item: Schema): string | undefined => {
  const folder = path.segments.findLast((segment) => segment.kind === 'literal');
  const names = ['id', ...(folder?.kind === 'literal' ? singularsOf(plain(folder.text)).map((one) => `${one}id`) : [])];
  const found = names.map((name) => [...answerProperties(api, item)].find(([key, value]) => plain(key) === name && isScalar(api, value))).find((each) => each !== undefined);
  return found && `/${pointerToken(found[0])}`;
};

/** Whether a parameter leaves something out in each request: it has to be told, or stands for a value that items have where it is not. `own`: names of what an item has. */
const isSelecting = ({ name, required, schema }: Parameter, own: ReadonlySet<string>): boolean =>
  own.has(plain(name)) ? required || schema.default !== undefined : required && ![limits, offsets, numbers].some((names) => names.test(plain(name)));

/** How one goes through a list, by the names of its parameters: none that an item has, too, which selects by that. */
export const pagesOf = (api: Api, operation: Operation, label: (origin: Schema['origin']) => string): PagesPlan | undefined => {
  const list = listIn(api, operation);
  if (!list) return undefined;
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const own = new Set([...answerProperties(api, list.item).keys()].map(plain));
  const whole = (wanted: RegExp, values?: readonly [number, number]): Parameter | undefined => query.find((parameter) =>
    wanted.test(plain(parameter.name)) && !own.has(plain(parameter.name)) && merge(api, parameter.schema).types?.value.includes('integer') && (!values || takesAny(api, parameter, values)));
  const [limit, offset, page] = [whole(limits, [1, 4]), whole(offsets, [0, 1]), whole(numbers)];
  const stated = ({ schema }: Parameter): number | undefined => schema.default?.find((value) => typeof value === 'number');
  const schema = jsonOf(success(operation)?.contents);
  const next = schema && nextIn(api, schema);
  const cursor = query.find(isCursor);
  const id = idIn(api, operation, list.item);
  const part = query.some((parameter) => isSelecting(parameter, own));
  const total = totalIn(api, operation, schema);
  const counted = plain(list.pointer);
  const counts = valuesIn(api, schema, (name) => totals.test(name) || name === 'count' || (counted !== '' && [`${counted}count`, `total${counted}`].includes(name)), 'integer');
  const [further] = valuesIn(api, schema, (name) => more.test(name), 'boolean');
  const most = limit && merge(api, limit.schema).bounds.get('maximum')?.value;
  const first = page && (stated(page) ?? merge(api, page.schema).bounds.get('minimum')?.value);
  const usual = limit && stated(limit);
  return {
    items: list.pointer,
    ...(id === undefined ? {} : { id }),
    ...(part ? { part: true as const } : {}),
    ...(limit ? { limit: { name: limit.name, ...(usual === undefined ? {} : { default: usual }), ...(most === undefined ? {} : { most }), at: label(limit.origin) } } : {}),
    ...(offset ? { offset: { name: offset.name, at: label(offset.origin) } } : {}),
    ...(page ? { page: { name: page.name, ...(first === undefined ? {} : { first }), at: label(page.origin) } } : {}),
    ...(total === undefined ? {} : { total }),
    ...(counts.length > 0 ? { counts } : {}),
    ...(further === undefined ? {} : { more: further }),
    ...(cursor && next !== undefined ? { cursor: { name: cursor.name, next, at: label(cursor.origin) } } : {}),
  };
};
