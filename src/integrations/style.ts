import type { Origin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import type { FeatureId } from '../ir/features.js';
import type { Backend, Grant, Resource, Schema, Template } from '../ir/index.js';
import type { Facts, Item } from '../language/bound.js';
import type { ObjectShape } from '../language/shape.js';
import type { OperationShape } from '../expressions/scope.js';

/** What a style means on the axes of the IR. */
export interface Meaning {
  readonly backend: Backend;
  /** Whether the caller waits for the answer of the backend, or for its acknowledgement only. */
  readonly flow: 'wait' | 'accept';
  /** What code of the compiler's own may do for it. */
  readonly uses?: readonly Grant[];
  readonly features: readonly { readonly id: FeatureId; readonly at: Origin }[];
}

/** What a style may ask about while it is given its meaning. */
export interface StyleScope {
  readonly operation: OperationShape;
  /** Key of `Api.functions` that serves this operation, if a function does. */
  readonly function: string;
  readonly report: Report;
  /** A resource by name and kind; reports, and answers nothing, where there is none of that kind. */
  readonly resource: <K extends Resource['kind']>(name: string, kind: K, at: Origin) => Extract<Resource, { kind: K }> | undefined;
  /** The properties that a schema describes, with all that applies to the same value. */
  readonly properties: (schema: Schema) => readonly string[];
  /** Checks a value with expressions in it against this operation. */
  readonly template: (item: Item) => Template | undefined;
}

/** One integration style: a word of the language, what may stand beside it, and what it means. */
export interface Style {
  /** The key that tells it: `queue` in `{ queue: NAME }`. */
  readonly name: string;
  readonly shape: ObjectShape;
  readonly mean: (facts: Facts, scope: StyleScope) => Meaning | undefined;
}

