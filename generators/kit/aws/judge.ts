import type { Origin } from '../../../src/base/origin.js';
import { list } from '../../../src/base/text.js';
import type { Report } from '../../../src/diagnostics/collect.js';
import { unsupported } from '../../../src/emit/diagnostics.js';
import { features, type FeatureId } from '../../../src/ir/features.js';
import type { Api, Operation } from '../../../src/ir/index.js';
import { accessOf, asksForScopes, decideAccess, type Decision } from './access.js';
import { cacheKeyOf, caches, cacheSizes } from './cache.js';
import { asksCertificate, certificateSchemes } from './certificates.js';
import { clientRates, clientWindowSeconds } from './client-rates.js';
import { cacheStage, clientRate } from './diagnostics.js';
import { judgeQuotas } from './quotas.js';
import { routesOf } from './routes.js';
import { judgeServices } from './service-judge.js';
import { mostKeyThrottles } from './throttles.js';

/** Reports that a feature cannot be had at a place: why, and what to do instead. */
type Refuse = (feature: FeatureId, why: string, instead: string, at: Origin, others?: readonly Origin[]) => void;

/** What the gateway has in general, and not as this document asks for it. */
export const judge = (target: string, api: Api, report: Report): void => {
  const refuse: Refuse = (feature, why, instead, at, others = []) =>
    report(unsupported({ target, kind: api.protocol.kind, feature: features[feature], why, instead }, at, others.map((other) => ({ at: other, message: 'here too' }))));
  judgeAccess(api, refuse);
  judgePoolScopes(api, refuse);
  judgeCertificates(api, refuse);
  judgeSnapshots(api, refuse);
  judgeQuotas(target, api, report);
  judgeServices(target, api, report);
  if (api.protocol.kind === 'rest') {
    judgeCache(api, refuse, report);
    judgeThrottles(api, refuse);
  }
};

/** Both kinds of API take a pool's token that has one of the scopes. */
const judgePoolScopes = (api: Api, refuse: Refuse): void => {
  for (const operation of api.operations.values()) {
    const { authorizer } = accessOf(api, operation);
    if (authorizer.kind !== 'scheme' || authorizer.scheme.check?.kind !== 'user-pool' || authorizer.scopes.length < 2 || asksForScopes(operation)) continue;
    const why = 'it is content with one scope of several, and no function asks for the others';
    refuse('auth.user-pool', why, 'Ask for one scope, or check the pool by its `issuer`.', operation.security[0]?.origin ?? operation.origin);
  }
};

/** A domain asks every caller for a certificate, or none, and trusts one set of authorities. */
const judgeCertificates = (api: Api, refuse: Refuse): void => {
  const [first, second] = certificateSchemes(api);
  if (!first) return;
  const without = [...api.operations.values()].find((operation) => !asksCertificate(api, operation));
  if (without) refuse('auth.mutual-tls', `a domain asks every caller for one, and \`${without.id}\` does not`, 'Add the scheme to every operation, or give the others a document of their own.', without.security[0]?.origin ?? without.origin);
  if (second) refuse('auth.mutual-tls', 'a domain has one truststore', `Take \`${first.name}\` everywhere, with all authorities in its truststore.`, second.origin);
};

/** Runtimes that start from snapshots (Lambda developer guide, SnapStart): Java from 11, Python from 3.12, .NET from 8. */
const hasSnapshots = (runtime: string): boolean => /^(java(1[1-9]|[2-9]\d)|python3\.(1[2-9]|[2-9]\d)|dotnet([89]|[1-9]\d))$/.test(runtime);

const judgeSnapshots = (api: Api, refuse: Refuse): void => {
  const unit = [...api.functions.values()].find(({ settings: { keepWarm, runtime } }) => keepWarm?.kind === 'snap-start' && !hasSnapshots(runtime));
  if (!unit) return;
  const at = api.operations.get(unit.operations[0] ?? '')?.integration.origin ?? api.origin;
  const why = `functions of the runtime \`${unit.settings.runtime}\` start from no snapshot`;
  refuse('function.keep-warm', why, 'Write `keepWarm: { provisioned: 1 }`, or remove it.', at);
};

/** Limits for each client are a web ACL's, and limits for each key a usage plan's. */
const judgeThrottles = (api: Api, refuse: Refuse): void => {
  const [rate] = clientRates(api);
  const walled = [...api.stages.values()].find(({ waf }) => waf);
  if (rate && walled) refuse('throttle.client', `it takes a web ACL, and the stage \`${walled.name}\` has one already`, 'Put a rate-based rule into that web ACL, and remove `per: client`.', rate.origin);
  const keyed = [...api.operations.values()].filter(({ policy }) => policy.throttle?.per === 'key');
  const open = keyed.find(({ security }) => !security.some(({ all }) => all.some(({ scheme }) => api.schemes.get(scheme)?.check?.kind === 'plans')));
  if (open) refuse('throttle.key', `callers of \`${open.id}\` show no key`, 'Add a scheme with `plans` to its `security`, or write `per: route`.', open.policy.throttle?.origin ?? open.origin);
  const last = keyed[mostKeyThrottles];
  if (last) refuse('throttle.key', `a usage plan limits ${mostKeyThrottles} routes by themselves, and ${keyed.length} ask for it`, 'Write the limit into the plan.', last.policy.throttle?.origin ?? last.origin);
};

/** What limits for each client come to, where a target has them. */
export const tellClientRates = (api: Api, report: Report): void => {
  const rates = clientRates(api);
  const [first] = rates;
  if (first) report(clientRate({ limits: rates.map(({ name, limit }) => `${limit} for \`${name}\``), seconds: clientWindowSeconds }, first.origin));
};

const judgeCache = (api: Api, refuse: Refuse, report: Report): void => {
  const cached = [...api.operations.values()].flatMap(({ policy }) => policy.cache ?? []);
  const [first] = cached;
  if (first && !caches(api)) report(cacheStage({ operations: cached.length }, first.origin));
  for (const { cacheSize, origin } of api.stages.values()) {
    if (cacheSize !== undefined && !cacheSizes.includes(cacheSize)) refuse('cache', `there is none of ${cacheSize} GB`, `Choose a \`cacheSize\` of ${list(cacheSizes.map(String), 'or')}.`, origin);
  }
  for (const route of routesOf(api)) {
    const key = cacheKeyOf(api, route);
    if (key && 'lacking' in key) refuse('cache', `its key cannot hold ${key.lacking}`, 'Remove the cache with `cache: null`; or declare the parameter with `explode: false`.', route.operation.policy.cache?.origin ?? route.operation.origin);
  }
};

type Lacking = NonNullable<Decision['lacking']>;

const lacks: Readonly<Record<Lacking, { readonly feature: FeatureId; readonly why: string; readonly instead: string }>> = {
  alternatives: {
    feature: 'auth.alternatives',
    why: 'one authorizer can try tokens and functions in turn, and nothing else',
    instead: 'Give each alternative exactly one scheme, with an `issuer`, `introspection` or `function`; or ask for one alternative only.',
  },
  combined: {
    feature: 'auth.combined',
    why: 'one authorizer stands before a route, with an API key and client certificates beside it',
    instead: 'Check both in one `function`, or ask for one of them.',
  },
  certificate: {
    feature: 'auth.mutual-tls',
    why: 'a custom domain asks for client certificates, and some stage has none',
    instead: 'Give each of `x-gateway.stages` a `domain`.',
  },
};

/** Once a lack, at the first operation that suffers from it. Schemes that nothing checks were told of before. */
const judgeAccess = (api: Api, refuse: Refuse): void => {
  const found = new Map<Lacking, Operation[]>();
  for (const operation of api.operations.values()) {
    const { lacking } = decideAccess(api, operation);
    const isChecked = operation.security.some(({ all }) => all.some(({ scheme }) => api.schemes.get(scheme)?.check !== undefined));
    if (lacking !== undefined && isChecked) found.set(lacking, [...(found.get(lacking) ?? []), operation]);
  }
  for (const [lacking, [first, ...others]] of found) {
    const { feature, why, instead } = lacks[lacking];
    const [at = api.origin, ...more] = [first, ...others].flatMap((operation) => operation?.security[0]?.origin ?? operation?.origin ?? []);
    refuse(feature, why, instead, at, more.slice(0, 4));
  }
};
