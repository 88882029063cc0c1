import type { Report } from '../diagnostics/collect.js';
import type { Api } from '../ir/index.js';
import type { LintContext } from './rule.js';
import { rules } from './rules.js';

/** Judges an API by every rule. */
export const lint = async (api: Api, report: Report, context: LintContext): Promise<void> => {
  for (const { check } of rules) await check(api, report, context);
};
