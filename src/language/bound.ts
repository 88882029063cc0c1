import { isObject, type Json } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';
import { parseDuration, parseSize } from './values.js';

/** Which layer of the cascade a value came from; the text is for people: `profile \`cheap\``, `path item`. */
export type Level = string;

/** A value of the language with its provenance. Maps are merged by key, leaves (scalars, lists, templates) replaced whole. */
export type Bound = BoundMap | BoundLeaf;
export interface BoundMap {
  readonly kind: 'map';
  readonly origin: Origin;
  readonly level: Level;
  readonly entries: ReadonlyMap<string, Bound>;
  /** One variant among several: it takes the place of another, and nothing is merged. */
  readonly whole?: boolean;
}
export interface BoundLeaf {
  readonly kind: 'leaf';
  readonly origin: Origin;
  readonly level: Level;
  /** `null`: removed here. */
  readonly value: Json;
  /** What was written is wrong and was reported; nobody should miss it too. */
  readonly faulty?: boolean;
}

/** One item of a list, or one entry of a map, with its place. */
export interface Item { readonly value: Json; readonly origin: Origin }

/**
 * A typed reader over bound values. They were checked against their shapes when they were read, so what is missing, was
 * removed or has the wrong type is simply absent here: it was reported where it was written.
 */
export class Facts {
  constructor(readonly bound: BoundMap) {}

  get origin(): Origin { return this.bound.origin; }

  raw(key: string): Bound | undefined {
    const found = this.bound.entries.get(key);
    return found?.kind === 'leaf' && found.value === null ? undefined : found;
  }
  has(key: string): boolean { return this.raw(key) !== undefined; }
  /** Whether what was written for a key was wrong, and reported: what comes of its absence is no other fault. */
  isFaulty(key: string): boolean {
    const found = this.bound.entries.get(key);
    return found?.kind === 'leaf' && found.faulty === true;
  }
  /** Where a key was written, or this map where it was not. */
  where(key: string): Origin { return this.raw(key)?.origin ?? this.origin; }
  level(key: string): Level | undefined { return this.raw(key)?.level; }

  value(key: string): Json | undefined {
    const found = this.raw(key);
    return found?.kind === 'leaf' ? found.value : undefined;
  }
  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }
  number(key: string): number | undefined {
    const value = this.value(key);
    return typeof value === 'number' ? value : undefined;
  }
  boolean(key: string): boolean | undefined {
    const value = this.value(key);
    return typeof value === 'boolean' ? value : undefined;
  }
  /** In milliseconds. */
  duration(key: string): number | undefined {
    const value = this.text(key);
    return value === undefined ? undefined : parseDuration(value);
  }
  /** In bytes. */
  size(key: string): number | undefined {
    const value = this.text(key);
    return value === undefined ? undefined : parseSize(value);
  }
  choice<const T extends string>(key: string, values: readonly T[]): T | undefined {
    const value = this.text(key);
    return values.find((each) => each === value);
  }
  items(key: string): readonly Item[] {
    const found = this.raw(key);
    if (found?.kind !== 'leaf' || !Array.isArray(found.value)) return [];
    return found.value.map((value: Json, index) => ({ value, origin: at(found.origin, index) }));
  }
  texts(key: string): readonly string[] {
    return this.items(key).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  }
  map(key: string): Facts | undefined {
    const found = this.raw(key);
    return found?.kind === 'map' ? new Facts(found) : undefined;
  }
  /** The present keys of this map, in code-unit order (they were read so). */
  keys(): readonly string[] { return [...this.bound.entries.keys()].filter((key) => this.has(key)); }
  /** The children that are maps. */
  maps(): readonly (readonly [string, Facts])[] {
    return this.keys().flatMap((key) => {
      const child = this.map(key);
      return child ? [[key, child] as const] : [];
    });
  }
}

/** A plain JSON view of a bound value. */
export const plain = (bound: Bound): Json => {
  if (bound.kind === 'leaf') return bound.value;
  return Object.fromEntries([...bound.entries].map(([key, child]) => [key, plain(child)]));
};

/** The entries of a JSON object with their places. */
export const entriesOf = (item: Item): readonly (readonly [string, Item])[] =>
  isObject(item.value) ? Object.entries(item.value).map(([key, value]) => [key, { value, origin: at(item.origin, key) }] as const) : [];

export const emptyMap = (origin: Origin, level: Level): BoundMap => ({ kind: 'map', origin, level, entries: new Map() });
