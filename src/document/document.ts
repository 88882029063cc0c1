import type { Json } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { Diagnostic } from '../diagnostics/define.js';

/** A file that was read: its parsed value, and its text for whoever must point into it. */
export interface SourceFile {
  /** As shown to people: relative to the folder the command ran in, with forward slashes. */
  readonly name: string;
  readonly value: Json;
  readonly text: string;
  readonly format: 'yaml' | 'json' | 'text';
}

/** Why a file that a reference names is not there. */
export type RefusedReason = 'outside-root' | 'remote' | 'missing' | 'unreadable' | 'too-large' | 'invalid' | 'too-many';

/** A file that is not there; `cause` tells more of it than the reason does. */
export interface Refusal { readonly refused: RefusedReason; readonly target: string; readonly cause?: Diagnostic }

/**
 * One loaded OpenAPI document: OpenAPI 3.0 and 3.1 as written (3.1 dialect flag beside it), overlays applied,
 * Swagger 2.0 already converted, references not yet followed.
 */
export interface Document {
  /** Name of the root file, a key of `files`. */
  readonly root: string;
  readonly dialect: '3.0' | '3.1';
  readonly files: ReadonlyMap<string, SourceFile>;
  /** `from` is the name of a file; answers the name of the file that `reference` (without its fragment) means. */
  readonly resolve: (from: string, reference: string) => { readonly file: string } | Refusal;
  /** Where an overlaid or converted value, and all below it, was really written; keyed by `file#pointer` of where it stands. */
  readonly origins?: ReadonlyMap<string, Origin>;
}
