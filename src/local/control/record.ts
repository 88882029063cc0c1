import type { Taken } from '../passage.js';

/** A request that was served, for the log, the page and tests. */
export interface Recorded {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
  readonly status: number;
  readonly ms: number;
  readonly bytes: number;
  readonly steps: readonly Taken[];
  readonly note?: string | undefined;
}

/** How many requests are remembered. */
const most = 200;

export class Records {
  readonly #all: Recorded[] = [];
  #next = 0;

  add(recorded: Recorded): void {
    this.#all[this.#next] = recorded;
    this.#next = (this.#next + 1) % most;
  }

  /** The latest first. */
  list(): readonly Recorded[] {
    return [...this.#all.slice(this.#next), ...this.#all.slice(0, this.#next)].reverse();
  }

  clear(): void {
    this.#all.length = 0;
    this.#next = 0;
  }
}
