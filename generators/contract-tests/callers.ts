import type { Api, Operation, SecurityScheme } from '../../src/ir/index.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Showing } from '../../src/suite/plan.js';
import { accessOf } from '../kit/aws/access.js';

const checks: Readonly<Record<NonNullable<SecurityScheme['check']>['kind'], Showing['check']>> = {
  jwt: 'token', 'user-pool': 'token', introspection: 'token', function: 'code', plans: 'plan', iam: 'signature', 'client-certificate': 'certificate',
};

/** For how long a function's word is believed, where it alone decides. */
const believedOf = (api: Api, operation: Operation, name: string): number | undefined => {
  const { authorizer } = accessOf(api, operation);
  return authorizer.kind === 'scheme' && authorizer.scheme.name === name && authorizer.scheme.check?.kind === 'function' ? authorizer.scheme.check.cacheTtlSeconds : undefined;
};

const showing = ({ name, credential, check, origin }: SecurityScheme, scopes: readonly string[], believed: number | undefined, label: EmitContext['label']): Showing => ({
  scheme: name,
  ...(credential.kind === 'api-key' ? { as: 'key', in: credential.in, name: credential.in === 'header' ? credential.name.toLowerCase() : credential.name }
    : { as: credential.kind === 'bearer' ? 'bearer' : credential.kind === 'basic' ? 'basic' : 'other' }),
  scopes,
  check: check ? checks[check.kind] : 'nobody',
  ...(believed === undefined ? {} : { believed }),
  at: label(origin),
});

/** What callers of an operation show, by alternative. */
export const callersOf = (api: Api, operation: Operation, { label }: EmitContext): readonly (readonly Showing[])[] => operation.security.map(({ all }) => all.flatMap(({ scheme, scopes }) => {
  const found = api.schemes.get(scheme);
  return found ? [showing(found, scopes, believedOf(api, operation, found.name), label)] : [];
}));
