/** How fast requests may come: so many a second, and so many at once. */
export interface Rate { readonly rate: number; readonly burst: number }

/**
 * A token bucket. What it holds is counted in thousandths of a token, of which a rate gives that many each millisecond, so that whole
 * rates are exact.
 */
export class Bucket {
  #held: number;

  constructor(private readonly limit: Rate, private at: number) {
    this.#held = limit.burst * 1000;
  }

  /** Takes one token, if there is one. A clock that went back gives nothing, and takes nothing away. */
  take(now: number): boolean {
    this.#refill(now);
    if (this.#held < 1000 - rounding) return false;
    this.#held = Math.max(0, this.#held - 1000);
    return true;
  }

  /** Whole tokens that are there now. */
  left(now: number): number {
    this.#refill(now);
    return Math.floor((this.#held + rounding) / 1000);
  }

  #refill(now: number): void {
    if (now > this.at) this.#held = Math.min(this.limit.burst * 1000, this.#held + (now - this.at) * this.limit.rate);
    this.at = now;
  }
}
/** Rates that are no whole numbers add up to a hair less than they should. */
const rounding = 1e-6;
