import { layout } from '../../src/emit/layout.js';
import type { Api, Resource, Worker } from '../../src/ir/index.js';
import { account, cloud, partition, region, type CloudObject } from '../kit/aws/cloud-text.js';
import { deadLetters, deadLetterSeconds, eventPattern, losesWork, retriesOf, workerNeeds } from '../kit/aws/worker-needs.js';
import { Tagged } from '../kit/yaml.js';
import { lambda, logGroup, type FunctionResources, type Resources } from './functions.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';

/** Workers, fed by what operations accepted and by uploads. A batch reports what failed of it, so that the rest is not done twice. */
export const workerFunctions = (api: Api, ids: LogicalIds): FunctionResources[] => [...api.workers].flatMap(([name, worker]) => {
  const id = ids.worker(name);
  const source = api.resources.get(worker.source);
  if (!source) return [];
  const asynchronous = source.kind === 'topic' || source.kind === 'bus';
  return [{
    own: {
      [id]: lambda(api, ids, layout.workerEntry(name), id, worker.settings, workerNeeds(api, worker), {
        Events: toYaml(feed(api, worker, source), ids),
        ...(asynchronous ? { EventInvokeConfig: toYaml({ MaximumRetryAttempts: retriesOf(worker), DestinationConfig: { OnFailure: failed(worker) } }, ids) } : {}),
      }),
      [`${id}Logs`]: logGroup(id, worker.settings),
      ...(losesWork(source) ? deadLetterQueue(worker, source, ids) : {}),
    },
    permissions: {},
  }];
});

const failed = (worker: Worker): CloudObject => ({ Type: 'SQS', Destination: deadLetters(worker) });

const feed = (api: Api, worker: Worker, source: Resource): CloudObject => {
  const arn = cloud`${{ cloud: 'resource-arn', name: worker.source }}`;
  switch (source.kind) {
    case 'queue': return { Work: { Type: 'SQS', Properties: { Queue: arn, BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] } } };
    case 'stream': return { Work: { Type: 'Kinesis', Properties: {
      Stream: arn, StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true, MaximumRetryAttempts: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: failed(worker) },
    } } };
    // What cannot even be delivered is kept as well.
    case 'topic': return { Work: { Type: 'SNS', Properties: { Topic: arn, RedrivePolicy: { deadLetterTargetArn: deadLetters(worker) } } } };
    case 'bus': return { Work: { Type: 'EventBridgeRule', Properties: {
      EventBusName: cloud`${{ cloud: 'resource-name', name: worker.source }}`, Pattern: eventPattern(api, worker), DeadLetterConfig: { Arn: deadLetters(worker) },
    } } };
    default: return {};
  }
};

/** Kept for a fortnight; the topic, or the rules of the bus, may send to it, and nobody else. */
const deadLetterQueue = (worker: Worker, source: Resource, ids: LogicalIds): Resources => {
  const id = `${ids.worker(worker.name)}DeadLetters`;
  const queue = { [id]: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { SqsManagedSseEnabled: true, MessageRetentionPeriod: deadLetterSeconds } } };
  const sender = senderOf(worker, source);
  if (!sender) return queue;
  const statement = { Effect: 'Allow', Principal: { Service: sender.service }, Action: 'sqs:SendMessage', Resource: deadLetters(worker), Condition: { ArnLike: { 'aws:SourceArn': sender.arn } } };
  return { ...queue, [`${id}Policy`]: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [new Tagged('!Ref', id)], PolicyDocument: { Version: '2012-10-17', Statement: [toYaml(statement, ids)] } } } };
};

const senderOf = ({ source: name }: Worker, { kind }: Resource) => {
  switch (kind) {
    case 'topic': return { service: 'sns.amazonaws.com', arn: cloud`${{ cloud: 'resource-arn', name }}` };
    // The transform makes the rule, and names it by itself.
    case 'bus': return { service: 'events.amazonaws.com', arn: cloud`arn:${partition}:events:${region}:${account}:rule/${{ cloud: 'resource-name', name }}/*` };
    default: return undefined;
  }
};
