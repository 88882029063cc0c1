import type { Diagnostic } from './define.js';

/** How a stage tells of a fault: it reports and goes on, and returns a value or nothing. */
export type Report = (diagnostic: Diagnostic) => void;

/** Gathers what a run reports, each fact once. */
export class Diagnostics {
  readonly #seen = new Set<string>();
  readonly #all: Diagnostic[] = [];

  readonly report: Report = (diagnostic) => {
    const identity = `${diagnostic.code}\n${diagnostic.at.file}\n${diagnostic.at.pointer}\n${diagnostic.message}`;
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    this.#all.push(diagnostic);
  };

  get all(): readonly Diagnostic[] { return this.#all; }
  get hasErrors(): boolean { return this.#all.some((diagnostic) => diagnostic.level === 'error'); }
}
