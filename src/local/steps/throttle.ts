import { accessOf } from '../../../generators/kit/aws/access.js';
import { defaultThrottle } from '../../../generators/kit/aws/throttles.js';
import type { Operation, UsagePlan } from '../../ir/index.js';
import { Buckets, mostCallers } from '../limits/buckets.js';
import { Quotas } from '../limits/quota.js';
import type { GatewayErrorType } from '../refusals.js';
import type { MakeStep, Outcome, Passage, Site } from '../passage.js';

/** A limit: by whom it counts, and what is answered when that is used up. */
interface Limit { readonly name: string; readonly take: (passage: Passage, now: number) => boolean; readonly type: GatewayErrorType }

/** The limit for each address, which a REST API has its firewall count, before anybody is asked who they are. */
export const limitClients: MakeStep = (site, { operation }) => {
  const { throttle } = operation.policy;
  if (throttle?.per !== 'client') return undefined;
  const buckets = bucketsOf(site, `${operation.id}, each client`, throttle);
  return step(site, [{ name: 'client', take: ({ request }, now) => buckets.take(request.sourceIp, now), type: 'THROTTLED' }]);
};

/** Limits by the caller's plan first, then the route's own, or the stage's where the route has none (developer guide, throttling). */
export const limitRoutes: MakeStep = (site, { operation }) => step(site, [...keyLimits(site, operation), routeLimit(site, operation)]);

const step = (site: Site, limits: readonly Limit[]) => (passage: Passage): Outcome => {
  const now = site.clock.now();
  for (const { name, take, type } of limits) {
    if (!take(passage, now)) return { outcome: `too many: ${name}`, answer: site.refuse(type, passage.id) };
  }
  return { outcome: 'passed' };
};

/** The stage's setting is a template: each route without its own has a bucket of that kind for itself. */
const routeLimit = (site: Site, operation: Operation): Limit => {
  const { throttle } = operation.policy;
  const limit = throttle?.per === 'route' ? throttle : site.api.stages.get(site.stage)?.throttle ?? defaultThrottle;
  const buckets = bucketsOf(site, operation.id, limit);
  return { name: 'route', take: (_, now) => buckets.take('', now), type: 'THROTTLED' };
};

const keyLimits = (site: Site, operation: Operation): readonly Limit[] => {
  if (!accessOf(site.api, operation).apiKey) return [];
  const plans = planLimits(site);
  const { throttle } = operation.policy;
  const own = throttle?.per === 'key' ? bucketsOf(site, `${operation.id}, each key`, throttle) : undefined;
  const byPlan = (take: (plan: PlanLimit, key: string, now: number) => boolean) => ({ caller: { apiKeyId = '', plan = '' } }: Passage, now: number): boolean => {
    const limits = plans.get(plan);
    return limits === undefined || take(limits, apiKeyId, now);
  };
  return [
    own ? { name: 'key', take: ({ caller: { apiKeyId = '' } }, now) => own.take(apiKeyId, now), type: 'THROTTLED' as const }
      : { name: 'plan', take: byPlan(({ buckets }, key, now) => buckets.take(key, now)), type: 'THROTTLED' as const },
    { name: 'quota', take: byPlan(({ quotas, plan: { quota } }, key, now) => !quota || quotas.take(key, quota, now)), type: 'QUOTA_EXCEEDED' },
  ];
};

interface PlanLimit { readonly plan: UsagePlan; readonly buckets: Buckets; readonly quotas: Quotas }

/** What a key has used counts for all routes of its plan together. */
const planLimits = (site: Site): ReadonlyMap<string, PlanLimit> => site.once('plans', () => {
  const plans = [...site.api.schemes.values()].flatMap(({ check }) => (check?.kind === 'plans' ? check.plans : []));
  return new Map(plans.map((plan) => {
    const quotas = new Quotas(mostCallers);
    site.onReset(() => quotas.clear());
    return [plan.name, { plan, buckets: bucketsOf(site, `plan ${plan.name}`, plan), quotas }] as const;
  }));
});

const bucketsOf = (site: Site, name: string, limit: { readonly rate: number; readonly burst: number }): Buckets => {
  const buckets = new Buckets(limit);
  site.onReset(() => buckets.clear());
  site.show('throttles', name, () => ({ rate: limit.rate, burst: limit.burst, callers: buckets.size, left: Object.fromEntries(buckets.latest(10, site.clock.now()).map(([who, left]) => [who === '' ? 'everyone' : who, left])) }));
  return buckets;
};
