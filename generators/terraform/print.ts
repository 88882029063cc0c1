import { assertNever } from '../../src/base/assert.js';
import { CloudText, type CloudValue, type CloudVariable } from '../kit/aws/cloud-text.js';
import { type Expression, hcl, hclMap, HclText, type HclValue } from '../kit/hcl.js';
import type { Names } from './names.js';

/** Cloud text as HCL: a quoted template, or a lone variable as its own expression. */
export const toHcl = (value: CloudValue, names: Names): HclValue => {
  if (value instanceof CloudText) {
    const { parts } = new HclText(value.parts.map((part) => (typeof part === 'string' ? part : variable(part, names))));
    const [only] = parts;
    return parts.length === 0 ? '' : parts.length === 1 && only !== undefined ? only : new HclText(parts);
  }
  if (Array.isArray(value)) return (value as readonly CloudValue[]).map((item) => toHcl(item, names));
  if (typeof value === 'object' && value !== null) return hclMap(Object.entries(value).map(([key, item]) => [key, toHcl(item as CloudValue, names)]));
  return value as HclValue;
};

/** The one API of a configuration, of either kind. */
const variable = (part: CloudVariable, names: Names): Expression => {
  switch (part.cloud) {
    case 'partition': return hcl`data.aws_partition.current.partition`;
    case 'region': return hcl`data.aws_region.current.id`;
    case 'account': return hcl`data.aws_caller_identity.current.account_id`;
    case 'api-id': return names.api.id;
    case 'stage': return hcl`var.stage`;
    case 'function-arn': return aliasArn(names.function(part.name), names);
    case 'authorizer-arn': return aliasArn(names.authorizer(part.name), names);
    case 'dead-letters-arn': return hcl`aws_sqs_queue.${names.workerDeadLetters(part.name)}.arn`;
    case 'resource-arn': return names.resource(part.name).arn;
    case 'resource-name': return names.resource(part.name).name;
    case 'resource-account': return names.resource(part.name).account;
    case 'role-arn': return hcl`aws_iam_role.calls[${names.call(part.name)}].arn`;
    case 'resource-url': return names.resource(part.name).url;
    case 'parameter': return hcl`var.${names.variable(part)}`;
    default: return assertNever(part);
  }
};

/** Callers name the alias, which moves from version to version while its ARN stays. */
export const aliasArn = (key: string, names: Names): Expression => hcl`${names.alias(key)}.arn`;
