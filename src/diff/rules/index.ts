import type { AnyFactory, Level } from '../../diagnostics/define.js';
import { gateway } from './gateway.js';
import { operation } from './operation.js';
import { policy } from './policy.js';
import { request } from './request.js';
import { response } from './response.js';
import { security } from './security.js';
import type { RuleTable, Verdict } from './table.js';

export type { Verdict } from './table.js';

const table = { ...operation, ...request, ...response, ...security, ...policy, ...gateway };
export type RuleName = keyof typeof table;

/** Verdicts as diagnostics have them, for what reports, projects and documents say of codes. */
export const levelOf: Readonly<Record<Verdict, Level>> = { breaking: 'error', risky: 'warning', safe: 'note' };
export const verdictOf: Readonly<Record<Level, Verdict>> = { error: 'breaking', warning: 'risky', note: 'safe' };

export const codeOf = (rule: RuleName): string => `diff/${rule}`;
export const verdictOfRule = (rule: RuleName): Verdict => table[rule][0];

/** Every rule as the catalogue of codes has it. A change that is meant may be allowed, whatever its level. */
export const changeRules: readonly AnyFactory[] = Object.entries<RuleTable[string]>(table).map(([name, [verdict, summary]]) =>
  ({ definition: { code: `diff/${name}`, level: levelOf[verdict], summary, allow: true } }));
