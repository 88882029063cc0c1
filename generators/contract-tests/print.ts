import { isObject, type Json } from '../../src/base/json.js';
import { indented, join, listLiteral, lit, objectLiteral, ts, type Code } from '../kit/typescript/index.js';

/** A value with holes: `undefined` stands for what is left out. */
type Loose = Json | undefined | readonly Loose[] | { readonly [name: string]: Loose };

/** Texts and lists of the same over and over, from this length on, are written as such. */
const long = 30;

/** A value as a person would write it down: a text of 501 times the same letter is not spelt out. */
export const printed = (value: unknown): Code => print(value as Loose);

/** The keys under which cases stand, one to a line: a table is read by its columns. */
const tables = new Set(['edges', 'faults']);

const table = (rows: readonly Loose[]): Code => ts`[\n${indented(rows.map((row) => ts`[${join((row as readonly Loose[]).map(print), ', ')}],`))}\n]`;

const print = (value: Loose): Code => {
  if (value === undefined) return ts`undefined`;
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return list(value as readonly Loose[]);
  if (isObject(value)) return objectLiteral(Object.entries(value as { readonly [name: string]: Loose }).filter(([, item]) => item !== undefined).map(([name, item]) => [name, tables.has(name) && Array.isArray(item) ? table(item as readonly Loose[]) : print(item)] as const));
  return lit(value as Json);
};

const text = (value: string): Code => {
  const last = /.$/su.exec(value)?.[0] ?? '';
  if (value.length < long || !value.endsWith(last.repeat(long))) return lit(value);
  let count = long;
  while (value.endsWith(last, value.length - count * last.length)) count++;
  const start = value.slice(0, value.length - count * last.length);
  return start === '' ? ts`${lit(last)}.repeat(${lit(count)})` : ts`${lit(start)} + ${lit(last)}.repeat(${lit(count)})`;
};

const list = (items: readonly Loose[]): Code => {
  const [first] = items;
  const same = items.length >= 8 && items.every((item) => JSON.stringify(item) === JSON.stringify(first));
  return same ? ts`Array<Json>(${lit(items.length)}).fill(${print(first)})` : listLiteral(items.map(print));
};

/** Whether some part of it was written as a list of the same, which needs the type's name. */
export const namesJson = (code: Code): boolean => String(code).includes('Array<Json>(');
