import type { Api, Resource, Worker } from '../../src/ir/index.js';
import { deadLetterSeconds, eventPattern, losesWork, retriesOf } from '../kit/aws/worker-needs.js';
import { block, call, hcl, Label, nested, text, type Block, type Expression } from '../kit/hcl.js';
import type { Names } from './names.js';
import { aliasArn, toHcl } from './print.js';

/** `workers.tf`: what feeds each worker. A batch reports what failed of it, so that the rest is not done twice. */
export const workerBlocks = (api: Api, names: Names): Block[] => [...api.workers.values()].flatMap((worker) => {
  const source = api.resources.get(worker.source);
  return source ? [...feed(api, worker, source, names), ...(losesWork(source) ? deadLetterQueue(worker, source, names) : [])] : [];
});

const feed = (api: Api, worker: Worker, source: Resource, names: Names): Block[] => {
  const key = names.worker(worker.name);
  const label = names.workerLabel(worker.name);
  const { arn, name } = names.resource(worker.source);
  const dead = hcl`aws_sqs_queue.${names.workerDeadLetters(worker.name)}.arn`;
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
      destination_config: nested({ on_failure: nested({ destination_arn: dead }) }),
      depends_on: granted,
    })];
    case 'topic': return [
      block('resource', ['aws_sns_topic_subscription', label.name], { topic_arn: arn, protocol: 'lambda', endpoint: aliasArn(key, names), redrive_policy: call('jsonencode', { deadLetterTargetArn: dead }) }),
      unanswered(worker, label, names.alias(key), dead),
      permission(label, names.alias(key), 'sns.amazonaws.com', arn),
    ];
    case 'bus': {
      const rule = new Label(`aws_cloudwatch_event_rule.${label.name}`);
      return [
        block('resource', ['aws_cloudwatch_event_rule', label.name], {
          name: text`${hcl`local.name`}-${key}`,
          event_bus_name: name,
          event_pattern: call('jsonencode', toHcl(eventPattern(api, worker), names)),
        }),
        block('resource', ['aws_cloudwatch_event_target', label.name], { rule: hcl`${rule}.name`, event_bus_name: hcl`${rule}.event_bus_name`, arn: aliasArn(key, names), dead_letter_config: nested({ arn: dead }) }),
        unanswered(worker, label, names.alias(key), dead),
        permission(label, names.alias(key), 'events.amazonaws.com', hcl`${rule}.arn`),
      ];
    }
    default: return [];
  }
};

const permission = (label: Label, alias: Label, principal: string, source: Expression): Block => block('resource', ['aws_lambda_permission', label.name], {
  action: 'lambda:InvokeFunction',
  function_name: hcl`${alias}.function_name`,
  qualifier: hcl`${alias}.name`,
  principal,
  source_arn: source,
});

/** What nobody waits for is tried again, and then kept. */
const unanswered = (worker: Worker, label: Label, alias: Label, dead: Expression): Block => block('resource', ['aws_lambda_function_event_invoke_config', label.name], {
  function_name: hcl`${alias}.function_name`,
  qualifier: hcl`${alias}.name`,
  maximum_retry_attempts: retriesOf(worker),
  destination_config: nested({ on_failure: nested({ destination: dead }) }),
  // The service tries the role before it takes the destination.
  depends_on: [hcl`aws_iam_role_policy.functions`],
});

/** Kept for a fortnight; the topic, or the rule of the bus, may send to it, and nobody else. */
const deadLetterQueue = (worker: Worker, source: Resource, names: Names): Block[] => {
  const label = names.workerDeadLetters(worker.name).name;
  const queue = new Label(`aws_sqs_queue.${label}`);
  const main = block('resource', ['aws_sqs_queue', label], {
    name: text`${hcl`local.name`}-${names.worker(worker.name)}-dead-letters`,
    sqs_managed_sse_enabled: true,
    message_retention_seconds: deadLetterSeconds,
  });
  const sender = senderOf(worker, source, names);
  if (!sender) return [main];
  return [
    main,
    block('data', ['aws_iam_policy_document', label], {
      statement: nested({
        actions: ['sqs:SendMessage'],
        resources: [hcl`${queue}.arn`],
        principals: nested({ type: 'Service', identifiers: [sender.service] }),
        condition: nested({ test: 'ArnEquals', variable: 'aws:SourceArn', values: [sender.arn] }),
      }),
    }),
    block('resource', ['aws_sqs_queue_policy', label], { queue_url: hcl`${queue}.url`, policy: hcl`data.aws_iam_policy_document.${new Label(label)}.json` }),
  ];
};

const senderOf = (worker: Worker, { kind }: Resource, names: Names) => {
  switch (kind) {
    case 'topic': return { service: 'sns.amazonaws.com', arn: names.resource(worker.source).arn };
    case 'bus': return { service: 'events.amazonaws.com', arn: hcl`aws_cloudwatch_event_rule.${names.workerLabel(worker.name)}.arn` };
    default: return undefined;
  }
};
