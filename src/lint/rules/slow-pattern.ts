import { at } from '../../base/origin.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Api, Schema } from '../../ir/index.js';
import { reachable, within } from '../../ir/walk.js';
import type { Rule } from '../rule.js';

const slowPattern = defineDiagnostic<{ pattern: string; bounded: boolean }>({
  code: 'schema/slow-pattern',
  level: 'warning',
  summary: 'a pattern that a short hostile text can keep busy for hours',
  message: ({ pattern, bounded }) => `the time that \`${pattern}\` takes doubles with every few characters of a text that does not match${bounded ? '; texts over `maxLength` are refused before it is tried' : ''}`,
  help: ({ bounded }) => `Let no two repeated parts that stand within or beside one another match the same text${bounded ? '.' : ', and give the schema a `maxLength`.'}`,
});

/** Without a repeated group nothing takes exponential time, and the analysis need not even be loaded. */
const repeatsGroup = /\)(?:[*+]|\{\d+,)/;

/** Schemas whose patterns are tried on what callers send. */
const asked = (api: Api): readonly Schema[] => {
  const roots = [...api.operations.values()].flatMap(({ parameters, body }) => [...parameters.map(({ schema }) => schema), ...(body?.contents ?? []).flatMap(({ schema }) => schema ?? [])]);
  return [...roots, ...[...reachable(api, roots)].sort().flatMap((name) => api.schemas.get(name)?.schema ?? [])].flatMap((schema) => [...within(schema)]);
};

/** Whether a pattern has two ways to match the same text, one within the other (a static analysis: nothing is run). */
const isExponential = (analyse: (literal: { readonly source: string; readonly flags: string }) => { readonly reports: readonly { readonly exponential: boolean }[] }, source: string): boolean => {
  for (const flags of ['u', '']) {
    try {
      return analyse({ source, flags }).reports.some(({ exponential }) => exponential);
    } catch {
      // Of another grammar: an older one is tried, and what is in none is told elsewhere.
    }
  }
  return false;
};

export const slowPatterns: Rule = {
  diagnostics: [slowPattern],
  check: async (api, report) => {
    const suspects = [...new Set(asked(api))].filter(({ pattern }) => pattern !== undefined && repeatsGroup.test(pattern));
    if (suspects.length === 0) return;
    // It knows the shapes that make backtracking expensive; the rules of eslint for them stand on it, too.
    const { analyse } = await import('scslre');
    for (const { pattern = '', maxLength, origin } of suspects) if (isExponential(analyse, pattern)) report(slowPattern({ pattern: pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern, bounded: maxLength !== undefined }, at(origin, 'pattern')));
  },
};
