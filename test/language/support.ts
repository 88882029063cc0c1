import { resolve } from 'node:path';
import { Diagnostics } from '../../src/diagnostics/collect.js';
import type { Diagnostic } from '../../src/diagnostics/define.js';
import type { Document } from '../../src/document/document.js';
import { loadDocument, type Input } from '../../src/load/index.js';
import { lint } from '../../src/lint/lint.js';
import { lowerApi, type Lowered } from '../../src/lower/api.js';

export interface Outcome { readonly document?: Document; readonly lowered?: Lowered; readonly diagnostics: readonly Diagnostic[] }

/** A spec, as a file or as its text, to the IR with everything that was said about it. */
export const lowerSpec = async (input: Input, overlays: readonly string[] = []): Promise<Outcome> => {
  const collected = new Diagnostics();
  const options = { cwd: resolve('.'), allowRoots: [], allowHosts: [], overlays, sources: new Map<string, string>() };
  const document = await loadDocument(input, options, collected.report);
  const lowered = document && lowerApi(document, collected.report);
  if (lowered) await lint(lowered.api, collected.report, { stated: lowered.bound.stated });
  return { ...(document ? { document } : {}), ...(lowered ? { lowered } : {}), diagnostics: collected.all };
};

/** One line a diagnostic, for rows. */
export const told = (diagnostics: readonly Diagnostic[]): readonly string[] => diagnostics.map(({ code, at }) => `${code} ${at.pointer}`);
