import { indented, join, lit, loosely, objectLiteral, ts, type Code, type Loose } from '../kit/typescript/index.js';

/** Texts and lists of the same over and over, from this length on, are written as such. */
const long = 30;

/** A value as a person would write it down: a text of 501 times the same letter is not spelt out. */
export const printed = (value: unknown): Code => loosely(value as Loose, shorter);

/** An object whose cases stand one to a line: a table is read by its columns. */
export const printedPlan = (plan: object): Code => objectLiteral(planEntries(plan));

export const planEntries = (plan: object): readonly (readonly [name: string, code: Code | undefined])[] =>
  Object.entries(plan).map(([name, item]: [string, unknown]) => [name, item === undefined ? undefined : tables.has(name) ? table(item as readonly (readonly unknown[])[]) : printed(item)]);

/** The keys under which cases stand. */
const tables = new Set(['edges', 'faults']);

const table = (rows: readonly (readonly unknown[])[]): Code => ts`[\n${indented(rows.map((row) => ts`[${join(row.map(printed), ', ')}],`))}\n]`;

const shorter = (value: Loose): Code | undefined => (typeof value === 'string' ? text(value) : Array.isArray(value) ? list(value as readonly Loose[]) : undefined);

const text = (value: string): Code | undefined => {
  if (value.length < long) return undefined;
  const last = /.$/su.exec(value)?.[0] ?? '';
  if (!value.endsWith(last.repeat(long))) return undefined;
  let count = long;
  while (value.endsWith(last, value.length - count * last.length)) count++;
  const start = value.slice(0, value.length - count * last.length);
  return start === '' ? ts`${lit(last)}.repeat(${lit(count)})` : ts`${lit(start)} + ${lit(last)}.repeat(${lit(count)})`;
};

const list = (items: readonly Loose[]): Code | undefined => {
  if (items.length < 8) return undefined;
  const first = JSON.stringify(items[0]);
  return items.every((item) => JSON.stringify(item) === first) ? ts`Array<Json>(${lit(items.length)}).fill(${printed(items[0])})` : undefined;
};

/** Whether some part of it was written as a list of the same, which needs the type's name. */
export const namesJson = (code: Code): boolean => String(code).includes('Array<Json>(');
