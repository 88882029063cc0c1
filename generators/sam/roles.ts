import type { Api } from '../../src/ir/index.js';
import { callRoles } from '../kit/aws/service-roles.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';

/** A role for each operation that the gateway serves with a call of its own: that call, on that resource. */
export const roleResources = (api: Api, ids: LogicalIds): Resources => Object.fromEntries(callRoles(api).map(({ operation, statement }) => [ids.role(operation.id), {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'call', PolicyDocument: { Version: '2012-10-17', Statement: [toYaml(statement, ids)] } }],
  },
}]));
