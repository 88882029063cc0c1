import { assertNever } from '../../src/base/assert.js';
import type { Api, Resource, TableIndex, Uploads } from '../../src/ir/index.js';
import { bucketCors, uploadEvents, type BucketCors } from '../kit/aws/buckets.js';
import { block, call, hcl, Label, nested, text, type Block, type HclText } from '../kit/hcl.js';
import { shorten, type Names } from './names.js';

/** `resources.tf`: what stands behind the gateway and is created with it; `existing` ones are variables instead. */
export const resourceBlocks = (api: Api, names: Names): Block[] => {
  const created = [...api.resources.values()].filter(({ existing }) => existing === undefined);
  const blocks = created.flatMap((resource) => create(api, resource, names));
  const workflows = created.some(({ kind }) => kind === 'workflow');
  return workflows ? [assumeStates, ...blocks] : blocks;
};

/** Names have the stage in them, so that stages can share an account. */
const named = (label: string, most: number, suffix = ''): HclText => text`${hcl`local.name`}-${shorten(label.replaceAll('_', '-'), most)}${suffix}`;

const create = (api: Api, resource: Resource, names: Names): Block[] => {
  const label = names.resource(resource.name).label.name;
  switch (resource.kind) {
    case 'table': return [block('resource', ['aws_dynamodb_table', label], {
      name: named(label, 200),
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: resource.key.partition,
      range_key: resource.key.sort,
      attribute: attributesOf([resource.key, ...resource.indexes]).map((name) => nested({ name, type: 'S' })),
      ...(resource.indexes.length === 0 ? {} : { global_secondary_index: resource.indexes.map(index) }),
      deletion_protection_enabled: hcl`var.deletion_protection`,
      point_in_time_recovery: nested({ enabled: true }),
      server_side_encryption: nested({ enabled: true }),
    })];
    case 'queue': return queues(resource, label);
    case 'topic': return [block('resource', ['aws_sns_topic', label], {
      name: named(label, 200, resource.fifo ? '.fifo' : ''),
      fifo_topic: resource.fifo ? true : undefined,
      kms_master_key_id: 'alias/aws/sns',
    })];
    case 'bus': return [block('resource', ['aws_cloudwatch_event_bus', label], { name: named(label, 200) })];
    case 'stream': return [block('resource', ['aws_kinesis_stream', label], {
      name: named(label, 90),
      shard_count: resource.shards,
      encryption_type: 'KMS',
      kms_key_id: 'alias/aws/kinesis',
      stream_mode_details: nested({ stream_mode: resource.shards === undefined ? 'ON_DEMAND' : 'PROVISIONED' }),
    })];
    case 'workflow': return workflow(resource, label);
    case 'bucket': return [...bucket(label, bucketCors(api, resource.name)), ...(resource.uploads ? notification(resource.uploads, label, names) : [])];
    case 'http': return [];
    default: return assertNever(resource);
  }
};

const attributesOf = (keys: readonly { readonly partition: string; readonly sort?: string }[]): string[] =>
  [...new Set(keys.flatMap(({ partition, sort }) => (sort === undefined ? [partition] : [partition, sort])))].sort();

const index = ({ name, partition, sort }: TableIndex) => nested({ name, hash_key: partition, range_key: sort, projection_type: 'ALL' });

/** What fails for good is kept for a fortnight beside the queue it came by. */
const queues = (resource: Resource & { kind: 'queue' }, label: string): Block[] => {
  const suffix = resource.fifo ? '.fifo' : '';
  const fifo = resource.fifo ? { fifo_queue: true } : {};
  const dead = `${label}_dead_letters`;
  const main = block('resource', ['aws_sqs_queue', label], {
    name: named(label, 30, suffix),
    ...fifo,
    sqs_managed_sse_enabled: true,
    visibility_timeout_seconds: Math.ceil(resource.visibilityMs / 1000),
    ...(resource.deadLetterAfter === undefined ? {} : { redrive_policy: call('jsonencode', { deadLetterTargetArn: hcl`aws_sqs_queue.${new Label(dead)}.arn`, maxReceiveCount: resource.deadLetterAfter }) }),
  });
  return resource.deadLetterAfter === undefined ? [main] : [main, block('resource', ['aws_sqs_queue', dead], {
    name: named(label, 30, `-dead-letters${suffix}`),
    ...fifo,
    sqs_managed_sse_enabled: true,
    message_retention_seconds: 1_209_600,
  })];
};

const assumeStates = block('data', ['aws_iam_policy_document', 'assume_states'], {
  statement: nested({ actions: ['sts:AssumeRole'], principals: nested({ type: 'Service', identifiers: ['states.amazonaws.com'] }) }),
});

/** A workflow runs in a role of its own; what its states call is the business of whoever writes them. */
const workflow = (resource: Resource & { kind: 'workflow' }, label: string): Block[] => {
  const role = new Label(`aws_iam_role.${label}`);
  return [
    block('resource', ['aws_sfn_state_machine', label], {
      name: named(label, 40),
      type: resource.type.toUpperCase(),
      role_arn: hcl`${role}.arn`,
      definition: call('jsonencode', resource.definition ?? { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } }),
      tracing_configuration: nested({ enabled: true }),
      depends_on: [hcl`aws_iam_role_policy_attachment.${new Label(label)}_tracing`],
    }),
    block('resource', ['aws_iam_role', label], {
      name: named(label, 30, '-workflow'),
      assume_role_policy: hcl`data.aws_iam_policy_document.assume_states.json`,
    }),
    block('resource', ['aws_iam_role_policy_attachment', `${label}_tracing`], {
      role: hcl`${role}.name`,
      policy_arn: text`arn:${hcl`data.aws_partition.current.partition`}:iam::aws:policy/AWSXRayDaemonWriteAccess`,
    }),
  ];
};

const bucket = (label: string, cors: BucketCors | undefined): Block[] => {
  const id = hcl`aws_s3_bucket.${new Label(label)}.id`;
  return [
    // Names of buckets are unique in the world.
    block('resource', ['aws_s3_bucket', label], { bucket_prefix: hcl`substr(lower(${named(label, 30, '-')}), 0, 37)` }),
    block('resource', ['aws_s3_bucket_public_access_block', label], {
      bucket: id, block_public_acls: true, block_public_policy: true, ignore_public_acls: true, restrict_public_buckets: true,
    }),
    block('resource', ['aws_s3_bucket_server_side_encryption_configuration', label], {
      bucket: id,
      rule: nested({ apply_server_side_encryption_by_default: nested({ sse_algorithm: 'AES256' }) }),
    }),
    block('resource', ['aws_s3_bucket_ownership_controls', label], { bucket: id, rule: nested({ object_ownership: 'BucketOwnerEnforced' }) }),
    ...(cors ? [block('resource', ['aws_s3_bucket_cors_configuration', label], {
      bucket: id,
      cors_rule: nested({ allowed_origins: [...cors.origins], allowed_methods: [...cors.methods], allowed_headers: [...cors.headers], expose_headers: [...cors.expose], max_age_seconds: cors.maxAgeSeconds }),
    })] : []),
  ];
};

/** The bucket tells its queue of uploads; that bucket may send to it, and nobody else. */
const notification = ({ queue, prefix, suffix }: Uploads, label: string, names: Names): Block[] => {
  const { arn, url } = names.resource(queue);
  const bucketArn = hcl`aws_s3_bucket.${new Label(label)}.arn`;
  return [
    block('data', ['aws_iam_policy_document', `${label}_uploads`], {
      statement: nested({
        actions: ['sqs:SendMessage'], resources: [arn],
        principals: nested({ type: 'Service', identifiers: ['s3.amazonaws.com'] }),
        condition: nested({ test: 'ArnEquals', variable: 'aws:SourceArn', values: [bucketArn] }),
      }),
    }),
    block('resource', ['aws_sqs_queue_policy', `${label}_uploads`], { queue_url: url, policy: hcl`data.aws_iam_policy_document.${new Label(label)}_uploads.json` }),
    block('resource', ['aws_s3_bucket_notification', label], {
      bucket: hcl`aws_s3_bucket.${new Label(label)}.id`,
      queue: nested({ queue_arn: arn, events: [uploadEvents], filter_prefix: prefix, filter_suffix: suffix }),
      // The service tries the queue before it takes the notification.
      depends_on: [hcl`aws_sqs_queue_policy.${new Label(label)}_uploads`],
    }),
  ];
};
