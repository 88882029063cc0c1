import { list } from '../../base/text.js';
import type { Origin } from '../../base/origin.js';
import type { Direction, JsonType } from '../../ir/index.js';
import type { RuleName } from '../rules/index.js';
import { lowerBounds, upperBounds, type Bound, type Facts } from './facts.js';

/** A change of what one schema says; the sentence goes on after what it is about. */
export interface Fact { readonly rule: RuleName; readonly says: string; readonly was: Origin; readonly now: Origin }

/** Both versions of one schema, as one direction sees them. */
export interface Pair {
  readonly was: Facts;
  readonly now: Facts;
  readonly direction: Direction;
  /** It is read from the text of a parameter, where a string without conditions takes whatever the others do. */
  readonly text: boolean;
}

const code = (value: unknown): string => `\`${String(value)}\``;
const codes = (values: Iterable<unknown>): string => list([...values].map(code));
const missing = <T>(from: Iterable<T>, other: { has(item: T): boolean }): T[] => [...from].filter((item) => !other.has(item));

type Keyword = string;
const fact = ({ was, now }: Pair, keyword: Keyword, rule: RuleName, says: string): Fact => ({ rule, says, was: was.where(keyword), now: now.where(keyword) });

const scalars: readonly JsonType[] = ['boolean', 'integer', 'number', 'string'];
const named = (types: Iterable<JsonType>): string => {
  const all = [...types];
  return codes(all.includes('number') ? all.filter((type) => type !== 'integer') : all);
};
const isFreeText = ({ types, values, patterns, formats, counts }: Facts): boolean => types?.has('string') === true && !values && patterns.size === 0 && formats.size === 0 && counts.size === 0;

/** The types; also answers whether the two have nothing in common, so that nothing else is worth telling. */
const compareTypes = (pair: Pair): { readonly facts: readonly Fact[]; readonly other: boolean } => {
  const { was, now, direction, text } = pair;
  if (!was.types && !now.types) return { facts: [], other: false };
  const taken = now.types && text && isFreeText(now) ? new Set([...now.types, ...scalars]) : now.types;
  const lost = taken ? (was.types ? missing(was.types, taken) : ['any' as JsonType]) : [];
  const gained = was.types ? (now.types ? missing(now.types, was.types) : ['any' as JsonType]) : [];
  const rule: RuleName | undefined = direction === 'request'
    ? lost.length > 0 ? 'request-type-narrowed' : gained.length > 0 ? 'request-type-widened' : undefined
    : gained.length > 0 ? 'response-type-widened' : lost.length > 0 ? 'response-type-narrowed' : undefined;
  const words = (types: ReadonlySet<JsonType> | undefined): string => (types ? named(types) : 'of any type');
  return {
    facts: rule ? [fact(pair, 'types', rule, `is ${words(now.types)}, and was ${words(was.types)}`)].map((each) => ({ ...each, was: typePlace(was), now: typePlace(now) })) : [],
    other: was.types !== undefined && now.types !== undefined && missing(was.types, now.types).length === was.types.size,
  };
};

/** Types are called `type` where they are written. */
const typePlace = (facts: Facts): Origin => {
  const place = facts.where('types');
  return place.pointer.endsWith('/types') ? { ...place, pointer: place.pointer.slice(0, -1) } : place;
};

const compareNull = (pair: Pair): readonly Fact[] => {
  const { was, now, direction } = pair;
  if (was.nullable === now.nullable || !was.types !== !now.types) return [];
  const rule: RuleName = direction === 'request' ? (now.nullable ? 'request-null-accepted' : 'request-null-refused') : now.nullable ? 'response-null-possible' : 'response-null-impossible';
  return [{ rule, says: now.nullable ? 'may be null' : 'is never null', was: was.origin, now: now.origin }];
};

const compareValues = (pair: Pair): readonly Fact[] => {
  const { was, now, direction } = pair;
  const lost = now.values ? (was.values ? missing(was.values.keys(), now.values) : ['any other']) : [];
  const gained = was.values ? (now.values ? missing(now.values.keys(), was.values) : ['any other']) : [];
  const place = now.values && !now.where('enum').pointer.endsWith('/enum') ? 'const' : 'enum';
  const less = lost.length > 0 ? `is no longer ${list(lost.slice(0, 6).map(code), 'or')}` : '';
  const more = gained.length > 0 ? `may be ${list(gained.slice(0, 6).map(code), 'or')}` : '';
  return direction === 'request'
    ? less !== '' ? [fact(pair, place, 'request-enum-narrowed', less)] : more !== '' ? [fact(pair, place, 'request-enum-widened', more)] : []
    : more !== '' ? [fact(pair, place, 'response-enum-widened', more)] : less !== '' ? [fact(pair, place, 'response-enum-narrowed', less)] : [];
};

const tightened = (pair: Pair, keyword: Keyword, says: string): Fact => fact(pair, keyword, pair.direction === 'request' ? 'request-bound-tightened' : 'response-bound-tightened', says);
const loosened = (pair: Pair, keyword: Keyword, says: string): Fact => fact(pair, keyword, pair.direction === 'request' ? 'request-bound-loosened' : 'response-bound-loosened', says);

const compareBounds = (pair: Pair): readonly Fact[] => {
  const { was, now } = pair;
  const count = (keyword: (typeof lowerBounds)[number] | (typeof upperBounds)[number], sign: 1 | -1, neutral: number): readonly Fact[] => {
    const [before, after] = [was.counts.get(keyword) ?? neutral, now.counts.get(keyword) ?? neutral];
    if (before === after) return [];
    const says = `has ${code(keyword)} ${after === neutral ? 'no more' : String(after)}, and had ${before === neutral ? 'none' : String(before)}`;
    return [(after - before) * sign > 0 ? tightened(pair, keyword, says) : loosened(pair, keyword, says)];
  };
  const number = (side: 'lower' | 'upper', sign: 1 | -1): readonly Fact[] => {
    const [before, after] = [was[side], now[side]];
    const order = rank(after, sign) - rank(before, sign) || Number(after?.exclusive ?? false) - Number(before?.exclusive ?? false);
    if (order === 0 || Number.isNaN(order)) return [];
    const names = side === 'lower' ? ['minimum', 'exclusiveMinimum'] : ['maximum', 'exclusiveMaximum'];
    const keyword = names[(after ?? before)?.exclusive ? 1 : 0] ?? '';
    const says = `is ${said(after, side)}, and was ${said(before, side)}`;
    return [order > 0 ? tightened(pair, keyword, says) : loosened(pair, keyword, says)];
  };
  return [...lowerBounds.flatMap((keyword) => count(keyword, 1, 0)), ...upperBounds.flatMap((keyword) => count(keyword, -1, Infinity)), ...number('lower', 1), ...number('upper', -1), ...compareMultiples(pair)];
};

const rank = (bound: Bound | undefined, sign: 1 | -1): number => (bound ? bound.value * sign : -Number.MAX_VALUE);
const said = (bound: Bound | undefined, side: 'lower' | 'upper'): string =>
  (bound ? `${bound.exclusive ? (side === 'lower' ? 'more than' : 'less than') : side === 'lower' ? 'at least' : 'at most'} ${bound.value}` : 'without such a bound');

const compareMultiples = (pair: Pair): readonly Fact[] => {
  const { was, now } = pair;
  const [before, after] = [was.multipleOf, now.multipleOf];
  const multiples = before === after ? [] : [
    after !== undefined && (before === undefined || before % after !== 0)
      ? (pair.direction === 'response' && before !== undefined && after % before !== 0 ? loosened : tightened)(pair, 'multipleOf', `is a multiple of ${after}${before === undefined ? '' : `, and was one of ${before}`}`)
      : loosened(pair, 'multipleOf', `need not be a multiple of ${before} any more`),
  ];
  const unique = was.unique === now.unique ? [] : [now.unique ? tightened(pair, 'uniqueItems', 'has no item twice') : loosened(pair, 'uniqueItems', 'may have an item twice')];
  return [...multiples, ...unique];
};

const comparePatterns = (pair: Pair): readonly Fact[] => {
  const { was, now, direction } = pair;
  const [lost, gained] = [missing(was.patterns, now.patterns), missing(now.patterns, was.patterns)];
  if (lost.length === 0 && gained.length === 0) return [];
  const what = lost.length === 0 ? 'added' : gained.length === 0 ? 'removed' : 'changed';
  const says = { added: `must match ${codes(gained)}`, removed: `need not match ${codes(lost)} any more`, changed: `matches ${codes(gained)}, and matched ${codes(lost)}` }[what];
  return [fact(pair, 'pattern', `${direction}-pattern-${what}`, says)];
};

/** Formats whose values are also of the other one. */
const withinFormat: Readonly<Record<string, string>> = { int32: 'int64', float: 'double' };

const compareFormats = (pair: Pair): readonly Fact[] => {
  const { was, now, direction } = pair;
  const [lost, gained] = [missing(was.formats, now.formats), missing(now.formats, was.formats)];
  if (lost.length === 0 && gained.length === 0) return [];
  const within = (one: readonly string[], other: readonly string[]): boolean => one.length === 1 && other.length === 1 && withinFormat[one[0] ?? ''] === other[0];
  const narrows = gained.length > 0 && !within(lost, gained);
  const widens = lost.length > 0 && !within(gained, lost);
  const rule: RuleName = direction === 'request' ? (narrows ? 'request-format-narrowed' : 'request-format-widened') : widens ? 'response-format-widened' : 'response-format-narrowed';
  return [fact(pair, 'format', rule, `has ${gained.length === 0 ? 'no format' : `the format ${codes(gained)}`}, and had ${lost.length === 0 ? 'none' : codes(lost)}`)];
};

const compareDiscriminator = (pair: Pair): readonly Fact[] => {
  const { was: { discriminator: before }, now: { discriminator: after }, direction } = pair;
  if (!before || !after) return [];
  const rule: RuleName = direction === 'request' ? 'request-discriminator-changed' : 'response-discriminator-changed';
  if (before.property !== after.property) return [fact(pair, 'discriminator', rule, `is told apart by ${code(after.property)}, and was by ${code(before.property)}`)];
  const gone = direction === 'request' ? missing(before.mapping.keys(), after.mapping) : missing(after.mapping.keys(), before.mapping);
  return gone.length === 0 ? [] : [fact(pair, 'discriminator', rule, direction === 'request' ? `is no longer told by ${codes(gone)}` : `may be told by ${codes(gone)}`)];
};

const compareNotes = (pair: Pair): readonly Fact[] => {
  const { was, now, direction } = pair;
  return [
    ...(direction === 'request' && was.default !== now.default ? [fact(pair, 'default', 'request-default-changed', `is ${now.default === undefined ? 'nothing' : code(now.default)} where it is left out, and was ${was.default === undefined ? 'nothing' : code(was.default)}`)] : []),
    ...(now.deprecated && !was.deprecated ? [fact(pair, 'deprecated', direction === 'request' ? 'request-part-deprecated' : 'response-part-deprecated', 'is deprecated')] : []),
  ];
};

/** What changed of a schema itself, without what is inside of it. */
export const compareOwn = (pair: Pair): { readonly facts: readonly Fact[]; readonly other: boolean } => {
  const types = compareTypes(pair);
  if (types.other) return types;
  // Where there was no type, one that comes with a list of values says no more than the list does.
  const values = pair.direction === 'request' && !pair.was.types && pair.now.types ? [] : compareValues(pair);
  return {
    facts: [...types.facts, ...compareNull(pair), ...values, ...compareBounds(pair), ...comparePatterns(pair), ...compareFormats(pair), ...compareDiscriminator(pair), ...compareNotes(pair)],
    other: false,
  };
};
