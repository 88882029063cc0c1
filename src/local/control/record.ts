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

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
/** A place for a request, which is written over by later ones. */
interface Place extends Writable<Omit<Recorded, 'steps'>> { steps: Writable<Taken>[] }

/** The latest requests, copied: each that was kept as it came would be moved by the next collection of garbage, at half of what collections cost under load. */
export class Records {
  readonly #all: Place[] = [];
  #next = 0;

  add({ id, at, method, path, operation, status, ms, bytes, steps, note }: Recorded): void {
    const place = this.#all[this.#next] ??= { id, at, method, path, operation, status, ms, bytes, steps: [], note };
    this.#next = (this.#next + 1) % most;
    place.id = id;
    place.at = at;
    place.method = method;
    place.path = path;
    place.operation = operation;
    place.status = status;
    place.ms = ms;
    place.bytes = bytes;
    place.note = note;
    if (place.steps.length > steps.length) place.steps.length = steps.length;
    for (let index = 0; index < steps.length; index++) {
      const { step, outcome, ms: took } = steps[index] as Taken;
      const taken = place.steps[index] ??= { step, outcome, ms: took };
      taken.step = step;
      taken.outcome = outcome;
      taken.ms = took;
    }
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
