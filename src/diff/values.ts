import type { Json } from '../base/json.js';
import { canonical } from '../base/order.js';
import type { Template } from '../ir/index.js';

/** Whether two plain values of the IR say the same: places do not count, nor does the order of keys. */
export const alike = (one: unknown, other: unknown): boolean => one === other || textOf(one) === textOf(other);

const textOf = (value: unknown): string | undefined => {
  const text = JSON.stringify(value, (key, inner: unknown) => (key === 'origin' ? undefined : inner instanceof Map ? Object.fromEntries(inner) : inner));
  return text === undefined ? undefined : JSON.stringify(canonical(JSON.parse(text) as Json));
};

/** Templates by what they give: expressions as they were written, without what is known of their values. */
export const sameTemplate = (one: Template | undefined, other: Template | undefined): boolean => (one && other ? templateText(one) === templateText(other) : one === other);

const templateText = (template: Template): string => {
  switch (template.kind) {
    case 'literal': return JSON.stringify(['literal', canonical(template.value)]);
    case 'value': return JSON.stringify(['value', template.expression.text]);
    case 'text': return JSON.stringify(['text', template.parts.map((part) => (typeof part === 'string' ? part : { is: part.text }))]);
    case 'list': return JSON.stringify(['list', template.items.map(templateText)]);
    case 'object': return JSON.stringify(['object', template.entries.map(([key, item]) => [key, templateText(item)]).sort()]);
  }
};

/** What is in one list and not in the other. */
export const without = <T>(from: Iterable<T>, other: Iterable<T>): readonly T[] => {
  const known = new Set(other);
  return [...from].filter((item) => !known.has(item));
};

export const code = (value: unknown): string => `\`${String(value)}\``;
