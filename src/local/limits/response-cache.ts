import { LRUCache } from 'lru-cache';
import type { WireAnswer } from '../exchange.js';

/** Bytes of one answer at the most (API Gateway developer guide, caching). */
const largest = 1_048_576;
/** Bytes of all answers that are kept at once. */
const mostBytes = 64 * 1024 * 1024;
/** Bytes that an answer takes beside its texts. Small answers would else fill a heap many times as large. */
const keptBytes = 512;

/** What a key leads to: an answer that is kept, one that another request is waiting for, or nothing, and then whoever asked brings it. */
export type Found =
  | { readonly kind: 'hit'; readonly answer: WireAnswer }
  | { readonly kind: 'flight'; readonly answer: Promise<WireAnswer | undefined> }
  | { readonly kind: 'miss'; readonly bring: (answer: WireAnswer) => void };

/** Answers by their key, for a time. However many ask for one at once, one request is on its way for it. */
export class ResponseCache {
  readonly #kept = new LRUCache<string, { readonly answer: WireAnswer; readonly until: number }>({ maxSize: mostBytes, sizeCalculation: ({ answer: { headers, body } }, key) => keptBytes + key.length + headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0) + sizeOf({ body }) });
  readonly #flights = new Map<string, Promise<WireAnswer | undefined>>();

  constructor(private readonly ttlMs: number) {}

  find(key: string, now: () => number): Found {
    const kept = this.#kept.get(key);
    if (kept && now() < kept.until) return { kind: 'hit', answer: kept.answer };
    const flight = this.#flights.get(key);
    if (flight) return { kind: 'flight', answer: flight };
    let land = (_: WireAnswer | undefined): void => undefined;
    const begun = new Promise<WireAnswer | undefined>((resolve) => { land = resolve; });
    this.#flights.set(key, begun);
    return {
      kind: 'miss',
      bring: (answer) => {
        const keeps = answer.status === 200 && sizeOf(answer) <= largest;
        // A reset in between has forgotten the flight, and what it brings is from before.
        if (this.#flights.get(key) === begun) {
          this.#flights.delete(key);
          if (keeps) this.#kept.set(key, { answer, until: now() + this.ttlMs });
        }
        land(keeps ? answer : undefined);
      },
    };
  }

  forget(key: string): void { this.#kept.delete(key); }

  clear(): void {
    this.#kept.clear();
    this.#flights.clear();
  }

  get state(): { readonly answers: number; readonly bytes: number } { return { answers: this.#kept.size, bytes: this.#kept.calculatedSize }; }
}

const sizeOf = ({ body }: Pick<WireAnswer, 'body'>): number => (typeof body === 'string' ? Buffer.byteLength(body) : body.length);
