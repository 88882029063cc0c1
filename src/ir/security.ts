import type { Origin } from '../base/origin.js';

/** One alternative of `security`: every scheme in it must be satisfied. Empty: anonymous callers are welcome. */
export interface Requirement {
  readonly origin: Origin;
  readonly all: readonly { readonly scheme: string; readonly scopes: readonly string[] }[];
}

/** A security scheme: where a caller shows what, and who checks it. Key of `Api.schemes`. */
export interface SecurityScheme {
  readonly origin: Origin;
  /** As in the document. */
  readonly name: string;
  /** Legal identifier / file name, unique regardless of case. */
  readonly id: string;
  readonly fileName: string;
  readonly credential: Credential;
  /** `undefined`: the document does not say who checks it. */
  readonly check?: Check;
}

/** What the caller shows. */
export type Credential =
  | { readonly kind: 'bearer'; readonly format?: string; /** The OAuth flows by which a token may be had, as OpenAPI calls them. */ readonly flows?: readonly string[] }
  | { readonly kind: 'basic' }
  | { readonly kind: 'other-http'; readonly scheme: string }
  | { readonly kind: 'api-key'; readonly in: 'query' | 'header' | 'cookie'; readonly name: string }
  | { readonly kind: 'mutual-tls' };

/** Who checks it, and against what. */
export type Check =
  | { readonly kind: 'jwt'; readonly issuer: string; readonly audience: readonly string[]; readonly algorithms: readonly string[]; readonly clockSkewSeconds: number; readonly keys?: string }
  | { readonly kind: 'user-pool'; readonly pool: string }
  | { readonly kind: 'function'; readonly function: string; readonly identity: readonly IdentitySource[]; readonly cacheTtlSeconds: number }
  | { readonly kind: 'introspection'; readonly url: string; readonly credentials: string; readonly cacheTtlSeconds: number }
  | { readonly kind: 'plans'; readonly plans: readonly UsagePlan[] }
  | { readonly kind: 'iam' }
  | { readonly kind: 'client-certificate'; readonly truststore: string };

export type IdentitySource = { readonly in: 'header' | 'query'; readonly name: string } | { readonly in: 'context' | 'stage'; readonly name: string };

export interface UsagePlan {
  readonly name: string;
  readonly rate: number;
  readonly burst: number;
  readonly quota?: { readonly limit: number; readonly per: 'day' | 'week' | 'month' };
}
