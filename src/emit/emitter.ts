import type { Origin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import type { AnyFactory } from '../diagnostics/define.js';
import type { Api } from '../ir/index.js';
import type { Capabilities } from './capability.js';
import type { Keep } from './memory.js';

/** Who owns a file: the compiler, which may replace it, or the developer, for whom it is written once. */
export type Ownership = 'generated' | 'scaffold';

export interface OutputFile {
  /** Relative to the output folder, forward slashes, no `.` or `..` (checked in the plan). */
  readonly path: string;
  readonly ownership: Ownership;
  readonly content: string;
  /** What of the document it was made from; an orphan is explained by it. */
  readonly origin?: Origin;
  /**
   * For a scaffold: what the developer's code must agree with, part by part, in words of the document
   * (`query.limit` → `integer, optional`). A change of it is told at the next build.
   */
  readonly signature?: Readonly<Record<string, string>>;
}

/** What an emitter may know besides the IR: all of it values, decided before it runs. */
export interface EmitContext {
  /** How the document is called in comments: `specs/orders.yaml`. */
  readonly specName: string;
  /** A place of the document as comments name it, the same from whatever folder the command runs and in whichever file that part is kept: `orders.yaml#/paths/~1orders/get`. */
  readonly label: (origin: Origin) => string;
  readonly report: Report;
  /** Sources of the runtime that generated code imports, by file name: `http.ts` → text. */
  readonly runtime: ReadonlyMap<string, string>;
  /** Sources that generated contract tests import, by file name. */
  readonly suite: ReadonlyMap<string, string>;
  /** The targets of this run, by name: an emitter may leave out what only another one needs. */
  readonly targets: readonly string[];
  /** For what takes long and is made from a few operations: made once while they stay as they are, where one build follows another. Nothing that is kept reports. */
  readonly keep: Keep;
}

/**
 * A generator: a pure function from the IR to files. No disk, no clock, no environment; no foreign text put into code
 * but through the printer of the language it lands in. This is also the contract for third parties (`--target ./mine.js`,
 * default export).
 */
export interface Emitter {
  readonly name: string;
  /** One line for `gatewright targets`. */
  readonly summary: string;
  /** `always`: part of every build. `target`: chosen with `--target`. */
  readonly runs: 'always' | 'target';
  /** What a deployment target can enforce; absent for what deploys nothing. */
  readonly capabilities?: Capabilities;
  /** The codes that it reports itself, for `explain` and for allowances. */
  readonly diagnostics?: readonly AnyFactory[];
  /** Reports what the target has in general and cannot do as this document asks for it; before anything is generated. */
  readonly judge?: (api: Api, report: Report) => void;
  /** A promise where it first loads what only it needs. */
  readonly emit: (api: Api, context: EmitContext) => Iterable<OutputFile> | Promise<Iterable<OutputFile>>;
}
