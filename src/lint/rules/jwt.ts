import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Rule } from '../rule.js';

const audience = defineDiagnostic<{ scheme: string }>({
  code: 'auth/jwt-audience',
  level: 'error',
  summary: 'a token check that accepts tokens meant for others',
  message: ({ scheme }) => `\`${scheme}\` names no audience, so a token for any other service of the issuer would do`,
  help: () => 'Add `audience`, the names this API goes by in tokens.',
});

const algorithm = defineDiagnostic<{ scheme: string; algorithm: string }>({
  code: 'auth/jwt-algorithm',
  level: 'error',
  summary: 'a token check that a forger passes',
  message: ({ scheme, algorithm: name }) => (name === 'none'
    ? `\`${scheme}\` accepts tokens without a signature`
    : `\`${scheme}\` accepts ${name}, whose key is a shared secret, with public keys: whoever knows them could sign`),
  help: () => 'List asymmetric algorithms only, as `RS256`.',
});

export const jwt: Rule = {
  diagnostics: [audience, algorithm],
  check: ({ schemes }, report) => {
    for (const { name, origin, check } of schemes.values()) {
      if (check?.kind !== 'jwt') continue;
      if (check.audience.length === 0) report(audience({ scheme: name }, origin));
      for (const each of check.algorithms) if (each === 'none' || each.startsWith('HS')) report(algorithm({ scheme: name, algorithm: each }, origin));
    }
  },
};
