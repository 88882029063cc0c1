import type { Json } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import { sortBy } from '../base/order.js';
import type { Bound, Level } from '../language/bound.js';
import type { BoundApi } from './bind.js';

/** One value of the outcome of the cascade: what it is, and which layer said so. */
export interface ModelRow {
  /** `gateway`, `operation getOrder` or `scheme customer`. */
  readonly subject: string;
  /** Dotted: `throttle.rate`. */
  readonly key: string;
  /** `null`: removed by that layer. */
  readonly value: Json;
  readonly level: Level;
  readonly origin: Origin;
}

/** The outcome of the cascade, leaf by leaf, for `gatewright model`. */
export const explainModel = (bound: BoundApi): readonly ModelRow[] => [
  ...rows('gateway', bound.gateway),
  ...sortBy(bound.operations, ([id]) => id).flatMap(([id, policy]) => rows(`operation ${id}`, policy)),
  ...sortBy(bound.schemes, ([name]) => name).flatMap(([name, check]) => rows(`scheme ${name}`, check)),
];

const rows = (subject: string, bound: Bound, key = ''): readonly ModelRow[] => (bound.kind === 'leaf'
  ? [{ subject, key, value: bound.value, level: bound.level, origin: bound.origin }]
  : [...bound.entries].flatMap(([name, child]) => rows(subject, child, key === '' ? name : `${key}.${name}`)));
