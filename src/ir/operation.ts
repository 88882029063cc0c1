import type { Json } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { Source, Template } from './expression.js';
import type { Integration, StatusRange } from './integration.js';
import type { Policy } from './policy.js';
import type { Schema } from './schema.js';
import type { Requirement } from './security.js';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE';

export interface Operation {
  readonly origin: Origin;
  /** A legal identifier in camelCase, unique regardless of case: `getOrder`. Key of `Api.operations`. */
  readonly id: string;
  /** Name of its files: `get-order`. */
  readonly fileName: string;
  readonly method: Method;
  readonly path: PathTemplate;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** The path item's and the operation's own, merged; by place, then by name. */
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
  readonly responses: readonly Response[];
  readonly links: readonly Link[];
  /** Alternatives; each must be met whole. Empty: open to everyone. */
  readonly security: readonly Requirement[];
  /** Whether the document says who may call, be it `security: []`. */
  readonly securityStated: boolean;
  readonly integration: Integration;
  readonly policy: Policy;
  readonly callbacks: readonly Callback[];
}

export interface PathTemplate {
  /** `/orders/{orderId}`, as written, without a trailing slash (but for the root). */
  readonly text: string;
  readonly segments: readonly Segment[];
}
/** A part between slashes: literal text, one variable, or (`report.{format}`) several pieces in one. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly greedy: boolean }
  | { readonly kind: 'mixed'; readonly parts: readonly ({ readonly text: string } | { readonly name: string })[] };

export type Style = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

export interface Parameter {
  readonly origin: Origin;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  /** As written; header names are compared without regard to case. */
  readonly name: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description?: string;
  /** How its value is written, or (`content`) that it is a document of that media type. */
  readonly encoding:
    | { readonly kind: 'style'; readonly style: Style; readonly explode: boolean; readonly allowReserved: boolean; readonly allowEmptyValue: boolean }
    | { readonly kind: 'content'; readonly mediaType: string };
  readonly schema: Schema;
}

export interface Body {
  readonly origin: Origin;
  readonly required: boolean;
  readonly description?: string;
  /** At least one. */
  readonly contents: readonly Content[];
}

/** What the bytes of a media type mean to code. */
export type ContentKind = 'json' | 'form' | 'multipart' | 'text' | 'binary';

export interface Content {
  readonly origin: Origin;
  /** Lower case, as declared: `application/json`, `image/*`. */
  readonly mediaType: string;
  readonly kind: ContentKind;
  readonly schema?: Schema;
  /** Per property of a form or multipart body, where declared. */
  readonly encoding: ReadonlyMap<string, FieldEncoding>;
  readonly examples: readonly Example[];
}
export interface FieldEncoding {
  readonly contentType?: string;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}
export interface Example { readonly name: string; readonly summary?: string; readonly value: Json }

export interface Response {
  readonly origin: Origin;
  readonly status: StatusRange;
  readonly description: string;
  readonly headers: readonly ResponseHeader[];
  readonly contents: readonly Content[];
}
export interface ResponseHeader {
  readonly origin: Origin;
  readonly name: string;
  readonly required: boolean;
  readonly description?: string;
  readonly explode: boolean;
  readonly schema: Schema;
}

/** What an operation's answer gives to another operation. */
export interface Link {
  readonly origin: Origin;
  readonly name: string;
  /** Key of `Api.operations`. */
  readonly operation: string;
  readonly parameters: readonly { readonly name: string; readonly source: Source }[];
}

/** A request that the API makes: an expression for its URL, and what it sends. */
export interface Callback {
  readonly origin: Origin;
  readonly name: string;
  /** As the document has it. */
  readonly url: string;
  /** The same, checked; absent where no sender is made. */
  readonly address?: Template;
  readonly method: Method;
  readonly body?: Body;
}
