import type { Api, SecurityScheme } from '../../ir/index.js';
import { keysOf } from '../../runtime/jwks.js';
import { jwt, type JwtPolicy, type TokenCheck } from '../../runtime/jwt.js';
import { introspection } from '../../runtime/introspection.js';
import { secretVariable } from '../../../generators/kit/aws/guards.js';
import type { Site } from '../passage.js';

/** Who signs tokens here for schemes that name nobody themselves. */
export const localIssuer = 'urn:gatewright:local';

/** What a token made here must be, so that the scheme's check takes it. */
export const localPolicy = (api: Api, { name, check }: SecurityScheme): JwtPolicy => {
  if (check?.kind === 'jwt') {
    const { kind: _, keys: __, ...policy } = check;
    return policy;
  }
  const issuer = check?.kind === 'introspection' ? check.url : check?.kind === 'user-pool' ? `${localIssuer}:${check.pool}` : localIssuer;
  return { issuer, audience: [`${api.name}:${name}`], algorithms: ['RS256'], clockSkewSeconds: 0 };
};

/** The check of a scheme's tokens, by the runtime's own verifier: against keys made here, or those of the real issuer. */
export const tokenCheck = ({ api, clock, keyring, options }: Pick<Site, 'api' | 'clock' | 'keyring' | 'options'>, scheme: SecurityScheme): TokenCheck => {
  const { check } = scheme;
  if (options.issuerKeys === 'remote' && check?.kind === 'introspection') {
    // The secret itself stands in the variable that names it in the cloud.
    return introspection({ url: check.url, secret: secretVariable(scheme) }, clock.now, (text) => Promise.resolve(text));
  }
  const policy = localPolicy(api, scheme);
  const remote = options.issuerKeys === 'remote' && check?.kind === 'jwt';
  return jwt(policy, clock.now, remote ? keysOf({ issuer: check.issuer, ...(check.keys === undefined ? {} : { keys: check.keys }) }, clock.now) : keyring.find(policy.algorithms));
};
