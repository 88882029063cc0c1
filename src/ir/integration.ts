import type { Json } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { Expression, Template } from './expression.js';

/**
 * How a request is served, on three axes: the backend that does the work, the flow of the answer (waited for, or
 * accepted now and done later), and the policy of `Operation`. The style an author wrote is gone.
 */
export interface Integration {
  readonly origin: Origin;
  readonly backend: Backend;
  readonly flow: Flow;
  /** What is sent to the backend, where the author mapped it; absent: what the backend takes by default. */
  readonly request?: Template;
  /** What is answered, by the status that the backend's outcome selects; absent: passed on. */
  readonly responses: readonly ResponseMapping[];
}

export type Backend = FunctionBackend | ServiceBackend | ActionBackend | HttpBackend | StaticBackend;

export interface FunctionBackend {
  readonly kind: 'function';
  /** Key of `Api.functions`. */
  readonly function: string;
  /** Who makes the normalised request that the handler gets: the function, or a template of the gateway; or (`raw`) it gets the gateway's own event. */
  readonly payload: 'normalised' | 'gateway' | 'raw';
  /** What the function does, where the compiler writes it whole and nobody fills anything in. */
  readonly task?: Task;
}

export type Task = LinkTask | HandOverTask;

/** Answers with a link that its holder may use for a while, without credentials of their own. */
export interface LinkTask {
  /** A form to upload one object with, or a link to download one by. */
  readonly action: 'upload' | 'download';
  /** Key of `Api.resources`. */
  readonly bucket: string;
  readonly key: Template;
  readonly expiresSeconds: number;
  /** Largest upload; absent for downloads. */
  readonly maxBytes?: number;
  /** Media types that may be uploaded; any where there are none. */
  readonly types: readonly string[];
  /** Which of several types the one upload will have. */
  readonly contentType?: Template;
}

/** Hands a request that the function has checked to what carries the work: where the gateway could not check it, or make the answer. */
export interface HandOverTask {
  readonly action: 'hand-over';
  readonly service: ServiceBackend & { readonly call: HandOverCall };
}

/** One call of a managed service by the gateway itself. Its wire format is the target's matter. */
export interface ServiceBackend {
  readonly kind: 'service';
  readonly call: ServiceCall;
  /** Key of `Api.resources`. */
  readonly resource: string;
  /**
   * What the call takes beside the message itself (which is `Integration.request`, or the request's body), each a template:
   * - send-message: `group`, `dedupe`, `delay` (seconds)
   * - publish: `subject`, `attributes` (an object), `group`, `dedupe`
   * - put-event: `source`, `detailType`
   * - put-record: `partitionKey`
   * - start-run, run-and-wait: `name`
   * - get-item, put-item, update-item, delete-item, query-items: `key` (an object by attribute); put `item`; update `set` (an object);
   *   writes `condition` (`absent`, `present`, or an object of attributes that must have these values);
   *   query and scan `index`, `limit`; query `order` (`ascending`, `descending`)
   * - list-objects: `key` (a prefix)
   * - get-object, put-object: `key`; put `maxSize` (bytes), `types` (a list)
   */
  readonly input: ReadonlyMap<string, Template>;
}

/** Calls by which work is handed over. */
export type HandOverCall = 'send-message' | 'publish' | 'put-event' | 'put-record' | 'start-run';

export type ServiceCall =
  | 'send-message' | 'publish' | 'put-event' | 'put-record' | 'start-run' | 'run-and-wait'
  | 'get-item' | 'put-item' | 'update-item' | 'delete-item' | 'query-items' | 'scan-items'
  | 'get-object' | 'put-object' | 'list-objects';

/** One action of any other service, called by the gateway itself in the words of the service's wire protocol. */
export interface ActionBackend {
  readonly kind: 'action';
  /** The service as its endpoint begins: `secretsmanager`. */
  readonly service: string;
  readonly wire:
    /** A JSON object, posted with an `X-Amz-Target`. */
    | { readonly protocol: 'json'; readonly target: string }
    /** Parameters of a form. */
    | { readonly protocol: 'query'; readonly action: string; readonly version: string }
    /** A method and a path; what is given is a JSON object. */
    | { readonly protocol: 'rest'; readonly method: string; readonly path: Template };
  /** By the names of the service's API reference; what has no value is left out. */
  readonly input: ReadonlyMap<string, Template>;
  /** The one permission, and the ARNs (or parameters of the deployment that have them) that it is on. */
  readonly permission: { readonly action: string; readonly on: readonly string[] };
}

export interface HttpBackend {
  readonly kind: 'http';
  /** Base URL, or the resource that has it. */
  readonly url?: string;
  readonly resource?: string;
  /** Appended to the base, with expressions; absent: the request's own path. */
  readonly path?: Template;
  readonly timeoutMs?: number;
}

/** The gateway answers by itself. */
export interface StaticBackend {
  readonly kind: 'static';
  readonly status: number;
  readonly mediaType?: string;
  readonly body?: Json;
}

export type Flow = { readonly kind: 'wait' } | AcceptFlow;

/** Answered now, done later. */
export interface AcceptFlow {
  readonly kind: 'accept';
  readonly acknowledge: number;
  readonly tracking?: Expression;
  /** Key of `Api.operations`: the one that reports on the work. */
  readonly status?: string;
  readonly idempotencyKey?: Expression;
  readonly retry?: { readonly attempts: number; readonly backoffMs: number };
  /** Name of the worker that does the work, for its stub. */
  readonly worker?: string;
}

export interface ResponseMapping {
  readonly origin: Origin;
  readonly status: StatusRange;
  readonly body?: Template;
  readonly headers: ReadonlyMap<string, Template>;
}

/** A status, a class of them (`4XX`), or all that are not named. */
export type StatusRange = number | '1XX' | '2XX' | '3XX' | '4XX' | '5XX' | 'default';
