import type { Json } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { Schema } from './schema.js';

/** What a runtime expression takes its value from. `pointer` is a list of unescaped reference tokens. */
export type Source =
  | { readonly kind: 'body'; readonly of: 'request' | 'response'; readonly pointer: readonly string[] }
  | { readonly kind: 'parameter'; readonly in: 'path' | 'query' | 'header' | 'cookie'; readonly name: string }
  | { readonly kind: 'response-header'; readonly name: string }
  | { readonly kind: 'method' } | { readonly kind: 'url' } | { readonly kind: 'status' }
  | { readonly kind: 'context'; readonly name: 'requestId' | 'stage' | 'sourceIp' | 'time' | 'epochMs' | 'domain' | 'userAgent' }
  | { readonly kind: 'auth'; readonly path: readonly string[] }
  | { readonly kind: 'stage'; readonly name: string };

/** One checked expression: where its value comes from, the schema it has there, and whether it can be absent. */
export interface Expression {
  readonly origin: Origin;
  /** As the author wrote it, for comments and messages. */
  readonly text: string;
  readonly source: Source;
  /** Absent where nothing is known of the value (an undeclared claim, a free-form body). */
  readonly schema?: Schema;
  readonly optional: boolean;
}

/** Any JSON value with expressions in it. */
export type Template =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Template])[] };
