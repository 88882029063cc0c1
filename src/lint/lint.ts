import type { Report } from '../diagnostics/collect.js';
import type { Api } from '../ir/index.js';
import type { LintContext } from './rule.js';
import { rules } from './rules.js';

/** Judges an API by every rule. */
export const lint = (api: Api, report: Report, context: LintContext): void => {
  for (const { check } of rules) check(api, report, context);
};
