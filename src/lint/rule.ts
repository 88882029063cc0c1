import type { Report } from '../diagnostics/collect.js';
import type { AnyFactory } from '../diagnostics/define.js';
import type { Api, Operation } from '../ir/index.js';

/** What a rule may know besides the IR. */
export interface LintContext {
  /** Whether the document says anything with `x-gateway`; one that does not is judged more mildly. */
  readonly stated: boolean;
}

/** One judgement of an API: what it may report, and how it looks. */
export interface Rule {
  readonly diagnostics: readonly AnyFactory[];
  /** Some load what they judge by only when there is something to judge. */
  readonly check: (api: Api, report: Report, context: LintContext) => void | Promise<void>;
}

/** A rule that looks at one operation after the other. */
export const operationRule = (
  diagnostics: readonly AnyFactory[],
  check: (operation: Operation, report: Report, api: Api) => void,
): Rule => ({
  diagnostics,
  check: (api, report) => {
    for (const operation of api.operations.values()) check(operation, report, api);
  },
});

/** Whether calls of it change something. */
export const isMutation = ({ method }: Operation): boolean => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);

/** Whether no caller gets through without showing something. */
export const isSecured = ({ security }: Operation): boolean => security.length > 0 && security.every(({ all }) => all.length > 0);

/** `GET /orders/{orderId}`. */
export const routeOf = ({ method, path }: Operation): string => `${method} ${path.text}`;
