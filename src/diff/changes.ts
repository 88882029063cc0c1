import type { Origin } from '../base/origin.js';
import { compare } from '../base/order.js';
import type { Diagnostic } from '../diagnostics/define.js';
import { codeOf, levelOf, verdictOfRule, type RuleName } from './rules/index.js';

/** One change between two versions, at both places. */
export interface Change extends Diagnostic {
  /** Where it stands in the older version, or what is nearest to it there. */
  readonly was: Origin;
  /** `GET /orders/{orderId}` of each operation that it touches; none where it touches the API as a whole. */
  readonly routes: readonly string[];
}

/** The two places of a change: in the older version and in the newer one. */
export interface Places { readonly was: Origin; readonly now: Origin }

/** Tells of one change: the rule it falls under, and what is true of this one. */
export type Tell = (rule: RuleName, message: string, places: Places) => void;

/** Gathers changes: what many operations share is one change that touches all of them. */
export class Changes {
  readonly #found = new Map<string, { readonly change: Omit<Change, 'routes'>; readonly routes: Set<string> }>();

  /** Tells of changes of one operation (by its route), or of the whole API. */
  of(route?: string): Tell {
    return (rule, message, { was, now }) => {
      const code = codeOf(rule);
      const identity = JSON.stringify([code, message, was, now]);
      const known = this.#found.get(identity) ?? {
        change: { code, level: levelOf[verdictOfRule(rule)], message, at: now, was, related: [{ at: was, message: 'the older version' }] },
        routes: new Set<string>(),
      };
      this.#found.set(identity, known);
      if (route !== undefined) known.routes.add(route);
    };
  }

  /** In the order in which they were told. */
  get all(): readonly Change[] {
    return [...this.#found.values()].map(({ change, routes }) => ({ ...change, routes: [...routes].sort(compare) }));
  }
}
