import type { Diagnostic, Level, Related } from '../define.js';
import type { Locate, Location } from '../locate.js';
import { summarise, type Summary } from '../summary.js';

/** One document for programs. `version` changes when a field changes its meaning; fields may be added without. */
export interface JsonReport {
  readonly version: 1;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly summary: Summary;
}

export interface JsonDiagnostic extends JsonPlace {
  readonly code: string;
  readonly level: Level;
  readonly message: string;
  readonly help?: string;
  readonly related: readonly (JsonPlace & { readonly message: string })[];
}

/** Lines and columns from 1; `endColumn` is one past the last. `pointer` is a JSON Pointer into the document as it was compiled. */
export interface JsonPlace extends Omit<Location, 'lineText'> { readonly pointer: string }

/** A place, as reports for programs have it. */
export const jsonPlace = (locate: Locate, at: Related['at'], key?: boolean): JsonPlace => {
  const { file, line, column, endColumn } = locate(at, key);
  return { file, line, column, endColumn, pointer: at.pointer };
};

/** Every diagnostic, none left out or drawn together. */
export const renderJson = (diagnostics: readonly Diagnostic[], locate: Locate): string => {
  const report: JsonReport = {
    version: 1,
    diagnostics: diagnostics.map(({ code, level, message, help, at, key, related }) => ({
      code, level, message, ...(help === undefined ? {} : { help }), ...jsonPlace(locate, at, key), related: related.map((one) => ({ ...jsonPlace(locate, one.at), message: one.message })),
    })),
    summary: summarise(diagnostics),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
};
