import type { Template } from '../ir/index.js';
import type { Facts } from '../language/bound.js';
import type { StyleScope } from './style.js';

/** The named arguments of a service call that the author wrote, each checked as a template. */
export const inputOf = (facts: Facts, scope: StyleScope, names: readonly string[]): ReadonlyMap<string, Template> => {
  const input = new Map<string, Template>();
  for (const name of names) {
    const value = facts.value(name);
    if (value === undefined) continue;
    const template = scope.template({ value, origin: facts.where(name) });
    if (template) input.set(name, template);
  }
  return input;
};

/** An argument that is the same for every request. */
export const constant = (value: string | number | readonly string[]): Template => ({ kind: 'literal', value });
