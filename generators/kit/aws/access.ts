import type { Api, Check, Operation, SecurityScheme } from '../../../src/ir/index.js';

/** Who lets a request in, as one method of the gateway can say it: one authorizer at the most, and a key beside it. */
export interface Access {
  readonly authorizer:
    | { readonly kind: 'open' }
    /** Only requests signed by the account: asked for, or because nothing checks what the document demands. */
    | { readonly kind: 'iam'; readonly because: 'asked' | 'unchecked' }
    | { readonly kind: 'scheme'; readonly scheme: SecurityScheme; readonly scopes: readonly string[] };
  readonly apiKey: boolean;
}

/**
 * The first alternative that the gateway can check. A demand that none of its means meets closes the route: an
 * operation that the document secures is never left open.
 */
export const accessOf = (api: Api, operation: Operation, enforceable: (check: Check) => boolean): Access => {
  const { security } = operation;
  if (security.length === 0 || security.every(({ all }) => all.length === 0)) return { authorizer: { kind: 'open' }, apiKey: false };
  for (const { all } of security) {
    const demands = all.map(({ scheme, scopes }) => ({ scheme: api.schemes.get(scheme), scopes }));
    const keys = demands.filter(({ scheme }) => scheme?.check?.kind === 'plans');
    const others = demands.filter(({ scheme }) => scheme?.check?.kind !== 'plans');
    const [only] = others;
    if (all.length === 0 || others.length > 1) continue;
    if (!only) return { authorizer: { kind: 'open' }, apiKey: keys.length > 0 };
    const check = only.scheme?.check;
    if (!only.scheme || !check) continue;
    if (check.kind === 'iam') return { authorizer: { kind: 'iam', because: 'asked' }, apiKey: keys.length > 0 };
    if (enforceable(check)) return { authorizer: { kind: 'scheme', scheme: only.scheme, scopes: only.scopes }, apiKey: keys.length > 0 };
  }
  return { authorizer: { kind: 'iam', because: 'unchecked' }, apiKey: false };
};

/** Schemes whose check some operation's access relies on, in order of name. */
export const usedSchemes = (accesses: Iterable<Access>): SecurityScheme[] => {
  const used = new Map<string, SecurityScheme>();
  for (const { authorizer } of accesses) if (authorizer.kind === 'scheme') used.set(authorizer.scheme.name, authorizer.scheme);
  return [...used.keys()].sort().map((name) => used.get(name) as SecurityScheme);
};
