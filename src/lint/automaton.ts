import type { CharSet } from 'refa';

/**
 * Part of a pattern: at which positions it may begin and end, each with the number of ways; whether it may be empty; and,
 * of what may end it or leave it empty, what does so without anything being checked of the text.
 */
export interface Fragment {
  readonly first: Ways;
  readonly last: Ways;
  readonly empty: boolean;
  readonly free: { readonly last: ReadonlySet<number>; readonly empty: boolean };
}
type Ways = ReadonlyMap<number, number>;

const together = (...all: readonly Ways[]): Ways => {
  const sum = new Map<number, number>();
  for (const ways of all) for (const [position, count] of ways) sum.set(position, Math.min(2, (sum.get(position) ?? 0) + count));
  return sum;
};

/**
 * The automaton of Glushkov: a state for each character of a pattern, and a step for each way from one to the next
 * (V. M. Glushkov, "The abstract theory of automata", 1961). It has no empty steps, so ways can be counted.
 */
export class Automaton {
  readonly #sets: CharSet[] = [];
  readonly #follow: Map<number, number>[] = [];
  #ends: ReadonlySet<number> = new Set();

  constructor(readonly most: number) {}

  /** Whether there are more positions than anybody wants to look at. */
  get isFull(): boolean { return this.#sets.length > this.most; }

  position(set: CharSet): Fragment {
    const here = this.#sets.push(set) - 1;
    this.#follow.push(new Map());
    const ways = new Map([[here, 1]]);
    return { first: ways, last: ways, empty: false, free: { last: new Set([here]), empty: false } };
  }

  /** Something that takes no character and may fail. */
  check(): Fragment { return { first: new Map(), last: new Map(), empty: true, free: { last: new Set(), empty: false } }; }

  either(all: readonly Fragment[]): Fragment {
    return {
      first: together(...all.map(({ first }) => first)), last: together(...all.map(({ last }) => last)), empty: all.some(({ empty }) => empty),
      free: { last: new Set(all.flatMap(({ free }) => [...free.last])), empty: all.some(({ free }) => free.empty) },
    };
  }

  inTurn(all: readonly Fragment[]): Fragment {
    return all.reduce<Fragment>((one, other) => {
      this.#step(one.last, other.first);
      return {
        first: one.empty ? together(one.first, other.first) : one.first,
        last: other.empty ? together(one.last, other.last) : other.last,
        empty: one.empty && other.empty,
        free: { last: new Set([...other.free.last, ...(other.free.empty ? one.free.last : [])]), empty: one.free.empty && other.free.empty },
      };
    }, { first: new Map(), last: new Map(), empty: true, free: { last: new Set(), empty: true } });
  }

  maybe(one: Fragment): Fragment { return { ...one, empty: true, free: { ...one.free, empty: true } }; }

  again(one: Fragment): Fragment {
    this.#step(one.last, one.first);
    return one;
  }

  /** Says what the whole is. */
  finish({ free }: Fragment): this {
    this.#ends = free.last;
    return this;
  }

  #step(from: Ways, to: Ways): void {
    for (const [position, ways] of from) {
      const follow = this.#follow[position] as Map<number, number>;
      for (const [next, others] of to) follow.set(next, Math.min(2, (follow.get(next) ?? 0) + ways * others));
    }
  }

  get size(): number { return this.#sets.length; }
  /** The steps from a position, each with the number of ways (2 stands for more). */
  from(position: number): ReadonlyMap<number, number> { return this.#follow[position] ?? new Map(); }
  /** Whether one character fits both positions. */
  meet(one: number, other: number): boolean { return !(this.#sets[one] as CharSet).isDisjointWith(this.#sets[other] as CharSet); }
  /** Whether the pattern may end here, whatever comes. */
  isEnd(position: number): boolean { return this.#ends.has(position); }
}
