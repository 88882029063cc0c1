import { at, type Origin } from '../base/origin.js';

type Path = readonly (string | number)[];

/** Where the values of a document were written, while overlays change it. What has no entry stands where it was written. */
export class OriginMap {
  readonly #file: string;
  readonly #entries = new Map<string, Origin>();

  constructor(file: string) { this.#file = file; }

  get entries(): ReadonlyMap<string, Origin> { return this.#entries; }

  /** A value, with all below it, was put there from elsewhere. */
  set(path: Path, from: Origin): void {
    this.forget(path);
    this.#entries.set(this.#key(path), from);
  }

  forget(path: Path): void {
    const key = this.#key(path);
    for (const known of this.#entries.keys()) if (known === key || known.startsWith(`${key}/`)) this.#entries.delete(known);
  }

  /** The items behind a removed one move up, and stay where they were written. */
  removeItem(list: Path, index: number, length: number): void {
    this.forget([...list, index]);
    for (let next = index + 1; next < length; next++) {
      const from = this.#key([...list, next]);
      const to = this.#key([...list, next - 1]);
      const below = [...this.#entries].filter(([known]) => known.startsWith(`${from}/`));
      const own = this.#entries.get(from) ?? at({ file: this.#file, pointer: '' }, ...list, next);
      this.forget([...list, next]);
      this.#entries.set(to, own);
      for (const [known, origin] of below) this.#entries.set(to + known.slice(from.length), origin);
    }
  }

  #key(path: Path): string {
    return `${this.#file}#${at({ file: '', pointer: '' }, ...path).pointer}`;
  }
}
