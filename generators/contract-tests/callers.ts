import type { Api, Operation, SecurityScheme } from '../../src/ir/index.js';
import type { EmitContext } from '../../src/emit/emitter.js';
import type { Showing } from '../../src/suite/plan.js';

const checks: Readonly<Record<NonNullable<SecurityScheme['check']>['kind'], Showing['check']>> = {
  jwt: 'token', 'user-pool': 'token', introspection: 'token', function: 'code', plans: 'plan', iam: 'signature', 'client-certificate': 'certificate',
};

const showing = ({ name, credential, check, origin }: SecurityScheme, scopes: readonly string[], label: EmitContext['label']): Showing => ({
  scheme: name,
  ...(credential.kind === 'api-key' ? { as: 'key', in: credential.in, name: credential.in === 'header' ? credential.name.toLowerCase() : credential.name }
    : { as: credential.kind === 'bearer' ? 'bearer' : credential.kind === 'basic' ? 'basic' : 'other' }),
  scopes,
  check: check ? checks[check.kind] : 'nobody',
  at: label(origin),
});

/** What callers of an operation show, by alternative. */
export const callersOf = (api: Api, { security }: Operation, { label }: EmitContext): readonly (readonly Showing[])[] => security.map(({ all }) => all.flatMap(({ scheme, scopes }) => {
  const found = api.schemes.get(scheme);
  return found ? [showing(found, scopes, label)] : [];
}));
