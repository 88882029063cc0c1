import { pascal } from '../../../src/base/text.js';
import type { Api, UsagePlan } from '../../../src/ir/index.js';

/** A usage plan under a name that no other plan of the API has, whichever scheme it belongs to. */
export interface NamedPlan { readonly id: string; readonly plan: UsagePlan }

/**
 * Usage plans of all schemes with keys. Each comes with one key, to try the deployment with; its value is made by the service,
 * and stands in no file of ours.
 */
export const plansOf = (api: Api): NamedPlan[] => {
  const taken = new Set<string>();
  return [...api.schemes.values()].flatMap(({ fileName, check }) => (check?.kind === 'plans' ? check.plans.map((plan) => {
    let id = plan.name;
    for (let suffix = 1; taken.has(pascal(id).toLowerCase()); suffix++) id = `${plan.name}-${fileName}${suffix === 1 ? '' : suffix}`;
    taken.add(pascal(id).toLowerCase());
    return { id, plan };
  }) : []));
};

export const aboutKeys = 'The one key of each plan is for trying the deployment; give every client a key of its own with `aws apigateway create-usage-plan-key`.';
