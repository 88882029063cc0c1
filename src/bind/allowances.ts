import { isObject, own, type Json, type JsonObject } from '../base/json.js';
import { at, pointerTokens, type Origin } from '../base/origin.js';
import { nearest } from '../base/text.js';
import type { AnyFactory, Diagnostic, Level } from '../diagnostics/define.js';
import { Cursor } from '../document/cursor.js';
import type { Document } from '../document/document.js';
import { missingKey } from '../language/diagnostics.js';
import { read } from '../language/read.js';
import { notAllowable, unknownRule, unusedAllowance } from './diagnostics.js';
import { allowances as shape } from './schema/places.js';

/** A level that a project gives to a code, with its reason. */
export interface RuleLevel { readonly level: Level | 'off'; readonly reason: string }

interface Allowance {
  readonly rule: string;
  /** What it covers: this place and everything below. */
  readonly covers: Origin;
  readonly at: Origin;
}

/** Whether a code may be silenced or given another level: what makes the output wrong may not. */
const allowable = ({ definition }: AnyFactory): boolean => definition.allow ?? definition.level !== 'error';

/** What remains of diagnostics once allowances and the project's own levels were applied, with what is wrong with the allowances themselves. */
export type Judge = (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];

/**
 * Reads the document's `x-gateway-allow`, once for all that is judged by it. `catalog` is every code that was judged,
 * `elsewhere` those that another command judges.
 */
export const createJudge = (
  document: Document,
  catalog: readonly AnyFactory[],
  levels: ReadonlyMap<string, RuleLevel> = new Map(),
  elsewhere: readonly AnyFactory[] = [],
): Judge => {
  const others = new Set(elsewhere.map(({ definition }) => definition.code));
  const factories = new Map(catalog.map((factory) => [factory.definition.code, factory]));
  const faults: Diagnostic[] = [];
  const allowances = allowancesOf(document, (diagnostic) => faults.push(diagnostic)).filter(({ rule, at: place }) => {
    if (others.has(rule)) return false;
    const factory = factories.get(rule);
    if (!factory) faults.push(unknownRule({ rule, near: nearest(rule, [...factories.keys(), ...others]) }, at(place, 'rule')));
    else if (!allowable(factory)) faults.push(notAllowable({ rule }, at(place, 'rule')));
    return factory !== undefined && allowable(factory);
  });
  return (diagnostics) => {
    const { kept, used } = sift(diagnostics, allowances, factories, levels, document.root);
    const unused = allowances.filter((each) => !used.has(each)).map(({ rule, at: place }) => unusedAllowance({ rule }, place));
    return [...kept, ...faults, ...unused];
  };
};

/** What remains of diagnostics; nothing is said of the allowances themselves, which whoever checks the document was told. */
export const keepUnallowed = <T extends Diagnostic>(diagnostics: readonly T[], document: Document, rules: readonly AnyFactory[], levels: ReadonlyMap<string, RuleLevel>): readonly T[] =>
  sift(diagnostics, allowancesOf(document, () => undefined), new Map(rules.map((rule) => [rule.definition.code, rule])), levels, document.root).kept;

const sift = <T extends Diagnostic>(
  diagnostics: readonly T[], allowances: readonly Allowance[], factories: ReadonlyMap<string, AnyFactory>, levels: ReadonlyMap<string, RuleLevel>, root: string,
): { readonly kept: readonly T[]; readonly used: ReadonlySet<Allowance> } => {
  const used = new Set<Allowance>();
  const kept = diagnostics.flatMap((diagnostic): readonly T[] => {
    const found = allowances.filter(({ rule, covers: place }) => rule === diagnostic.code && covers(place, diagnostic.at, root));
    for (const each of found) used.add(each);
    if (found.length > 0) return [];
    const factory = factories.get(diagnostic.code);
    const level = factory && allowable(factory) ? levels.get(diagnostic.code)?.level : undefined;
    return level === 'off' ? [] : [level === undefined ? diagnostic : { ...diagnostic, level }];
  });
  return { kept, used };
};

/** The root of the document covers the files it refers to as well. */
const covers = (place: Origin, inner: Origin, root: string): boolean =>
  (place.file === root && place.pointer === '') || place.file === inner.file && (inner.pointer === place.pointer || inner.pointer.startsWith(`${place.pointer}/`));

const allowancesOf = (document: Document, report: (diagnostic: Diagnostic) => void): readonly Allowance[] => {
  const found: Allowance[] = [];
  const readList = (list: Json, origin: Origin): void => {
    const place = at(origin, key);
    if (!read(cursorAt(document, place, report), shape, 'allowance', '`x-gateway-allow`') || !Array.isArray(list)) return;
    list.forEach((item: Json, index) => {
      if (!isObject(item)) return;
      const rule = own(item, 'rule');
      const reason = own(item, 'reason');
      const where = at(place, index);
      for (const [name, given] of [['rule', rule], ['reason', reason]] as const) if (given === undefined) report(missingKey({ where: 'An allowance', key: name }, where));
      if (typeof rule === 'string' && typeof reason === 'string' && reason.trim() !== '') found.push({ rule, covers: origin, at: where });
    });
  };
  for (const [file, source] of document.files) {
    // Every value is looked at, and hardly any has allowances: its place is put together only then.
    const path: (string | number)[] = [];
    const visit = (value: Json): void => {
      if (typeof value !== 'object' || value === null) return;
      const list = Array.isArray(value);
      for (const name of Object.keys(value)) {
        const child = (value as JsonObject)[name] as Json;
        if (!list && name === key) readList(child, at({ file, pointer: '' }, ...path));
        else if (typeof child === 'object' && child !== null) {
          path.push(name);
          visit(child);
          path.pop();
        }
      }
    };
    visit(source.value);
  }
  return found;
};

const key = 'x-gateway-allow';

const cursorAt = (document: Document, { file, pointer }: Origin, report: (diagnostic: Diagnostic) => void): Cursor =>
  pointerTokens(pointer).reduce<Cursor>(
    (cursor, token) => cursor.get(Array.isArray(cursor.value) ? Number(token) : token) ?? cursor,
    Cursor.root({ ...document, root: file }, report),
  );
