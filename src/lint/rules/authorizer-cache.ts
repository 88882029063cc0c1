import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Credential } from '../../ir/index.js';
import type { Rule } from '../rule.js';

const identity = defineDiagnostic<{ scheme: string; missing: string }>({
  code: 'auth/authorizer-cache',
  level: 'error',
  allow: true,
  summary: 'a remembered verdict that is given to callers it was not made for',
  message: ({ scheme, missing }) => `the verdict on \`${scheme}\` is remembered, and its identity leaves out ${missing}`,
  help: () => 'Add it to `identity`, or set `cacheTtl: 0s`.',
});

/** The verdict depends at least on what the caller shows. */
export const authorizerCache: Rule = {
  diagnostics: [identity],
  check: ({ schemes }, report) => {
    for (const { name, origin, credential, check } of schemes.values()) {
      if (check?.kind !== 'function' || check.cacheTtlSeconds === 0) continue;
      const { place, key } = shown(credential);
      const there = check.identity.some((source) => source.in === place && (key === undefined || source.name.toLowerCase() === key));
      if (!there) report(identity({ scheme: name, missing: key === undefined ? 'every header' : `the ${place} \`${key}\`` }, origin));
    }
  },
};

const shown = (credential: Credential): { readonly place: 'header' | 'query'; readonly key?: string } => {
  switch (credential.kind) {
    case 'api-key':
      return credential.in === 'cookie' ? { place: 'header', key: 'cookie' } : { place: credential.in, key: credential.name.toLowerCase() };
    case 'mutual-tls':
      return { place: 'header' };
    default:
      return { place: 'header', key: 'authorization' };
  }
};
