import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation, Parameter, Schema } from '../../src/ir/index.js';
import type { OrderPlan, RangePlan } from '../../src/suite/list-plan.js';
import { isPlain } from './answers.js';
import { merge } from './merge.js';

type Properties = ReadonlyMap<string, Schema>;

const sorts = /^(?:sort|sortby|orderby|ordering|order)$/;
const directions = /^(?:order|direction|dir|sortorder|sortdir|sortdirection|orderdirection)$/;
const rising = /^(?:asc|ascending)$/i;
const falling = /^(?:desc|descending)$/i;

/** `price`, `-price`, `+price`, `price:desc`, `price_desc`, `price desc`. */
const spelling = /^([+-]?)(.+?)(?:[:_ .-](asc|desc|ascending|descending))?$/i;

const options = (api: Api, { schema }: Parameter): readonly string[] => (merge(api, schema).options?.value ?? []).filter((value) => typeof value === 'string');

/** What the items of a list may be ordered by: values of a parameter that name a property, with a sign, a word, or another parameter for the direction. */
export const ordersOf = (api: Api, items: Properties, query: readonly Parameter[], label: (origin: Schema['origin']) => string): readonly OrderPlan[] => {
  const sort = query.find((parameter) => sorts.test(plain(parameter.name)) && options(api, parameter).some((value) => named(api, items, value)));
  if (!sort) return [];
  const at = label(sort.origin);
  const direction = query.find((parameter) => parameter !== sort && directions.test(plain(parameter.name)) && options(api, parameter).some((value) => falling.test(value)));
  const values = options(api, sort);
  const both = values.some((value) => value.startsWith('-'));
  return values.flatMap((value): readonly OrderPlan[] => {
    const found = named(api, items, value);
    if (!found) return [];
    const { property, sign, word } = found;
    const ways = direction && sign === '' && word === undefined ? options(api, direction).filter((way) => rising.test(way) || falling.test(way)) : [];
    if (direction && ways.length > 0) return ways.map((way) => ({ query: { [sort.name]: value, [direction.name]: way }, property, descending: falling.test(way), at }));
    const known = sign === '-' || word !== undefined || sign === '+' || both;
    return [{ query: { [sort.name]: value }, property, ...(known ? { descending: sign === '-' || (word !== undefined && falling.test(word)) } : {}), at }];
  });
};

/** What a text says of the order, and which times it speaks of. */
const words: readonly (readonly [pattern: RegExp, descending: boolean])[] = [[/\b(?:newest|latest|(?:most )?recent(?:ly [a-z]+)?)(?: ones?)? first\b/i, true], [/\b(?:oldest|earliest)(?: ones?)? first\b/i, false]];
const times = /^(?:added|booked|created|creation|date|happened|inserted|issued|joined|logged|made|occurred|opened|ordered|placed|posted|published|received|recorded|registered|sent|time|timestamp|uploaded)(?:at|on|date|time|timestamp)?$/;

/** Whether the newest are what a list is of: a number of `most recent articles` may be asked for, below `/articles`. */
const isOfNewest = ({ summary = '', description = '', path: { segments } }: Operation, limited: boolean): boolean => {
  const [, noun = ''] = /\bmost recent ([a-z]+)\b/i.exec(`${summary}\n${description}`) ?? [];
  return limited && segments.some((segment) => segment.kind === 'literal' && plain(segment.text) === plain(noun));
};

/** The order of a list that nobody asks for: what a parameter stands for where it is left out, or what the text says. */
export const toldOrderOf = (api: Api, items: Properties, operation: Operation, query: readonly Parameter[], limited: boolean, label: (origin: Schema['origin']) => string): readonly OrderPlan[] => {
  const { summary = '', description = '', origin } = operation;
  const told = query.filter(({ schema }) => schema.default !== undefined).flatMap(({ name, schema }) => [[name, schema.default?.[0]] as const]);
  const [usual, ...others] = ordersOf(api, items, query, label).filter((order) => Object.entries(order.query).every(([name, value]) => told.some(([each, stated]) => each === name && stated === value)));
  if (usual) return others.length === 0 && usual.descending !== undefined ? [{ ...usual, query: {} }] : [];
  const [, descending] = words.find(([pattern]) => pattern.test(summary) || pattern.test(description)) ?? (isOfNewest(operation, limited) ? [undefined, true] : []);
  const made = [...items].filter(([name, schema]) => times.test(plain(name)) && merge(api, schema).format?.value === 'date-time');
  const [[name] = [], ...more] = made;
  return descending === undefined || name === undefined || more.length > 0 ? [] : [{ query: {}, property: `/${pointerToken(name)}`, descending, at: label(origin) }];
};

const named = (api: Api, items: Properties, value: string): { readonly property: string; readonly sign: string; readonly word: string | undefined } | undefined => {
  const [, sign = '', name = '', word] = spelling.exec(value) ?? [];
  const key = [...items.keys()].find((each) => plain(each) === plain(name) && isPlain(api, items.get(each) as Schema));
  return key === undefined ? undefined : { property: `/${pointerToken(key)}`, sign, word };
};

/** Names of bounds, by what they leave of the name of the property. */
const bounds: readonly (readonly [pattern: RegExp, side: RangePlan['side'], inclusive: boolean])[] = [
  [/^(?:min|minimum|least)(.+)$/, 'least', true], [/^(.+)(?:min|minimum|gte)$/, 'least', true], [/^(.+)(?:gt|from|since|after)$/, 'least', false],
  [/^(?:max|maximum|most)(.+)$/, 'most', true], [/^(.+)(?:max|maximum|lte)$/, 'most', true], [/^(.+)(?:lt|to|until|before)$/, 'most', false],
];

/** The bound that a parameter sets to a property: a number, or a time. */
export const rangeOf = (api: Api, items: Properties, name: string, at: string): RangePlan | undefined => {
  for (const [pattern, side, inclusive] of bounds) {
    const wanted = pattern.exec(plain(name))?.[1];
    const found = [...items].find(([key, schema]) => wanted !== undefined && [wanted, `${wanted}at`, `${wanted}date`].includes(plain(key)) && isOrdered(api, schema));
    if (found) return { name, property: `/${pointerToken(found[0])}`, side, inclusive, at };
  }
  return undefined;
};

const isOrdered = (api: Api, schema: Schema): boolean => {
  const { types, format } = merge(api, schema);
  return types?.value.some((type) => type === 'integer' || type === 'number') === true || ['date', 'date-time'].includes(format?.value ?? '');
};
