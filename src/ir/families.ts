import type { Api, Operation } from './index.js';

/** The segments that all paths begin with and none ends in, as `/v1`: they tell no operation from another. */
const prefixOf = (paths: readonly (readonly string[])[]): number => {
  const [one = []] = paths;
  const shared = one.findIndex((segment, index) => paths.some((segments) => segments.length <= index + 1 || segments[index] !== segment));
  return shared === -1 ? 0 : shared;
};

/**
 * Operations by what may say something of one another, in the order of the API: those below one first segment of the path, those that
 * links lead to, versions of each other, those that report on another's work, and whatever hangs together by several of these.
 */
export const families = ({ operations }: Api): ReadonlyMap<Operation, readonly Operation[]> => {
  const above = new Map<unknown, unknown>();
  const headOf = (one: unknown): unknown => {
    let head = one;
    for (let next = above.get(head); next !== undefined; next = above.get(head)) head = next;
    if (head !== one) above.set(one, head);
    return head;
  };
  const join = (one: unknown, other: unknown): void => {
    const [a, b] = [headOf(one), headOf(other)];
    if (other !== undefined && a !== b) above.set(a, b);
  };
  const paths = [...operations.values()].map(({ path }) => path.text.split('/').slice(1));
  const prefix = prefixOf(paths);
  for (const [index, operation] of [...operations.values()].entries()) {
    const { links, policy, integration } = operation;
    const first = paths[index]?.[prefix] ?? '';
    // What stands at the root makes what the first variable names.
    join(operation, first.startsWith('{') ? '' : first);
    for (const link of links) join(operation, operations.get(link.operation));
    join(operation, operations.get(policy.version?.replacedBy ?? ''));
    join(operation, operations.get((integration.flow.kind === 'accept' ? integration.flow.status : undefined) ?? ''));
  }
  const members = new Map<unknown, Operation[]>();
  for (const operation of operations.values()) {
    const head = headOf(operation);
    const family = members.get(head);
    if (family) family.push(operation);
    else members.set(head, [operation]);
  }
  return new Map([...operations.values()].map((operation) => [operation, members.get(headOf(operation)) ?? []]));
};
