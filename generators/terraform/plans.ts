import type { Api, UsagePlan } from '../../src/ir/index.js';
import { aboutKeys, plansOf } from '../kit/aws/plans.js';
import { keyThrottles } from '../kit/aws/throttles.js';
import { block, hcl, hclMap, nested, text, type Block, type HclBody } from '../kit/hcl.js';

/** `plans.tf`: usage plans of schemes with keys. */
export const planBlocks = (api: Api): Block[] => {
  const plans = plansOf(api);
  if (plans.length === 0) return [];
  const quotas = plans.some(({ plan: { quota } }) => quota);
  return [
    block('resource', ['aws_api_gateway_usage_plan', 'this'], {
      for_each: hclMap(plans.map(({ id, plan }) => [id, limits(plan, quotas)])),
      name: text`${hcl`local.name`}-${hcl`each.key`}`,
      api_stages: nested({ api_id: hcl`aws_api_gateway_rest_api.this.id`, stage: hcl`aws_api_gateway_stage.this.stage_name`, ...methodThrottles(api) }),
      throttle_settings: nested({ rate_limit: hcl`each.value.rate`, burst_limit: hcl`each.value.burst` }),
      ...(quotas ? { dynamic: nested({ for_each: hcl`each.value.quota[*]`, content: nested({ limit: hcl`quota_settings.value.limit`, period: hcl`quota_settings.value.period` }) }, 'quota_settings') } : {}),
    }),
    block('resource', ['aws_api_gateway_api_key', 'this'], {
      for_each: hcl`aws_api_gateway_usage_plan.this`,
      name: hcl`each.value.name`,
    }, aboutKeys),
    block('resource', ['aws_api_gateway_usage_plan_key', 'this'], {
      for_each: hcl`aws_api_gateway_usage_plan.this`,
      usage_plan_id: hcl`each.value.id`,
      key_id: hcl`aws_api_gateway_api_key.this[each.key].id`,
      key_type: 'API_KEY',
    }),
  ];
};

/** What one key may ask of single routes. */
const methodThrottles = (api: Api): HclBody => {
  const throttles = keyThrottles(api);
  return throttles.length === 0 ? {} : { throttle: throttles.map(({ path, method, rate, burst }) => nested({ path: `${path}/${method}`, rate_limit: rate, burst_limit: burst })) };
};

const limits = ({ rate, burst, quota }: UsagePlan, quotas: boolean) => ({
  rate, burst, ...(quotas ? { quota: quota ? { limit: quota.limit, period: quota.per.toUpperCase() } : null } : {}),
});
