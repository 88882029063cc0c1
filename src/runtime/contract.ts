import type { Violation } from './problem.js';
import type { Facts } from './source.js';

/**
 * What `serve` knows of an operation: plain data, written by the compiler, beside the validators that need code.
 */
export interface OperationContract {
  readonly id: string;
  readonly method: string;
  /** `/orders/{orderId}`. */
  readonly route: string;
  readonly segments: readonly Segment[];
  readonly parameters: readonly ParameterContract[];
  /** Checks all parameters at once, as `{ path, query, header, cookie }`; absent where the shapes say it all. */
  readonly validate?: Validate;
  readonly body?: BodyContract;
  readonly responses: readonly ResponseContract[];
  /** `required`: nobody gets here without an identity. The scheme is named where there is but one. */
  readonly auth: AuthContract;
  /** Domain error name → status. */
  readonly errors: readonly (readonly [name: string, status: number])[];
  readonly resources: readonly ResourceContract[];
  /** Makes the senders of the callbacks, for one request. */
  readonly callbacks?: (facts: Facts) => object;
  readonly headers: { readonly request: HeaderEdits; readonly response: HeaderEdits };
  /** What caches beyond the gateway are told with a success, where the handler does not say. */
  readonly cacheControl?: string;
  readonly edge: EdgeContract;
}

export interface AuthContract {
  readonly need: 'required' | 'optional' | 'none';
  readonly scheme?: string;
  /** Alternatives, where some ask for scopes: a caller must meet one of them whole. */
  readonly anyOf?: readonly (readonly { readonly scheme: string; readonly scopes: readonly string[] }[])[];
}

/** What all operations of an API share. */
export interface EdgeContract {
  readonly errors: EnvelopeContract;
  readonly cors?: CorsContract;
}

/** Text, `[name]` for a variable, `[name, true]` for a greedy one, several pieces in one. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly greedy: boolean }
  | { readonly kind: 'mixed'; readonly parts: readonly ({ readonly text: string } | { readonly name: string })[] };

export type Style = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** What text is to become. In a union the first that the text can be is taken; strings come last. */
export type Shape =
  | 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'any'
  | { readonly array: Shape }
  | { readonly object: readonly (readonly [name: string, shape: Shape])[]; readonly rest?: Shape }
  | { readonly union: readonly Shape[] };

export interface ParameterContract {
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  /** As written; the name of a header in lower case. */
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  readonly style: Style;
  readonly explode: boolean;
  /** The value is a document. */
  readonly content?: 'json' | 'text';
  readonly allowEmpty?: boolean;
  readonly default?: unknown;
}

export interface BodyContract {
  readonly required: boolean;
  /** Largest body in bytes. */
  readonly limit: number;
  readonly contents: readonly ContentContract[];
}
export interface ContentContract {
  /** Lower case; may end in a wildcard: `image/*`. */
  readonly mediaType: string;
  readonly read: ReadContent;
  readonly validate?: Validate;
  /** The fields of a form or multipart body, by name. */
  readonly fields?: readonly FieldContract[];
  /** What fields become that are not listed. */
  readonly rest?: Shape;
}
/** Makes a value of a body, which the gateway handed over as text or as bytes. */
export type ReadContent = (body: Uint8Array | string, content: ContentContract, contentType: string) => { readonly value: unknown } | { readonly violations: readonly Violation[] };
export interface FieldContract {
  readonly name: string;
  readonly as: 'text' | 'json' | 'file';
  readonly shape: Shape;
  readonly style?: Style;
  readonly explode?: boolean;
}

export interface ResponseContract {
  /** A status, or a range of them (`[400, 499]`); `default` is all from 100 to 599. */
  readonly status: number | readonly [from: number, to: number];
  readonly contents: readonly { readonly mediaType: string; readonly kind: 'json' | 'form' | 'multipart' | 'text' | 'binary' }[];
  readonly headers: readonly { readonly name: string; readonly required: boolean; readonly shape: Shape; readonly explode: boolean }[];
}

export interface ResourceContract { readonly name: string; readonly kind: string; readonly variable: string }

/** Names in lower case; a trailing `*` in `remove` means a prefix. */
export interface HeaderEdits {
  readonly remove: readonly string[];
  readonly set: readonly (readonly [name: string, value: string | Source])[];
}

/** What a header is set to from the request. */
export type Source =
  | { readonly kind: 'context'; readonly name: string }
  | { readonly kind: 'parameter'; readonly in: 'path' | 'query' | 'header' | 'cookie'; readonly name: string }
  | { readonly kind: 'auth'; readonly path: readonly string[] }
  | { readonly kind: 'stage'; readonly name: string }
  | { readonly kind: 'body'; readonly pointer: readonly string[] }
  /** What the compiler's own code has to answer. */
  | { readonly kind: 'response'; readonly pointer: readonly string[] }
  | { readonly kind: 'method' } | { readonly kind: 'url' } | { readonly kind: 'status' };

/** Any JSON value with expressions in it. */
export type Template =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'value'; readonly source: Source }
  | { readonly kind: 'text'; readonly parts: readonly (string | Source)[] }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [name: string, value: Template])[] };

export interface EnvelopeContract {
  readonly mediaType: string;
  readonly fields: readonly { readonly name: string; readonly value: EnvelopeValue }[];
}
export type EnvelopeValue =
  | { readonly kind: 'status' | 'title' | 'detail' | 'type' | 'code' | 'request-id' | 'errors' | 'instance' | 'status-text' }
  | { readonly kind: 'literal'; readonly value: unknown };

export interface CorsContract {
  readonly origins: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
}

/** A compiled validator: answers whether the value is valid, and leaves what is wrong in `errors`. */
export interface Validate {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}
export interface SchemaError {
  /** JSON Pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}
