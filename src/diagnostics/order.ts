import { compare } from '../base/order.js';
import type { Diagnostic } from './define.js';
import type { Locate } from './locate.js';

/** Diagnostics as one reads a document: by file, line and column; of one place, by code and then by message. */
export const byPlace = <T extends Diagnostic>(diagnostics: readonly T[], locate: Locate): readonly T[] =>
  diagnostics
    .map((diagnostic) => ({ diagnostic, place: locate(diagnostic.at, diagnostic.key) }))
    .sort((a, b) => compare(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column
      || compare(a.diagnostic.code, b.diagnostic.code) || compare(a.diagnostic.message, b.diagnostic.message))
    .map(({ diagnostic }) => diagnostic);
