import { patternFlags } from '../base/pattern.js';
import type { Cursor } from '../document/cursor.js';
import { invalidPattern } from './schema-diagnostics.js';

/** Reports a pattern that cannot be read; `true` when it can. */
export const checkPattern = (pattern: string, at: Cursor): boolean => {
  if (patternFlags(pattern) !== undefined) return true;
  at.report(invalidPattern({ pattern: pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern, why: reason(pattern) }, at.origin));
  return false;
};

const reason = (pattern: string): string => {
  try {
    new RegExp(pattern);
    return '';
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split(': ').at(-1)?.toLowerCase() ?? '';
  }
};
