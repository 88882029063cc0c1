import type { Access, Resource } from '../../../src/ir/index.js';
import { cloud, type CloudText } from './cloud-text.js';

type Kind = Resource['kind'];

/** Exact actions by kind and access; nothing where the pair means nothing (service authorization reference). */
const actions: { readonly [K in Kind]?: { readonly [A in Access]?: readonly string[] } } = {
  table: {
    read: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    write: ['dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  queue: {
    write: ['sqs:SendMessage'], publish: ['sqs:SendMessage'],
    consume: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    read: ['sqs:GetQueueAttributes'],
  },
  topic: { write: ['sns:Publish'], publish: ['sns:Publish'] },
  bus: { write: ['events:PutEvents'], publish: ['events:PutEvents'] },
  stream: {
    write: ['kinesis:PutRecord', 'kinesis:PutRecords'], publish: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    read: ['kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
    consume: ['kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
  },
  workflow: { start: ['states:StartExecution'], write: ['states:StartExecution'], publish: ['states:StartExecution'] },
  bucket: { read: ['s3:GetObject'], write: ['s3:PutObject'] },
};

/** A statement of an identity policy. */
export type Statement = { readonly Effect: 'Allow'; readonly Action: readonly string[]; readonly Resource: readonly CloudText[] };

/** One statement for one grant: exact actions on exactly that resource. */
export const statement = (resource: Resource, access: Access, keys = '*'): Statement | undefined => {
  const allowed = actions[resource.kind]?.[access];
  return allowed ? { Effect: 'Allow', Action: [...allowed], Resource: objects(resource, keys) } : undefined;
};

const objects = (resource: Resource, keys: string): CloudText[] => {
  const arn = { cloud: 'resource-arn', name: resource.name } as const;
  switch (resource.kind) {
    case 'bucket': return [cloud`${arn}/${keys}`];
    case 'table': return [cloud`${arn}`, ...resource.indexes.map(({ name }) => cloud`${arn}/index/${name}`)];
    default: return [cloud`${arn}`];
  }
};
