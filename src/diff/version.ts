import { written, type Origin } from '../base/origin.js';
import type { BoundApi } from '../bind/bind.js';
import type { Api, Operation } from '../ir/index.js';
import { Facts } from '../language/bound.js';

/** One version of an API: what it means, and where each value of its policy was said. */
export interface Version { readonly api: Api; readonly bound: BoundApi }

/** Both versions of one thing. */
export interface Both<T> { readonly was: T; readonly now: T }

const follow = (facts: Facts, keys: readonly string[]): Origin => {
  let here = facts;
  for (const [index, key] of keys.entries()) {
    const inner = here.map(key);
    if (!inner || index === keys.length - 1) return here.where(key);
    here = inner;
  }
  return here.origin;
};

/** Where a value of an operation's policy was said; the operation where nobody did. */
export const policyPlace = ({ bound }: Version, operation: Operation, ...keys: readonly string[]): Origin => {
  const policy = bound.operations.get(operation.id);
  return written(policy ? follow(new Facts(policy), keys) : operation.origin, operation.origin);
};

/** Where a value of the gateway was said; the document where nobody did. */
export const gatewayPlace = ({ api, bound }: Version, ...keys: readonly string[]): Origin => written(follow(new Facts(bound.gateway), keys), api.origin);

/** Where a value of a scheme's check was said; the scheme where nobody did. */
export const schemePlace = ({ api, bound }: Version, name: string, ...keys: readonly string[]): Origin => {
  const check = bound.schemes.get(name);
  const origin = api.schemes.get(name)?.origin ?? api.origin;
  return written(check ? follow(new Facts(check), keys) : origin, origin);
};
