import type { Api, Resource, Worker } from '../../src/ir/index.js';
import { block, call, hcl, Label, text, type Block } from '../kit/hcl.js';
import type { Names } from './names.js';
import { aliasArn } from './print.js';

/** `workers.tf`: what feeds each worker. A batch reports what failed of it, so that the rest is not done twice. */
export const workerBlocks = (api: Api, names: Names): Block[] => [...api.workers.values()].flatMap((worker) => {
  const source = api.resources.get(worker.source);
  return source ? feed(worker, source, names) : [];
});

const feed = (worker: Worker, source: Resource, names: Names): Block[] => {
  const key = names.worker(worker.name);
  const label = names.workerLabel(worker.name);
  const { arn, name } = names.resource(worker.source);
  // The service tries the role before it takes the mapping.
  const granted = [hcl`aws_iam_role_policy.functions`];
  switch (source.kind) {
    case 'queue': return [block('resource', ['aws_lambda_event_source_mapping', label.name], {
      event_source_arn: arn,
      function_name: aliasArn(key, names),
      batch_size: 10,
      function_response_types: ['ReportBatchItemFailures'],
      depends_on: granted,
    })];
    case 'stream': return [block('resource', ['aws_lambda_event_source_mapping', label.name], {
      event_source_arn: arn,
      function_name: aliasArn(key, names),
      starting_position: 'TRIM_HORIZON',
      bisect_batch_on_function_error: true,
      maximum_retry_attempts: 5,
      function_response_types: ['ReportBatchItemFailures'],
      depends_on: granted,
    })];
    case 'topic': return [
      block('resource', ['aws_sns_topic_subscription', label.name], { topic_arn: arn, protocol: 'lambda', endpoint: aliasArn(key, names) }),
      permission(label, names.alias(key), 'sns.amazonaws.com', arn),
    ];
    case 'bus': {
      const rule = new Label(`aws_cloudwatch_event_rule.${label.name}`);
      return [
        block('resource', ['aws_cloudwatch_event_rule', label.name], {
          name: text`${hcl`local.name`}-${key}`,
          event_bus_name: name,
          event_pattern: call('jsonencode', { 'detail-type': [...worker.operations] }),
        }),
        block('resource', ['aws_cloudwatch_event_target', label.name], { rule: hcl`${rule}.name`, event_bus_name: hcl`${rule}.event_bus_name`, arn: aliasArn(key, names) }),
        permission(label, names.alias(key), 'events.amazonaws.com', hcl`${rule}.arn`),
      ];
    }
    default: return [];
  }
};

const permission = (label: Label, alias: Label, principal: string, source: ReturnType<typeof hcl>): Block => block('resource', ['aws_lambda_permission', label.name], {
  action: 'lambda:InvokeFunction',
  function_name: hcl`${alias}.function_name`,
  qualifier: hcl`${alias}.name`,
  principal,
  source_arn: source,
});
