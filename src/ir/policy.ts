import type { Origin } from '../base/origin.js';
import type { Expression } from './expression.js';

/** What an operation asks of its edge. Durations in milliseconds unless the name says otherwise, sizes in bytes. */
export interface Policy {
  /** Name of the profile (cost class) it was expanded from. */
  readonly profile?: string;
  readonly timeoutMs: number;
  readonly limits: Limits;
  readonly throttle?: Throttle;
  readonly cache?: Cache;
  readonly version?: Version;
  readonly headers: HeaderPolicy;
  /** Least-privilege grants: what the code behind the operation may do with which resource. */
  readonly uses: readonly Grant[];
  /** Absent: nothing signs them, and no sender is made. */
  readonly callbacks?: CallbackPolicy;
  /** Domain error name → status; the operation's own and the inherited ones. */
  readonly errors: ReadonlyMap<string, MappedError>;
}

/** How requests that the API makes in turn are signed and sent. */
export interface CallbackPolicy {
  readonly origin: Origin;
  /** The secret that signs them: an ARN, or the name of a parameter that has it. */
  readonly secret: string;
  /** In all. */
  readonly attempts: number;
  /** Before the second attempt; doubled for each further one. */
  readonly backoffMs: number;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** Whether plain HTTP may be used, and whether addresses may be called that are not public. */
  readonly http: boolean;
  readonly private: boolean;
}

export interface MappedError { readonly status: number; readonly origin: Origin }

export interface Limits {
  /** Largest request body, in bytes. */
  readonly bodyBytes: number;
  /** Media types accepted, where fewer than those the operation declares. */
  readonly types?: readonly string[];
}

/** A token bucket: `rate` tokens a second, at most `burst` at once. */
export interface Throttle {
  readonly origin: Origin;
  readonly rate: number;
  readonly burst: number;
  readonly per: 'route' | 'client' | 'key';
  readonly retryAfterMs: number;
}

export interface Cache {
  readonly origin: Origin;
  readonly ttlSeconds: number;
  /** Without the path variables, which are always part of the key. */
  readonly key: readonly CacheKeyPart[];
  readonly control?: 'public' | 'private';
  /** The author states that a secured answer is the same for every caller. */
  readonly shared: boolean;
}
export type CacheKeyPart =
  | { readonly kind: 'parameter'; readonly in: 'query' | 'header'; readonly name: string }
  | { readonly kind: 'principal' }
  | { readonly kind: 'claim'; readonly path: readonly string[] };

/** Days as ISO 8601 writes them. */
export interface Version {
  readonly origin: Origin;
  /** As written. */
  readonly header?: string;
  readonly date?: string;
  /** Of the version that callers get who name none. */
  readonly default?: string;
  readonly deprecated?: string;
  readonly sunset?: string;
  /** The operation of the next version, which does the work of this one. */
  readonly replacedBy?: string;
}

export interface HeaderPolicy {
  readonly request: HeaderEdits;
  readonly response: HeaderEdits;
}
/** Names in lower case; a trailing `*` in `remove` means a prefix. */
export interface HeaderEdits {
  readonly remove: readonly string[];
  readonly set: ReadonlyMap<string, string | Expression>;
}

export interface Grant {
  readonly origin: Origin;
  /** Key of `Api.resources`. */
  readonly resource: string;
  readonly access: Access;
  /** Which objects of a bucket: a key, or with `*` at its end the beginning of keys; all of them where absent. */
  readonly keys?: string;
}
/** `publish` and `start` are the writes of topics, buses, streams, queues and workflows. */
export type Access = 'read' | 'write' | 'publish' | 'start' | 'consume';
