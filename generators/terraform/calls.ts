import type { Api } from '../../src/ir/index.js';
import { callRoles } from '../kit/aws/service-roles.js';
import { block, hcl, hclMap, nested, noted, text, type Block } from '../kit/hcl.js';
import type { Names } from './names.js';
import { toHcl } from './print.js';

/** `calls.tf`: a role for each operation that the gateway serves with a call of its own: that call, on that resource. */
export const callBlocks = (api: Api, names: Names): Block[] => {
  const roles = callRoles(api);
  if (roles.length === 0) return [];
  return [
    block('locals', [], {
      calls: noted('What the gateway itself calls, by operation.', hclMap(roles.map(({ operation, statement: { Action, Resource } }) =>
        [names.call(operation.id), { actions: Action, resources: Resource.map((arn) => toHcl(arn, names)) }]))),
    }),
    block('data', ['aws_iam_policy_document', 'assume_calls'], {
      statement: nested({ actions: ['sts:AssumeRole'], principals: nested({ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }) }),
    }),
    block('resource', ['aws_iam_role', 'calls'], {
      for_each: hcl`local.calls`,
      name: text`${hcl`local.name`}-${hcl`each.key`}`,
      assume_role_policy: hcl`data.aws_iam_policy_document.assume_calls.json`,
    }),
    block('data', ['aws_iam_policy_document', 'calls'], {
      for_each: hcl`local.calls`,
      statement: nested({ actions: hcl`each.value.actions`, resources: hcl`each.value.resources` }),
    }),
    block('resource', ['aws_iam_role_policy', 'calls'], {
      for_each: hcl`local.calls`,
      name: 'call',
      role: hcl`aws_iam_role.calls[each.key].name`,
      policy: hcl`data.aws_iam_policy_document.calls[each.key].json`,
    }),
  ];
};
