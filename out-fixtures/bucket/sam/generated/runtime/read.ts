import type { ReadContent } from './contract.js';
import { asBytes, toText } from './platform.js';
import type { Violation } from './problem.js';

/** Something wrong with a body. */
export const violation = (keyword: string, message: string, pointer = ''): Violation => ({ in: 'body', pointer, keyword, message });
export const malformed = (message: string): { readonly violations: readonly Violation[] } => ({ violations: [violation('malformed', message)] });

/** Readers of bodies, one a kind of content. A contract names those that it needs, so that a bundle has no others. */
export const readJson: ReadContent = (body) => {
  const text = toText(body);
  if (text === undefined) return malformed('is not UTF-8');
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return malformed('is not valid JSON');
  }
};

export const readText: ReadContent = (body) => {
  const text = toText(body);
  return text === undefined ? malformed('is not UTF-8') : { value: text };
};

export const readBinary: ReadContent = (body) => ({ value: asBytes(body) });
