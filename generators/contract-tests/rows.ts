import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { pointerToken, pointerTokens, type Origin } from '../../src/base/origin.js';
import type { Api, Schema } from '../../src/ir/index.js';
import { isCheckedFormat } from '../validators/formats.js';
import { merge, type Bound, type Merged } from './merge.js';
import { another, sample } from './sample.js';

/** A case before it was checked: a value at a place, by a rule; `undefined` leaves it out. */
export interface Candidate { readonly pointer: string; readonly rule: string; readonly value: Json | undefined; readonly origin: Origin; readonly local?: () => Local | undefined }

/** The part of a case that decides it, where the rest has no say: a value, and the schema of its place. */
export interface Local { readonly schema: Schema; readonly value: Json }

/** Cases just inside and just outside of what a schema says of a value and of all in it. */
export interface Candidates { readonly inside: Candidate[]; readonly outside: Candidate[] }

/** Longer texts and lists than these are not tried out. */
const longest = { text: 100_000, list: 1000 };

/** Walks a value that fits, and makes cases at each place of it. */
export const candidates = (api: Pick<Api, 'schemas'>, schema: Schema, value: Json, choice: number): Candidates => {
  const found: Candidates = { inside: [], outside: [] };
  walk(api, schema, value, '', choice, found, 0, true);
  return found;
};

const walk = (api: Pick<Api, 'schemas'>, schema: Schema, value: Json, pointer: string, choice: number, found: Candidates, depth: number, simple: boolean): void => {
  if (depth > 8) return;
  const merged = merge(api, schema, choice);
  const own: Candidates = { inside: [], outside: [] };
  at(api, merged, value, pointer, choice, own);
  const decided = (row: Candidate): Candidate => (simple ? { ...row, local: () => {
    const inner = row.pointer === pointer ? row.value : isObject(value) ? edited(value, row.pointer.slice(pointer.length + 1), row.value) : undefined;
    return inner === undefined ? undefined : { schema, value: inner };
  } } : row);
  for (const row of own.inside) found.inside.push(decided(row));
  for (const row of own.outside) found.outside.push(decided(row));
  const through = simple && merged.simple;
  if (Array.isArray(value)) {
    const [first] = value as readonly Json[];
    const inner = merged.prefixItems?.[0] ?? merged.items;
    if (first !== undefined && inner) walk(api, inner, first, `${pointer}/0`, choice, found, depth + 1, through);
  } else if (isObject(value)) {
    for (const [name, property] of merged.properties) {
      if (Object.hasOwn(value, name)) walk(api, property, value[name] as Json, `${pointer}/${pointerToken(name)}`, choice, found, depth + 1, through);
    }
  }
};

/** An object with one property changed, or without it. */
const edited = (object: JsonObject, token: string, value: Json | undefined): Json =>
  Object.fromEntries([...Object.entries(object).filter(([name]) => pointerToken(name) !== token), ...(value === undefined ? [] : [[pointerTokens(`/${token}`)[0] ?? '', value] as const])]);

const at = (api: Pick<Api, 'schemas'>, merged: Merged, value: Json, pointer: string, choice: number, { inside, outside }: Candidates): void => {
  const add = (list: Candidate[], rule: string, next: Json | undefined, origin: Origin): void => void list.push({ pointer, rule, value: next, origin });
  const bound = (keyword: Bound, within: (limit: number) => Json | undefined, beyond: (limit: number) => Json | undefined): void => {
    const limit = merged.bounds.get(keyword);
    if (!limit) return;
    const rule = `${keyword} ${limit.value}`;
    const [good, bad] = [within(limit.value), beyond(limit.value)];
    if (good !== undefined) add(inside, rule, good, limit.origin);
    if (bad !== undefined) add(outside, rule, bad, limit.origin);
  };
  types(merged, value, add, outside, inside);
  if (typeof value === 'boolean' && !merged.options) add(inside, 'type boolean', !value, merged.origin);
  if (merged.options) {
    const { value: options, origin } = merged.options;
    const rule = options.length === 1 ? 'const' : 'enum';
    for (const option of options.slice(0, 12)) add(inside, rule, option, origin);
    const text = options.every((option) => typeof option === 'string');
    add(outside, rule, text ? 'none of these' : typeof options[0] === 'number' ? Math.max(...options.map(Number)) + 1 : 'none of these', origin);
    if (text && typeof options[0] === 'string' && options[0] !== '') add(outside, rule, swapCase(options[0]), origin);
    return;
  }
  if (typeof value === 'string') texts(merged, value, bound, add, inside, outside);
  else if (typeof value === 'number') numbers(merged, bound, add, outside);
  else if (Array.isArray(value)) lists(api, merged, value as readonly Json[], choice, bound, add, outside);
  else if (isObject(value)) objects(merged, value, pointer, bound, { inside, outside });
};

type Add = (list: Candidate[], rule: string, next: Json | undefined, origin: Origin) => void;
type BoundCase = (keyword: Bound, within: (limit: number) => Json | undefined, beyond: (limit: number) => Json | undefined) => void;

const swapCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

/** A value of each other type, and null. */
const types = ({ types: stated }: Merged, value: Json, add: Add, outside: Candidate[], inside: Candidate[]): void => {
  if (!stated) return;
  const rule = `type ${stated.value.join(' or ')}`;
  const others: readonly (readonly [string, Json])[] = [['string', 'text'], ['number', 1.5], ['boolean', true], ['array', []], ['object', {}]];
  for (const [, other] of others.filter(([type]) => !stated.value.some((each) => each === type || (each === 'integer' && type === 'integer')) && type !== (Array.isArray(value) ? 'array' : typeof value)).slice(0, 1)) add(outside, rule, other, stated.origin);
  add(stated.value.includes('null') ? inside : outside, stated.value.includes('null') ? 'nullable' : 'not nullable', null, stated.origin);
};

const texts = (merged: Merged, value: string, bound: BoundCase, add: Add, inside: Candidate[], outside: Candidate[]): void => {
  const sized = (length: number): string | undefined => {
    if (length < 0 || length > longest.text) return undefined;
    if (!merged.pattern && !merged.format) return 'a'.repeat(length);
    // Repeating what fits keeps to most patterns; what does not is sorted out when cases are checked.
    return length <= value.length ? value.slice(0, length) : value + (value.at(-1) ?? 'a').repeat(length - value.length);
  };
  bound('minLength', sized, (limit) => sized(limit - 1));
  bound('maxLength', sized, (limit) => sized(limit + 1));
  if (merged.pattern) for (const wrong of ['', '\u0001', `${value}\n!`, `~${value}`, value.slice(0, -1), `${value}~`]) add(outside, 'pattern', wrong, merged.pattern.origin);
  if (merged.format && isCheckedFormat(merged.format.value)) for (const wrong of ['not it', `${value}~ `, '2026-02-30', '']) add(outside, `format ${merged.format.value}`, wrong, merged.format.origin);
  if (!merged.pattern && !merged.format && (merged.bounds.get('maxLength')?.value ?? 100) >= 20) add(inside, 'any text', 'Ünï \u{1F389} "q" <b> and so', merged.origin);
};

const numbers = (merged: Merged, bound: BoundCase, add: Add, outside: Candidate[]): void => {
  const whole = merged.types?.value.includes('integer') === true && !merged.types.value.includes('number');
  const step = merged.bounds.get('multipleOf')?.value ?? (whole ? 1 : 0.5);
  bound('minimum', (limit) => Math.ceil(limit / step) * step, (limit) => limit - step);
  bound('maximum', (limit) => Math.floor(limit / step) * step, (limit) => limit + step);
  bound('exclusiveMinimum', (limit) => limit + step, (limit) => limit);
  bound('exclusiveMaximum', (limit) => limit - step, (limit) => limit);
  bound('multipleOf', (limit) => Math.ceil((merged.bounds.get('minimum')?.value ?? 1) / limit) * limit, (limit) => Math.ceil((merged.bounds.get('minimum')?.value ?? 1) / limit) * limit + limit / 2);
  if (whole && merged.types) add(outside, 'type integer', (merged.bounds.get('minimum')?.value ?? 1) + 0.5, merged.types.origin);
  if (merged.format?.value === 'int32') add(outside, 'format int32', 2_147_483_648, merged.format.origin);
};

const lists = (api: Pick<Api, 'schemas'>, merged: Merged, value: readonly Json[], choice: number, bound: BoundCase, add: Add, outside: Candidate[]): void => {
  const item = value[0] ?? (merged.items ? sample(api, merged.items, 'least', choice) : 'item');
  const sized = (length: number): Json | undefined => {
    if (length < 0 || length > longest.list || item === undefined) return undefined;
    const options = merged.items ? merge(api, merged.items, choice).options?.value : undefined;
    return Array.from({ length }, (_, index) => (merged.unique ? (options?.[index] ?? another(item, index) ?? null) : item));
  };
  bound('minItems', sized, (limit) => sized(limit - 1));
  bound('maxItems', sized, (limit) => sized(limit + 1));
  if (merged.unique && item !== undefined) add(outside, 'uniqueItems', [item, item], merged.unique);
};

const objects = (merged: Merged, value: { readonly [name: string]: Json }, pointer: string, bound: BoundCase, { inside, outside }: Candidates): void => {
  for (const [name, origin] of merged.required) outside.push({ pointer: `${pointer}/${pointerToken(name)}`, rule: 'required', value: undefined, origin });
  for (const [name, property] of merged.properties) {
    if (!merged.required.has(name) && Object.hasOwn(value, name)) inside.push({ pointer: `${pointer}/${pointerToken(name)}`, rule: 'optional', value: undefined, origin: property.origin });
  }
  if (merged.closed) outside.push({ pointer: `${pointer}/nobodyKnowsThis`, rule: 'additionalProperties', value: 'extra', origin: merged.closed });
  const sized = (count: number): Json | undefined => {
    const entries = Object.entries(value);
    if (count < 0 || count > 100) return undefined;
    return Object.fromEntries(count <= entries.length ? entries.slice(0, count) : [...entries, ...Array.from({ length: count - entries.length }, (_, index) => [`extra${index}`, 'extra'] as const)]);
  };
  bound('minProperties', sized, (limit) => sized(limit - 1));
  bound('maxProperties', sized, (limit) => sized(limit + 1));
};
