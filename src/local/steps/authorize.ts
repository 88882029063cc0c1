import { accessOf, type Access } from '../../../generators/kit/aws/access.js';
import type { Operation, SecurityScheme } from '../../ir/index.js';
import { bySignature, byToken, type Admit } from '../auth/admit.js';
import { byFunction, byGuard } from '../auth/functions.js';
import { tokenCheck } from '../auth/policies.js';
import { headerOf } from '../exchange.js';
import type { Caller, MakeStep, Passage, Site } from '../passage.js';
import type { GatewayErrorType } from '../refusals.js';

/** Who may pass: by the very decision that the target is deployed with. */
export const authorize: MakeStep = (site, { operation }) => {
  const access = accessOf(site.api, operation);
  const admit = admitter(site, operation, access.authorizer);
  const certified = asksCertificate(site, operation);
  if (!admit && !access.apiKey && !certified) return undefined;
  const refuse = (passage: Passage, type: GatewayErrorType, outcome: string) => ({ outcome, answer: site.refuse(type, passage.id) });
  return async (passage) => {
    const subject = certified ? headerOf(passage.request.headers, certificateHeader) : undefined;
    if (certified && subject === undefined) return refuse(passage, 'ACCESS_DENIED', 'no certificate');
    const admission = admit ? await admit(passage) : {};
    if ('refused' in admission) {
      const { refused, why, headers, note } = admission;
      return { outcome: why, answer: site.refuse(refused, passage.id, headers ? { headers } : {}), ...(note === undefined ? {} : { note }) };
    }
    const key: Pick<Caller, 'apiKeyId' | 'plan'> | undefined = access.apiKey ? keyOf(site, passage) : {};
    if (!key) return refuse(passage, 'INVALID_API_KEY', 'no known key');
    passage.caller = { ...(subject === undefined ? {} : { subject }), ...key, ...admission };
    return { outcome: admission.remembered ? 'allowed, as before' : admission.auth?.principalId ?? key.apiKeyId ?? subject ?? 'allowed' };
  };
};

/** Stands in for a client certificate: its subject. There is no TLS on this machine to take it from. */
export const certificateHeader = 'x-gatewright-client-certificate';

/** Whether no alternative does without a client certificate. */
const asksCertificate = ({ api }: Site, { security }: Operation): boolean =>
  security.length > 0 && security.every(({ all }) => all.some(({ scheme }) => api.schemes.get(scheme)?.check?.kind === 'client-certificate'));

const admitter = (site: Site, operation: Operation, by: Access['authorizer']): Admit | undefined => {
  switch (by.kind) {
    case 'open': return undefined;
    case 'iam': return bySignature(site);
    case 'guard': return byGuard(site, operation);
    case 'scheme': return isFunction(by.scheme) ? byFunction(site, by.scheme, operation) : byToken(site, site.once(`tokens ${by.scheme.name}`, () => tokenCheck(site, by.scheme)), by.scheme.name, by.scopes);
  }
};

const isFunction = (scheme: SecurityScheme): scheme is Parameters<typeof byFunction>[1] => scheme.check?.kind === 'function';

/** The key of a usage plan, by its place on the target: one header, whatever the scheme says. */
const keyOf = ({ api, keyring }: Site, { request }: Passage): { readonly apiKeyId: string; readonly plan: string } | undefined => {
  const key = headerOf(request.headers, 'x-api-key');
  const plan = key === undefined ? undefined : keyring.planOf(key);
  const known = [...api.schemes.values()].some(({ check }) => check?.kind === 'plans' && check.plans.some(({ name }) => name === plan));
  return key === undefined || plan === undefined || !known ? undefined : { apiKeyId: key.slice(0, key.lastIndexOf('.')), plan };
};
