import { count, list } from '../base/text.js';
import type { Diagnostic, Level } from './define.js';

/** How many diagnostics there are of each level. */
export type Summary = Readonly<Record<`${Level}s`, number>>;

export const summarise = (diagnostics: readonly Diagnostic[]): Summary => {
  const of = (level: Level): number => diagnostics.filter((diagnostic) => diagnostic.level === level).length;
  return { errors: of('error'), warnings: of('warning'), notes: of('note') };
};

/** `2 errors and 1 warning`; empty when there is nothing. */
export const summaryText = ({ errors, warnings, notes }: Summary): string =>
  list([errors && count(errors, 'error'), warnings && count(warnings, 'warning'), notes && count(notes, 'note')].filter((part): part is string => typeof part === 'string'));
