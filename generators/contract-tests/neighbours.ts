import { remember } from '../../src/base/remember.js';
import type { Api, Link, Operation } from '../../src/ir/index.js';

/** Operations by what tells which belong together, each list in the order of the API. */
export interface Neighbours {
  /** Those at a path. */
  readonly at: ReadonlyMap<string, readonly Operation[]>;
  /** Those one segment below a path. */
  readonly below: ReadonlyMap<string, readonly Operation[]>;
  /** The links that lead to an operation, by its id, each with the operation whose answer has it. */
  readonly links: ReadonlyMap<string, readonly (readonly [from: Operation, link: Link])[]>;
}

export const neighbours = remember((api: Api): Neighbours => {
  const operations = [...api.operations.values()];
  return {
    at: grouped(operations, ({ path }) => path.text),
    below: grouped(operations, ({ path }) => path.text.slice(0, path.text.lastIndexOf('/'))),
    links: grouped(operations.flatMap((from) => from.links.map((link) => [from, link] as const)), ([, link]) => link.operation),
  };
});

/** The operation of a path and a method. */
export const operationAt = (api: Api, path: string, method: Operation['method']): Operation | undefined => neighbours(api).at.get(path)?.find((operation) => operation.method === method);

const grouped = <Key, Value>(values: readonly Value[], keyOf: (value: Value) => Key): ReadonlyMap<Key, readonly Value[]> => {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
};
