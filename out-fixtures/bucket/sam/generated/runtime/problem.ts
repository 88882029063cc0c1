/** One thing wrong with a request. */
export interface Violation {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  /** The parameter; absent for the body. */
  readonly name?: string;
  /** JSON Pointer into the parameter's value or into the body. */
  readonly pointer: string;
  /** The schema keyword that it breaks, or what else went wrong: `required`, `malformed`, `type`. */
  readonly keyword: string;
  /** For a person: `must be at least 1, is 0`. */
  readonly message: string;
}

/** An answer in the error envelope, decided before or instead of the handler's. */
export class Problem {
  constructor(
    readonly status: number,
    /** Stable, for programs: `validation`, `not-found`, the name of a domain error. */
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly Violation[] = [],
    readonly headers: readonly (readonly [name: string, value: string])[] = [],
  ) {}
}

/**
 * Base of the errors that a handler throws on purpose: the document maps each, by its `name`, to a status, and the
 * message is told to the caller. Subclasses state `name`, since the name of a class does not survive minification.
 */
export abstract class DomainError extends Error {
  abstract override readonly name: string;
}
