import type { Api, Check, Operation, Requirement, SecurityScheme } from '../../../src/ir/index.js';

/** A scheme that a caller must meet, with the scopes that it must have given. */
export interface Demand { readonly scheme: SecurityScheme; readonly scopes: readonly string[] }

/** Who lets a request in, as one method of the gateway can say it: one authorizer at the most, and a key beside it. */
export interface Access {
  readonly authorizer:
    | { readonly kind: 'open' }
    /** Only requests signed by the account: asked for, or because nothing checks what the document demands. */
    | { readonly kind: 'iam'; readonly because: 'asked' | 'unchecked' }
    /** The gateway's own check, or a function of the developer's. */
    | { readonly kind: 'scheme'; readonly scheme: SecurityScheme; readonly scopes: readonly string[] }
    /** A function of the compiler's that tries one scheme after the other; one of the demands is enough. */
    | { readonly kind: 'guard'; readonly anyOf: readonly Demand[] };
  readonly apiKey: boolean;
}

/** An authorizer of one method, with what it cannot do of what the document says; that is stricter, never more open. */
export interface Decision { readonly access: Access; readonly lacking?: 'alternatives' | 'combined' | 'certificate' }

/** Signatures that the HTTP API's own check of tokens knows (developer guide, JWT authorizers). */
const nativeAlgorithms = new Set(['RS256', 'RS384', 'RS512']);

/** Whether the code behind an operation asks for scopes again. */
export const asksForScopes = ({ integration: { backend } }: Operation): boolean => backend.kind === 'function' && backend.payload !== 'raw';

/**
 * Whether the gateway checks a scheme without a function of the compiler's. It is content with one scope of several, and asks
 * for none after a function of the developer's, so the code behind it must; and the HTTP API's own check of tokens finds keys over
 * the issuer only.
 */
const native = (api: Api, operation: Operation, check: Check, scopes: readonly string[]): boolean => {
  switch (check.kind) {
    case 'function': return scopes.length === 0 || asksForScopes(operation);
    case 'user-pool': return true;
    case 'jwt':
      return api.protocol.kind === 'http' && check.keys === undefined && check.algorithms.every((name) => nativeAlgorithms.has(name))
        && (scopes.length < 2 || asksForScopes(operation));
    default: return false;
  }
};

/** Whether a function that the compiler writes can check it, be it by asking the developer's. */
const guardable = ({ check, credential }: SecurityScheme): boolean =>
  check?.kind === 'jwt' || check?.kind === 'introspection' || (check?.kind === 'function' && credential.kind !== 'mutual-tls');

/** Client certificates are the domain's to ask for, of every caller; without a domain nobody does. */
const asksCertificates = (api: Api): boolean => api.stages.size > 0 && [...api.stages.values()].every(({ domain }) => domain !== undefined);

/** What one alternative comes to, or why it cannot be checked. */
const alternative = (api: Api, operation: Operation, { all }: Requirement): Access | 'combined' | 'certificate' | 'unchecked' => {
  const demands = all.map(({ scheme, scopes }) => ({ scheme: api.schemes.get(scheme), scopes }));
  const of = (kind: Check['kind']) => demands.filter(({ scheme }) => scheme?.check?.kind === kind);
  const apiKey = of('plans').length > 0;
  const others = demands.filter(({ scheme }) => scheme?.check?.kind !== 'plans' && scheme?.check?.kind !== 'client-certificate');
  const [only] = others;
  if (of('client-certificate').length > 0 && !asksCertificates(api)) return 'certificate';
  if (others.length > 1 || of('plans').length > 1) return 'combined';
  if (!only) return { authorizer: { kind: 'open' }, apiKey };
  const { scheme, scopes } = only;
  if (!scheme?.check) return 'unchecked';
  if (scheme.check.kind === 'iam') return { authorizer: { kind: 'iam', because: 'asked' }, apiKey };
  if (native(api, operation, scheme.check, scopes)) return { authorizer: { kind: 'scheme', scheme, scopes }, apiKey };
  return guardable(scheme) ? { authorizer: { kind: 'guard', anyOf: [{ scheme, scopes }] }, apiKey } : 'unchecked';
};

/** One function can try several tokens and checks of the developer's in turn; nothing else can be had instead of something else. */
const eitherChecked = (api: Api, security: readonly Requirement[]): readonly Demand[] | undefined => {
  const demands = security.map(({ all: [only, ...others] }): Demand | undefined => {
    const scheme = only && others.length === 0 ? api.schemes.get(only.scheme) : undefined;
    return only && scheme && guardable(scheme) ? { scheme, scopes: only.scopes } : undefined;
  });
  return demands.every((demand) => demand !== undefined) ? demands : undefined;
};

/**
 * Who lets requests for an operation in. Where not every alternative can be had, the first that can be checked is; a
 * demand that no means of the gateway meets closes the route: an operation that the document secures is never left open.
 */
export const decideAccess = (api: Api, operation: Operation): Decision => {
  const { security } = operation;
  if (security.every(({ all }) => all.length === 0)) return { access: { authorizer: { kind: 'open' }, apiKey: false } };
  const either = security.length > 1 ? eitherChecked(api, security) : undefined;
  if (either) return { access: { authorizer: { kind: 'guard', anyOf: either }, apiKey: false } };
  const tried = security.filter(({ all }) => all.length > 0).map((requirement) => alternative(api, operation, requirement));
  const access = tried.find((each): each is Access => typeof each !== 'string') ?? closed;
  const [first] = tried;
  if (security.length > 1) return { access, lacking: 'alternatives' };
  return first === 'combined' || first === 'certificate' ? { access, lacking: first } : { access };
};

const closed: Access = { authorizer: { kind: 'iam', because: 'unchecked' }, apiKey: false };

export const accessOf = (api: Api, operation: Operation): Access => decideAccess(api, operation).access;

/** Schemes whose check some operation's access relies on, in order of name. */
export const usedSchemes = (accesses: Iterable<Access>): SecurityScheme[] => {
  const used = new Map<string, SecurityScheme>();
  for (const { authorizer } of accesses) if (authorizer.kind === 'scheme') used.set(authorizer.scheme.name, authorizer.scheme);
  return [...used.keys()].sort().map((name) => used.get(name) as SecurityScheme);
};
