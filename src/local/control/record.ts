import type { Served, Taken } from '../gateway.js';
import type { WireRequest } from '../exchange.js';

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

  add(request: WireRequest, { id, operation, steps, note, answer: { status, body } }: Served, at: number, ms: number): Recorded {
    const recorded: Recorded = { id, at, method: request.method, path: request.path, operation, status, ms, bytes: body.length, steps, note };
    this.#all[this.#next] = recorded;
    this.#next = (this.#next + 1) % most;
    return recorded;
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
