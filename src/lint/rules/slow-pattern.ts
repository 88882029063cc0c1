import { at } from '../../base/origin.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Api, Schema } from '../../ir/index.js';
import { reachable, within } from '../../ir/walk.js';
import type { Rule } from '../rule.js';

const slowPattern = defineDiagnostic<{ pattern: string; judged: boolean; bounded: boolean }>({
  code: 'schema/slow-pattern',
  level: 'warning',
  summary: 'a pattern that a short hostile text can keep busy for hours',
  message: ({ pattern, judged, bounded }) =>
    `${judged ? `the time that \`${pattern}\` takes doubles with every few characters of a text that does not match` : `\`${pattern}\` has too many repeated parts for it to be known how long it may take`}${bounded ? '; texts over `maxLength` are refused before it is tried' : ''}`,
  help: ({ bounded }) => `Let no two repeated parts that stand within or beside one another match the same text${bounded ? '.' : ', and give the schema a `maxLength`.'}`,
});

/** Without a repeated group nothing takes exponential time, and the analysis need not even be loaded. */
const repeatsGroup = /\)(?:[*+]|\{\d+,)/;

/** Schemas whose patterns are tried on what callers send. */
const asked = (api: Api): readonly Schema[] => {
  const roots = [...api.operations.values()].flatMap(({ parameters, body }) => [...parameters.map(({ schema }) => schema), ...(body?.contents ?? []).flatMap(({ schema }) => schema ?? [])]);
  return [...roots, ...[...reachable(api, roots)].sort().flatMap((name) => api.schemas.get(name)?.schema ?? [])].flatMap(within);
};

export const slowPatterns: Rule = {
  diagnostics: [slowPattern],
  check: async (api, report) => {
    const suspects = [...new Set(asked(api))].filter(({ pattern }) => pattern !== undefined && repeatsGroup.test(pattern));
    if (suspects.length === 0) return;
    const { patternJudge } = await import('../backtracking.js');
    const judge = patternJudge();
    for (const { pattern = '', maxLength, origin } of suspects) {
      const verdict = judge(pattern);
      if (verdict !== false) report(slowPattern({ pattern: pattern.length > 60 ? `${pattern.slice(0, 60)}…` : pattern, judged: verdict !== undefined, bounded: maxLength !== undefined }, at(origin, 'pattern')));
    }
  },
};
