import type { Api, Resource, Uploads } from '../../src/ir/index.js';
import { bucketCors, uploadEvents, type BucketCors } from '../kit/aws/buckets.js';
import { cloud } from '../kit/aws/cloud-text.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';

/** What stands behind the gateway and is created with it; `existing` ones are parameters instead. Data outlives the stack. */
export const backingResources = (api: Api, ids: LogicalIds): Resources => {
  const resources: Resources = {};
  for (const [name, resource] of api.resources) {
    if (resource.existing === undefined) Object.assign(resources, create(api, resource, ids.resource(name).id, ids));
  }
  return resources;
};

const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const create = (api: Api, resource: Resource, id: string, ids: LogicalIds): Resources => {
  switch (resource.kind) {
    case 'table': return { [id]: { Type: 'AWS::DynamoDB::Table', ...kept, Properties: table(resource) } };
    case 'queue': return queues(resource, id);
    case 'topic': return {
      [id]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'alias/aws/sns', ...(resource.fifo ? { FifoTopic: true, TopicName: stacked(id, '.fifo') } : {}) } },
    };
    case 'bus': return { [id]: { Type: 'AWS::Events::EventBus', Properties: { Name: stacked(id) } } };
    case 'stream': return {
      [id]: {
        Type: 'AWS::Kinesis::Stream', ...kept,
        Properties: {
          StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
          ...(resource.shards === undefined ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' } } : { ShardCount: resource.shards }),
        },
      },
    };
    case 'workflow': return {
      [id]: {
        Type: 'AWS::Serverless::StateMachine',
        Properties: {
          Type: resource.type.toUpperCase(),
          Tracing: { Enabled: true },
          Definition: resource.definition ?? { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } },
        },
      },
    };
    case 'bucket': return {
      ...(resource.uploads ? uploadsPolicy(resource.uploads, id, ids) : {}),
      [id]: {
        Type: 'AWS::S3::Bucket', ...kept,
        // The service tries the queue before it takes the notification.
        ...(resource.uploads ? { DependsOn: `${id}UploadsPolicy` } : {}),
        Properties: {
          ...(resource.uploads ? notification(resource.uploads, ids) : {}),
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          ...crossOrigin(bucketCors(api, resource.name)),
        },
      },
    };
    case 'http': return {};
  }
};

const crossOrigin = (cors: BucketCors | undefined): { readonly [key: string]: YamlValue } => (cors ? {
  CorsConfiguration: { CorsRules: [{ AllowedOrigins: [...cors.origins], AllowedMethods: [...cors.methods], AllowedHeaders: [...cors.headers], ExposedHeaders: [...cors.expose], MaxAge: cors.maxAgeSeconds }] },
} : {});

const notification = ({ queue, prefix, suffix }: Uploads, ids: LogicalIds): { readonly [key: string]: YamlValue } => {
  const rules = [...(prefix === undefined ? [] : [{ Name: 'prefix', Value: prefix }]), ...(suffix === undefined ? [] : [{ Name: 'suffix', Value: suffix }])];
  return {
    NotificationConfiguration: {
      QueueConfigurations: [{ Event: uploadEvents, Queue: toYaml(cloud`${{ cloud: 'resource-arn', name: queue }}`, ids), ...(rules.length === 0 ? {} : { Filter: { S3Key: { Rules: rules } } }) }],
    },
  };
};

/** Buckets of this account may send to the queue. The bucket cannot be named here, for it waits for this policy. */
const uploadsPolicy = ({ queue }: Uploads, id: string, ids: LogicalIds): Resources => ({
  [`${id}UploadsPolicy`]: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [toYaml(cloud`${{ cloud: 'resource-url', name: queue }}`, ids)],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: toYaml(cloud`${{ cloud: 'resource-arn', name: queue }}`, ids),
          Condition: { StringEquals: { 'aws:SourceAccount': new Tagged('!Ref', 'AWS::AccountId') }, ArnLike: { 'aws:SourceArn': new Tagged('!Sub', 'arn:${AWS::Partition}:s3:::*') } },
        }],
      },
    },
  },
});

const none: { readonly [key: string]: YamlValue } = {};

const stacked = (id: string, suffix = ''): YamlValue => new Tagged('!Sub', `\${AWS::StackName}-${id}${suffix}`);

const table = (resource: Resource & { kind: 'table' }): YamlValue => {
  const keys = [resource.key, ...resource.indexes].flatMap(({ partition, sort }) => (sort === undefined ? [partition] : [partition, sort]));
  const schema = ({ partition, sort }: { readonly partition: string; readonly sort?: string }): YamlValue => [
    { AttributeName: partition, KeyType: 'HASH' },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' }]),
  ];
  return {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].sort().map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: schema(resource.key),
    ...(resource.indexes.length === 0 ? {} : { GlobalSecondaryIndexes: resource.indexes.map((index) => ({ IndexName: index.name, KeySchema: schema(index), Projection: { ProjectionType: 'ALL' } })) }),
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  };
};

const queues = (resource: Resource & { kind: 'queue' }, id: string): Resources => {
  const fifo: { readonly [key: string]: YamlValue } = resource.fifo ? { FifoQueue: true } : {};
  const dead = `${id}DeadLetters`;
  return {
    [id]: {
      Type: 'AWS::SQS::Queue', ...kept,
      Properties: {
        ...fifo,
        SqsManagedSseEnabled: true,
        VisibilityTimeout: Math.ceil(resource.visibilityMs / 1000),
        ...(resource.deadLetterAfter === undefined ? none : { RedrivePolicy: { deadLetterTargetArn: new Tagged('!GetAtt', `${dead}.Arn`), maxReceiveCount: resource.deadLetterAfter } }),
      },
    },
    ...(resource.deadLetterAfter === undefined ? none : {
      [dead]: { Type: 'AWS::SQS::Queue', ...kept, Properties: { ...fifo, SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 } },
    }),
  };
};

