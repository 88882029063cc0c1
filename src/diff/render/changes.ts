import { list } from '../../base/text.js';
import type { Diagnostic, Level } from '../../diagnostics/define.js';
import type { Locate } from '../../diagnostics/locate.js';
import { jsonPlace, type JsonPlace } from '../../diagnostics/render/json.js';
import type { Change } from '../changes.js';
import { verdictOf, type Verdict } from '../rules/index.js';

export const verdicts: readonly Verdict[] = ['breaking', 'risky', 'safe'];

/** How many changes there are of each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

export const countChanges = (changes: readonly Change[]): Counts => {
  const of = (verdict: Verdict): number => changes.filter(({ level }) => verdictOf[level] === verdict).length;
  return { breaking: of('breaking'), risky: of('risky'), safe: of('safe') };
};

/** `2 breaking, 1 risky and 3 safe changes`. */
export const countsText = (counts: Counts): string => {
  const all = verdicts.filter((verdict) => counts[verdict] > 0);
  const total = all.reduce((sum, verdict) => sum + counts[verdict], 0);
  return total === 0 ? 'no change of the API or its policy' : `${list(all.map((verdict) => `${counts[verdict]} ${verdict}`))} ${total === 1 ? 'change' : 'changes'}`;
};

const namedRoutes = 5;

/** The operations that a change touches, where its sentence does not name them. */
export const routesText = ({ routes, message }: Change): string | undefined => {
  if (routes.length === 0 || (routes.length === 1 && message.includes(routes[0] ?? ''))) return undefined;
  const shown = routes.length <= namedRoutes + 1 ? routes : routes.slice(0, namedRoutes);
  return list([...shown, ...(shown.length === routes.length ? [] : [`${routes.length - shown.length} more`])]);
};

/** Changes as diagnostics, for the renderers that those have. */
export const asDiagnostics = (changes: readonly Change[]): readonly Diagnostic[] => changes.map((change) => {
  const routes = routesText(change);
  return routes === undefined ? change : { ...change, help: `Look at ${routes}.` };
});

/** One document for programs. `version` changes when a field changes its meaning; fields may be added without. */
export interface JsonChanges {
  readonly version: 1;
  readonly changes: readonly JsonChange[];
  readonly summary: Counts;
}
export interface JsonChange {
  readonly code: string;
  readonly verdict: Verdict;
  readonly message: string;
  /** `GET /orders/{orderId}`; none where the change touches the API as a whole. */
  readonly operations: readonly string[];
  readonly was: JsonPlace;
  readonly now: JsonPlace;
}

export const renderChangesJson = (changes: readonly Change[], locate: Locate): string => {
  const document: JsonChanges = {
    version: 1,
    changes: changes.map(({ code, level, message, routes, was, at }) => ({ code, verdict: verdictOf[level], message, operations: routes, was: jsonPlace(locate, was), now: jsonPlace(locate, at) })),
    summary: countChanges(changes),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

export const words: Readonly<Record<Level, string>> = verdictOf;
