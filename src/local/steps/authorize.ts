import { accessOf, type Access } from '../../../generators/kit/aws/access.js';
import type { Operation, SecurityScheme } from '../../ir/index.js';
import { bySignature, byToken, type Admit } from '../auth/admit.js';
import { byFunction, byGuard } from '../auth/functions.js';
import { tokenCheck } from '../auth/policies.js';
import { headerOf, type WireRequest } from '../exchange.js';
import type { Caller, MakeStep, Passage, Site } from '../passage.js';
import type { GatewayErrorType } from '../refusals.js';
import type { Shown } from '../tls.js';

/** Who may pass: by the very decision that the target is deployed with. */
export const authorize: MakeStep = (site, { operation }) => {
  const access = accessOf(site.api, operation);
  const admit = admitter(site, operation, access.authorizer);
  const certified = asksCertificate(site, operation);
  if (!admit && !access.apiKey && !certified) return undefined;
  const refuse = (passage: Passage, type: GatewayErrorType, outcome: string, note?: string) => ({ outcome, answer: site.refuse(type, passage.id), ...(note === undefined ? {} : { note }) });
  return async (passage) => {
    const shown = certified ? passage.request.shown ?? stoodIn(passage.request) : undefined;
    if (shown && 'why' in shown) return refuse(passage, 'ACCESS_DENIED', 'no certificate', shown.why);
    const admission = admit ? await admit(passage) : {};
    if ('refused' in admission) {
      const { refused, why, headers, note } = admission;
      return { outcome: why, answer: site.refuse(refused, passage.id, headers ? { headers } : {}), ...(note === undefined ? {} : { note }) };
    }
    const key: Pick<Caller, 'apiKeyId' | 'plan'> | undefined = access.apiKey ? keyOf(site, passage) : {};
    if (!key) return refuse(passage, 'INVALID_API_KEY', 'no known key');
    passage.caller = { ...shown, ...key, ...admission };
    return { outcome: admission.remembered ? 'allowed, as before' : admission.auth?.principalId ?? key.apiKeyId ?? shown?.certificate.subjectDN ?? 'allowed' };
  };
};

/** Stands in for a client certificate where no handshake asks for one: its subject. */
const certificateHeader = 'x-gatewright-client-certificate';

const stoodIn = ({ headers }: WireRequest): Shown => {
  const subjectDN = headerOf(headers, certificateHeader);
  return subjectDN === undefined ? { why: `nothing in \`${certificateHeader}\` stands in for a certificate` } : { certificate: { subjectDN } };
};

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
