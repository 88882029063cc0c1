import type { Api, UsagePlan } from '../../src/ir/index.js';
import { keyThrottles } from '../kit/aws/throttles.js';
import { block, hcl, hclMap, nested, text, type Block, type HclBody } from '../kit/hcl.js';

/** `plans.tf`: usage plans of schemes with keys. The keys themselves are given out to clients, not deployed. */
export const planBlocks = (api: Api): Block[] => {
  const plans = [...api.schemes.values()].flatMap(({ check }) => (check?.kind === 'plans' ? check.plans : []));
  if (plans.length === 0) return [];
  const quotas = plans.some(({ quota }) => quota);
  return [block('resource', ['aws_api_gateway_usage_plan', 'this'], {
    for_each: hclMap(plans.map((plan) => [plan.name, limits(plan, quotas)])),
    name: text`${hcl`local.name`}-${hcl`each.key`}`,
    api_stages: nested({ api_id: hcl`aws_api_gateway_rest_api.this.id`, stage: hcl`aws_api_gateway_stage.this.stage_name`, ...methodThrottles(api) }),
    throttle_settings: nested({ rate_limit: hcl`each.value.rate`, burst_limit: hcl`each.value.burst` }),
    ...(quotas ? { dynamic: nested({ for_each: hcl`each.value.quota[*]`, content: nested({ limit: hcl`quota_settings.value.limit`, period: hcl`quota_settings.value.period` }) }, 'quota_settings') } : {}),
  }, 'Give clients keys of a plan with `aws apigateway create-usage-plan-key`.')];
};

/** What one key may ask of single routes. */
const methodThrottles = (api: Api): HclBody => {
  const throttles = keyThrottles(api);
  return throttles.length === 0 ? {} : { throttle: throttles.map(({ path, method, rate, burst }) => nested({ path: `${path}/${method}`, rate_limit: rate, burst_limit: burst })) };
};

const limits = ({ rate, burst, quota }: UsagePlan, quotas: boolean) => ({
  rate, burst, ...(quotas ? { quota: quota ? { limit: quota.limit, period: quota.per.toUpperCase() } : null } : {}),
});
