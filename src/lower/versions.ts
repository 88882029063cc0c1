import type { Grant, Operation } from '../ir/index.js';
import { datedRoute, upgradesTo } from '../ir/versions.js';
import type { Served } from './functions.js';

/** An older version does its work by the code of the newest, with what that is granted; so does a route that answers older ones with theirs. */
export const shareGrants = (served: readonly Served[]): readonly Served[] => {
  const operations = new Map(served.map(({ operation }) => [operation.id, operation]));
  return served.map((one) => {
    const { operation } = one;
    const others = [...upgradesTo(operations, operation), ...(datedRoute(operations, operation)?.older ?? []).map((older) => older.operation)];
    if (others.length === 0) return one;
    const uses = distinct([operation, ...others].flatMap(({ policy }) => policy.uses));
    return { ...one, operation: { ...operation, policy: { ...operation.policy, uses } } satisfies Operation };
  });
};

const distinct = (grants: readonly Grant[]): readonly Grant[] =>
  [...new Map(grants.map((grant) => [[grant.resource, grant.access, grant.keys ?? ''].join(' '), grant])).values()];
