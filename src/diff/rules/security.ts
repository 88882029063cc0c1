import type { RuleTable } from './table.js';

export const security = {
  'security-added': ['breaking', 'callers must show who they are, and did not have to'],
  'security-opened': ['breaking', 'everyone may call what only some could'],
  'security-alternative-removed': ['breaking', 'one way to show who calls is no longer taken'],
  'security-alternative-added': ['risky', 'one more way to show who calls is taken'],
  'scope-added': ['breaking', 'callers need one more scope'],
  'scope-removed': ['risky', 'callers need one scope less'],
  'scheme-credential-changed': ['breaking', 'callers show who they are in another way'],
  'scheme-check-changed': ['breaking', 'somebody else says who calls'],
  'scheme-narrowed': ['breaking', 'a token that was good is no longer'],
  'scheme-widened': ['risky', 'a token is good that was not'],
  'scheme-identity-changed': ['risky', 'verdicts are remembered by something else'],
  'scheme-memory-changed': ['risky', 'verdicts are remembered for another time'],
  'plan-removed': ['breaking', 'a usage plan is gone'],
  'plan-added': ['safe', 'a new usage plan'],
  'plan-lowered': ['risky', 'a usage plan lets fewer requests through'],
  'plan-raised': ['safe', 'a usage plan lets more requests through'],
} as const satisfies RuleTable;
