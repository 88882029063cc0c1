import { randomUUID } from 'node:crypto';
import { query } from 'jsonpath-rfc9535';
import { define, isObject, type Json, type JsonObject } from '../../base/json.js';

/** An error of a run, by the name that retriers and catchers know it by. */
export class StateError extends Error {
  constructor(readonly error: string, readonly reason: string) { super(`${error}: ${reason}`); }
}

/** What paths are answered from: `$` and `$$`. */
export interface Scope { readonly input: Json; readonly context: JsonObject }

/** Selects one place at most. */
const definite = /^\$(?:\.[\p{L}_][\p{L}\p{N}_-]*|\[(?:'[^']*'|"[^"]*"|\d+)\])*$/u;

/** The value at a path; a list of values where the path may select several. */
export const valueAt = (path: string, { input, context }: Scope): Json => {
  const [from, text] = path.startsWith('$$') ? [context, path.slice(1)] : [input, path];
  let found: readonly Json[];
  try {
    found = query(from as Parameters<typeof query>[0], text) as readonly Json[];
  } catch {
    throw new StateError('States.Runtime', `The path ${path} is no JSONPath`);
  }
  if (!definite.test(text)) return found;
  if (found[0] === undefined) throw new StateError('States.ParameterPathFailure', `The path ${path} selects nothing of the input`);
  return found[0];
};

/** A value with another one at a reference path: what `ResultPath` does. */
export const withValue = (whole: Json, path: string, value: Json): Json => {
  const steps = [...path.slice(1).matchAll(/\.([\p{L}_][\p{L}\p{N}_-]*)|\['([^']*)'\]|\["([^"]*)"\]/gu)].map(([, plain, single, double]) => plain ?? single ?? double ?? '');
  const set = (inner: Json | undefined, [step, ...rest]: readonly string[]): Json => {
    if (step === undefined) return value;
    const object = {};
    for (const [name, each] of Object.entries(isObject(inner ?? null) ? (inner as JsonObject) : {})) define(object, name, each);
    define(object, step, set((object as JsonObject)[step], rest));
    return object as JsonObject;
  };
  return set(whole, steps);
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
const list = (value: Json | undefined): readonly Json[] => {
  if (!Array.isArray(value)) throw new StateError('States.IntrinsicFailure', 'An argument is no list');
  return value;
};

/** Intrinsic functions (Amazon States Language, appendix B); others are refused by name. */
const intrinsics: { readonly [name: string]: (...given: readonly Json[]) => Json } = {
  'States.Format': (template, ...values) => {
    let index = 0;
    return text(template).replace(/\{\}/g, () => text(values[index++]));
  },
  'States.StringToJson': (given) => JSON.parse(text(given)) as Json,
  'States.JsonToString': (given) => JSON.stringify(given),
  'States.Array': (...values) => values,
  'States.ArrayLength': (given) => list(given).length,
  'States.ArrayGetItem': (given, index) => list(given)[Number(index)] ?? null,
  'States.ArrayContains': (given, wanted) => list(given).some((item) => JSON.stringify(item) === JSON.stringify(wanted)),
  'States.JsonMerge': (a, b) => ({ ...(a as JsonObject), ...(b as JsonObject) }),
  'States.MathAdd': (a, b) => Number(a) + Number(b),
  'States.Base64Encode': (given) => Buffer.from(text(given)).toString('base64'),
  'States.Base64Decode': (given) => Buffer.from(text(given), 'base64').toString(),
  'States.UUID': () => randomUUID(),
};

const argument = /\s*(?:(States\.\w+)\(|('(?:\\.|[^'\\])*')|(\$[^,)\s]*)|(-?\d+(?:\.\d+)?|true|false|null)|(\)))\s*(,?)/y;

/** A payload template's value: a path, or a call of intrinsic functions. */
export const evaluatePath = (expression: string, scope: Scope): Json => {
  if (expression.startsWith('$')) return valueAt(expression, scope);
  argument.lastIndex = 0;
  const values: Json[] = [];
  /** Reads arguments until the call is closed; the outermost level has one value. */
  const read = (into: Json[], closing: boolean): void => {
    while (argument.lastIndex < expression.length) {
      const found = argument.exec(expression);
      if (!found) throw new StateError('States.IntrinsicFailure', `The expression ${expression} cannot be read`);
      const [, name, quoted, path, literal, closed] = found;
      if (closed) {
        if (!closing) throw new StateError('States.IntrinsicFailure', `The expression ${expression} cannot be read`);
        return;
      }
      if (name) {
        const call = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
        if (!call) throw new StateError('States.Runtime', `${name} is not served here`);
        const given: Json[] = [];
        read(given, true);
        into.push(call(...given));
      } else if (quoted !== undefined) into.push(quoted.slice(1, -1).replace(/\\(.)/g, '$1'));
      else if (path !== undefined) into.push(valueAt(path, scope));
      else into.push(JSON.parse(literal as string) as Json);
    }
  };
  read(values, false);
  return values[0] ?? null;
};

/** A payload template: names that end in `.$` take their value from a path. */
export const payload = (template: Json, scope: Scope): Json => {
  if (Array.isArray(template)) return (template as readonly Json[]).map((item) => payload(item, scope));
  if (!isObject(template)) return template;
  const object = {};
  for (const [name, value] of Object.entries(template)) {
    if (name.endsWith('.$') && typeof value === 'string') define(object, name.slice(0, -2), evaluatePath(value, scope));
    else define(object, name, payload(value, scope));
  }
  return object as JsonObject;
};
