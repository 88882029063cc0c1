import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Operation } from '../../ir/index.js';
import { routeOf, type Rule } from '../rule.js';

const shadow = defineDiagnostic<{ path: string; method: string; greedy: string }>({
  code: 'route/greedy-shadow',
  level: 'warning',
  summary: 'a path whose other methods are answered by one that takes all that follows, for other callers',
  message: ({ path, method, greedy }) => `\`${method} ${path}\` is not declared, so \`${greedy}\` answers it, and lets other callers in than \`${path}\` does`,
  help: ({ path, method }) => `Declare \`${method} ${path}\`, or ask for the same security on both.`,
});

const takesAll = ({ path: { segments } }: Operation): boolean => segments.some((segment) => segment.kind === 'variable' && segment.greedy);

const asked = ({ security }: Operation): string => JSON.stringify(security.map(({ all }) => all));

/** Whether a request for the one path would also be one for the greedy other. */
const isUnder = (one: Operation, greedy: Operation): boolean => {
  const before = greedy.path.segments.slice(0, -1);
  return one.path.segments.length > before.length && before.every((segment, index) => {
    const other = one.path.segments[index];
    return segment.kind !== 'literal' || (other?.kind === 'literal' && other.text === segment.text);
  });
};

/** The gateway falls back from a path without the method to whatever else matches. */
export const greedyShadow: Rule = {
  diagnostics: [shadow],
  check: ({ operations }, report) => {
    const all = [...operations.values()];
    const declared = new Set(all.map(routeOf));
    const told = new Set<string>();
    for (const greedy of all.filter(takesAll)) {
      for (const one of all) {
        const missing = `${greedy.method} ${one.path.text}`;
        if (takesAll(one) || declared.has(missing) || told.has(missing) || !isUnder(one, greedy) || asked(one) === asked(greedy)) continue;
        told.add(missing);
        report(shadow({ path: one.path.text, method: greedy.method, greedy: routeOf(greedy) }, one.origin, [{ at: greedy.origin, message: 'this one answers' }]));
      }
    }
  },
};
