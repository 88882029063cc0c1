import type { Json, JsonObject } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { FeatureId } from './features.js';
import type { Method, Operation } from './operation.js';
import type { NamedSchema } from './schema.js';
import type { SecurityScheme } from './security.js';
import type { Grant, HeaderPolicy, Throttle } from './policy.js';

/**
 * The whole meaning of one document, as plain data: no trace of the notation it was written in, nothing of a
 * target. Lists and maps are in a canonical order, so that what is made from them has the same bytes everywhere.
 */
export interface Api {
  readonly origin: Origin;
  /** Slug, also the prefix of names in the cloud. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly protocol: ProtocolChoice;
  /** By path, then by method. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly schemas: ReadonlyMap<string, NamedSchema>;
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  readonly functions: ReadonlyMap<string, FunctionUnit>;
  readonly workers: ReadonlyMap<string, Worker>;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly errors: Envelope;
  readonly cors?: Cors;
  readonly observability: Observability;
  /** Header edits that hold for every operation; each operation's policy has them merged already. */
  readonly headers: HeaderPolicy;
  /** What the published description says, clean of gateway facts. */
  readonly publicDocument: JsonObject;
  /** What was asked, feature by feature, for whoever must tell what a target lacks. */
  readonly features: readonly FeatureUse[];
}

export interface ProtocolChoice {
  readonly kind: 'rest' | 'http';
  readonly asked: 'auto' | 'rest' | 'http';
  /** Why `auto` chose as it did, one line a feature. */
  readonly because: readonly { readonly reason: string; readonly at: Origin }[];
}

/** Something a target may or may not be able to enforce; ids are in `features.ts`. */
export interface FeatureUse { readonly id: FeatureId; readonly at: Origin }

/** One deployable function and the operations it serves. */
export interface FunctionUnit {
  /** Key; also its file name: `get-order`, `orders`, `api`. */
  readonly name: string;
  /** Keys of `Api.operations`, in their order. */
  readonly operations: readonly string[];
  readonly settings: FunctionSettings;
}

export interface FunctionSettings {
  readonly runtime: string;
  readonly architecture: 'arm64' | 'x86_64';
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly logRetentionDays: number;
  readonly reservedConcurrency?: number;
  readonly keepWarm?: { readonly kind: 'provisioned'; readonly count: number } | { readonly kind: 'snap-start' };
  readonly rollout?: Rollout;
}

export interface Rollout {
  readonly strategy: 'all-at-once' | 'canary' | 'linear';
  readonly percent: number;
  readonly intervalMs: number;
  readonly alarms: readonly Alarm[];
}
export type Alarm =
  | { readonly kind: 'errors' }
  | { readonly kind: 'latency'; readonly percentile: number; readonly aboveMs: number };

/** Does what an operation accepted, or what uploads to a bucket make to do. */
export interface Worker {
  readonly origin: Origin;
  readonly name: string;
  /** The requests of operations, or objects that were uploaded. */
  readonly takes: 'requests' | 'uploads';
  /** What its code may do, its operations' grants among it. */
  readonly uses: readonly Grant[];
  /** Keys of `Api.operations` whose work it does. */
  readonly operations: readonly string[];
  /** Key of `Api.resources`: what feeds it. */
  readonly source: string;
  /** How often one piece of work is tried, where `async.retry` says so and the source does not count: topics and buses. */
  readonly attempts?: number;
  readonly settings: FunctionSettings;
}

/** A check that the developer writes. */
export interface Authorizer {
  readonly name: string;
  /** Keys of `Api.schemes` that it checks. */
  readonly schemes: readonly string[];
  readonly settings: FunctionSettings;
}

export type Resource = ResourceBase & (
  | { readonly kind: 'table'; readonly key: { readonly partition: string; readonly sort?: string }; readonly indexes: readonly TableIndex[] }
  | { readonly kind: 'queue'; readonly fifo: boolean; readonly visibilityMs: number; readonly deadLetterAfter?: number }
  | { readonly kind: 'topic'; readonly fifo: boolean }
  | { readonly kind: 'bus' }
  | { readonly kind: 'stream'; readonly shards?: number }
  | { readonly kind: 'workflow'; readonly definition?: JsonObject; readonly type: 'standard' | 'express' }
  | { readonly kind: 'bucket'; readonly uploads?: Uploads }
  | { readonly kind: 'http'; readonly url: string; readonly connectTimeoutMs: number;
    /** Not on the internet: what the deployment calls the link to the network that it is in. */
    readonly vpcLink?: string });
export interface ResourceBase {
  readonly origin: Origin;
  readonly name: string;
  /** Someone else's: an ARN, or the name of a parameter that has it. */
  readonly existing?: string;
}
/** Whom a bucket tells of each object that is put into it. */
export interface Uploads {
  /** Key of `Api.resources`. */
  readonly queue: string;
  /** What the keys begin and end with that are told of. */
  readonly prefix?: string;
  readonly suffix?: string;
}
export interface TableIndex { readonly name: string; readonly partition: string; readonly sort?: string }

export interface Stage {
  readonly origin: Origin;
  readonly name: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly domain?: string;
  readonly basePath?: string;
  /** Response cache, in GB. */
  readonly cacheSize?: number;
  readonly waf: boolean;
  readonly throttle?: Pick<Throttle, 'rate' | 'burst'>;
}

/** The body of every error, the gateway's own included. */
export interface Envelope {
  readonly mediaType: string;
  /** Key of `Api.schemas`; absent: the built-in RFC 9457 problem. */
  readonly schema?: string;
  /** Name of the property → what fills it, in order. */
  readonly fields: readonly { readonly name: string; readonly value: EnvelopeValue }[];
}
export type EnvelopeValue =
  | { readonly kind: 'status' | 'title' | 'detail' | 'type' | 'code' | 'request-id' | 'errors' | 'instance' | 'status-text' }
  | { readonly kind: 'literal'; readonly value: Json };

export interface Cors {
  readonly origin: Origin;
  readonly origins: readonly string[];
  readonly methods: readonly Method[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number;
}

export interface Observability {
  readonly accessLog: 'json' | 'none';
  readonly tracing: boolean;
  readonly metrics: boolean;
}
