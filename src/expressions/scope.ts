import type { Report } from '../diagnostics/collect.js';
import type { NamedSchema, Operation } from '../ir/index.js';

/** An operation as OpenAPI alone describes it. */
export type OperationShape = Omit<Operation, 'integration' | 'policy'>;

/** What an expression is checked against. */
export interface Scope {
  readonly operation: OperationShape;
  readonly schemas: ReadonlyMap<string, NamedSchema>;
  /** Names that at least one stage gives a value. */
  readonly variables: ReadonlySet<string>;
  /** Whether there is a response to take from, and of which status. */
  readonly response: boolean;
  /** Whether the response comes from a backend whose answers the document does not describe. */
  readonly foreignResponse: boolean;
  readonly report: Report;
}
