import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Rule } from '../rule.js';

const wildcard = defineDiagnostic({
  code: 'cors/wildcard-credentials',
  level: 'error',
  summary: 'credentials for every origin',
  message: () => 'every origin may call, with the credentials of whoever is signed in; browsers refuse that too',
  help: () => 'List the origins, or take `credentials` out.',
});

export const corsOrigins: Rule = {
  diagnostics: [wildcard],
  check: ({ cors }, report) => {
    if (cors?.credentials === true && cors.origins.includes('*')) report(wildcard({}, cors.origin));
  },
};
