import type { Converted } from './convert.js';
import { put } from './platform.js';
import type { Violation } from './problem.js';
import { violation } from './read.js';

/** A field in a form that holds JSON: its schema is an object, and nothing says otherwise. */
export const fromJson = (text: string): Converted => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: { keyword: 'malformed', pointer: '', message: 'is not valid JSON' } };
  }
};

/** An object of the fields of a form, or all that is wrong with them. */
export const collect = (fields: Iterable<readonly [name: string, value: Converted | undefined]>): { readonly value: unknown } | { readonly violations: readonly Violation[] } => {
  const value = {};
  const violations: Violation[] = [];
  for (const [name, converted] of fields) {
    if (converted === undefined) continue;
    if ('value' in converted) put(value, name, converted.value);
    else violations.push(violation(converted.fault.keyword, converted.fault.message, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${converted.fault.pointer}`));
  }
  return violations.length > 0 ? { violations } : { value };
};
