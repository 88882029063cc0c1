import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { StateError, valueAt, type Scope } from './state-paths.js';

type Test = (value: Json, operand: Json) => boolean;
const isTime = (value: Json): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(value);
const orders: { readonly [name: string]: (order: number) => boolean } = { Equals: (order) => order === 0, LessThan: (order) => order < 0, GreaterThan: (order) => order > 0, LessThanEquals: (order) => order <= 0, GreaterThanEquals: (order) => order >= 0 };
const kinds: { readonly [kind: string]: readonly [is: (value: Json) => boolean, order: (a: Json, b: Json) => number] } = {
  String: [(value) => typeof value === 'string', (a, b) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)],
  Numeric: [(value) => typeof value === 'number', (a, b) => Number(a) - Number(b)],
  Timestamp: [isTime, (a, b) => Date.parse(String(a)) - Date.parse(String(b))],
};

/** Comparison operators (Amazon States Language, "Choice Rule"). Those with `Path` compare with another value of the input. */
const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ...Object.entries(kinds).flatMap(([kind, [is, order]]) => Object.entries(orders).map(([name, fits]): [string, Test] => [`${kind}${name}`, (a, b) => is(a) && is(b) && fits(order(a, b))])),
  ['BooleanEquals', (a, b) => typeof a === 'boolean' && a === b],
  ['StringMatches', (a, b) => typeof a === 'string' && new RegExp(`^${String(b).replace(/\\\*|[.+?^${}()|[\]\\*]/g, (found) => (found === '*' ? '[^]*' : found === '\\*' ? '\\*' : `\\${found}`))}$`).test(a)],
  ['IsNull', (a, b) => (a === null) === b],
  ['IsString', (a, b) => (typeof a === 'string') === b],
  ['IsNumeric', (a, b) => (typeof a === 'number') === b],
  ['IsBoolean', (a, b) => (typeof a === 'boolean') === b],
  ['IsTimestamp', (a, b) => isTime(a) === b],
]);

/** Whether a rule of a choice fits. */
export const ruleFits = (rule: JsonObject, scope: Scope): boolean => {
  const rules = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : []);
  const [all, any, not] = [own(rule, 'And'), own(rule, 'Or'), own(rule, 'Not')];
  if (all !== undefined) return rules(all).every((inner) => ruleFits(inner, scope));
  if (any !== undefined) return rules(any).some((inner) => ruleFits(inner, scope));
  if (not !== undefined && isObject(not)) return !ruleFits(not, scope);
  const [name = '', operand = null] = Object.entries(rule).find(([key]) => !['Variable', 'Next', 'Comment'].includes(key)) ?? [];
  const variable = String(own(rule, 'Variable') ?? '$');
  if (name === 'IsPresent') {
    try {
      valueAt(variable, scope);
      return operand === true;
    } catch {
      return operand === false;
    }
  }
  const indirect = name.endsWith('Path');
  const test = tests.get(indirect ? name.slice(0, -4) : name);
  if (!test) throw new StateError('States.Runtime', `The comparison ${name} is not served here`);
  return test(valueAt(variable, scope), indirect ? valueAt(String(operand), scope) : operand);
};
