import type { Origin } from '../base/origin.js';

/** How much a diagnostic matters: an error stops the build, a warning does not unless denied, a note informs. */
export type Level = 'error' | 'warning' | 'note';

/** A second place that explains the first. */
export interface Related { readonly at: Origin; readonly message: string }

/** Something that is true of the input, as a value; how it looks is decided by a renderer. */
export interface Diagnostic {
  readonly code: string;
  readonly level: Level;
  readonly message: string;
  /** What to do, beginning with a verb. */
  readonly help?: string;
  readonly at: Origin;
  /** Point at the key itself rather than at its value. */
  readonly key?: boolean;
  readonly related: readonly Related[];
}

export interface Definition<P> {
  /** `group/name`; its page is `docs/diagnostics/group/name.md`. */
  readonly code: string;
  readonly level: Level;
  /** One line for lists: what the code reports. */
  readonly summary: string;
  readonly message: (params: P) => string;
  readonly help?: (params: P) => string;
  /** Point at the key itself rather than at its value. */
  readonly key?: boolean;
  /**
   * Whether a document may silence it, and a project give it another level. Unless said, warnings and notes may be and
   * errors not: an error mostly means that there is nothing to generate.
   */
  readonly allow?: boolean;
}

/** Makes a diagnostic; a missing or misspelt parameter does not compile. */
export interface Factory<P> {
  (params: P, at: Origin, related?: readonly Related[]): Diagnostic;
  readonly definition: Definition<P>;
}

/** Any factory, for lists of them. */
export type AnyFactory = { readonly definition: Pick<Definition<never>, 'code' | 'level' | 'summary' | 'allow'> };

export const defineDiagnostic = <P = Record<never, never>>(definition: Definition<P>): Factory<P> => {
  const factory = (params: P, at: Origin, related: readonly Related[] = []): Diagnostic => ({
    code: definition.code,
    level: definition.level,
    message: definition.message(params),
    ...(definition.help ? { help: definition.help(params) } : {}),
    at,
    ...(definition.key ? { key: true } : {}),
    related,
  });
  return Object.assign(factory, { definition });
};
