import type { EmitContext } from '../../src/emit/emitter.js';
import type { Api, Operation, UsagePlan } from '../../src/ir/index.js';
import type { Origin } from '../../src/base/origin.js';
import type { Plan } from '../../src/suite/plan.js';
import { timeoutOf } from '../kit/aws/integration.js';

/** The plan of the keys that an operation asks for: the first of the document, whose keys the local gateway hands out. */
const planOf = (api: Api, { security }: Operation): { readonly plan: UsagePlan; readonly origin: Origin } | undefined => {
  const named = security.length === 1 ? (security[0]?.all ?? []) : [];
  const [first] = [...api.schemes.values()].flatMap(({ check, origin }) => (check?.kind === 'plans' ? check.plans.map((plan) => ({ plan, origin })) : []));
  return named.some(({ scheme }) => api.schemes.get(scheme)?.check?.kind === 'plans') ? first : undefined;
};

/** The bucket that is empty first: the operation's own, or that of a key's plan; nothing where neither is for sure. */
export const throttleOf = (api: Api, operation: Operation, { label }: EmitContext): Plan['throttle'] => {
  const { throttle } = operation.policy;
  const own = throttle && { rate: throttle.rate, burst: throttle.burst, per: throttle.per, retryAfter: Math.max(1, Math.ceil(throttle.retryAfterMs / 1000)), at: label(throttle.origin) };
  const found = planOf(api, operation);
  // A key's own bucket for an operation stands in place of its plan's.
  if (!found || own?.per === 'key') return own;
  const { plan: { rate, burst, quota }, origin } = found;
  const ofPlan = { rate, burst, per: 'key' as const, retryAfter: own?.retryAfter ?? 1, at: label(origin) };
  const wins = !own || (burst <= own.burst && rate <= own.rate);
  if (wins) return quota && quota.limit < 2 * burst + 2 ? undefined : ofPlan;
  return own.burst <= burst && own.rate <= rate ? own : undefined;
};

/** What keys may ask in all, where nothing else is shown. */
export const quotaOf = (api: Api, operation: Operation, { label }: EmitContext): Plan['quota'] => {
  const found = planOf(api, operation);
  const [alternative] = operation.security;
  if (!found?.plan.quota || alternative?.all.length !== 1) return undefined;
  const { plan: { burst, rate, quota }, origin } = found;
  const { throttle } = operation.policy;
  return { limit: quota.limit, per: quota.per, burst: Math.min(burst, throttle?.burst ?? burst), rate: Math.min(rate, throttle?.rate ?? rate), at: label(origin) };
};

/** How long code may take to answer. */
export const patienceOf = (api: Api, operation: Operation, { label }: EmitContext): Plan['timeout'] =>
  operation.integration.backend.kind === 'function' && operation.integration.backend.task === undefined && operation.integration.flow.kind === 'wait'
    ? { seconds: timeoutOf(operation, api.protocol.kind === 'rest' ? 29_000 : 30_000) / 1000, at: label(operation.origin) } : undefined;
