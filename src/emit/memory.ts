import { same } from '../base/same.js';
import type { Api } from '../ir/index.js';
import { Seen } from './seen.js';

/** Answers what `make` gave the last time, where each value of `of` is the very same. `make` may depend on those, and on all of the API but its operations. */
export type Keep = <Value>(key: string, of: readonly unknown[], make: () => Value) => Value;

/** For a build that no other follows. */
export const keepNothing: Keep = (_, __, make) => make();

interface Kept { readonly of: readonly unknown[]; readonly value: unknown; readonly build: number }

/**
 * What one build leaves to the next of the same document, in the same process. An operation that says what it said before is
 * the same object as before, so that whoever made something from it sees that by identity. With anything else of the API,
 * named schemas among it, all is forgotten.
 */
export class Memory {
  #api: Api | undefined;
  #surroundings: unknown;
  #kept = new Map<string, Kept>();
  #build = 0;
  /** What was seen of the output folder. */
  readonly seen = new Seen();

  /** The API, with what it is made of as it was in the last one where that is like it. `surroundings`: what else files depend on. */
  share(api: Api, surroundings: unknown): Api {
    const before = this.#api;
    const alike = before !== undefined && same([restOf(before), this.#surroundings], [restOf(api), surroundings]);
    if (!alike) this.#kept.clear();
    for (const [key, { build }] of this.#kept) if (build < this.#build) this.#kept.delete(key);
    this.#build++;
    this.#surroundings = surroundings;
    this.#api = alike ? { ...api, ...restOf(before), operations: new Map([...api.operations].map(([id, operation]) => {
      const was = before.operations.get(id);
      return [id, was && same(was, operation) ? was : operation];
    })) } : api;
    return this.#api;
  }

  readonly keep: Keep = <Value>(key: string, of: readonly unknown[], make: () => Value): Value => {
    const before = this.#kept.get(key);
    const still = before?.of.length === of.length && before.of.every((value, index) => value === of[index]);
    // A key is always asked for with the same `make`.
    const value = still ? (before?.value as Value) : make();
    this.#kept.set(key, { of, value, build: this.#build });
    return value;
  };
}

/** All of an API but its operations and what is made from them; nothing that is kept depends on the latter. */
const restOf = ({ operations: _operations, functions: _functions, workers: _workers, features: _features, publicDocument: _published, ...rest }: Api): Omit<Api, 'operations' | 'functions' | 'workers' | 'features' | 'publicDocument'> => rest;
