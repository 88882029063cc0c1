import { beforeAll, describe, expect, it } from 'vitest';
import { inside, resourcesOf, samResourcesOf, targetsOf, type Fields, type Targets } from '../support/targets.js';

const json = (value: unknown): string => JSON.stringify(value);
const body = { required: true, content: { 'application/json': { schema: { type: 'object', properties: { a: { type: 'string', maxLength: 9 } } } } } };
const accepting = (id: string, gateway: Fields): Fields => ({ post: { operationId: id, requestBody: body, responses: { 202: { description: 'Later.' } }, 'x-gateway': gateway } });

describe('what fails for good is kept, whatever carries it', () => {
  let targets: Targets;
  beforeAll(async () => {
    targets = await targetsOf({
      openapi: '3.1.0', info: { title: 'Works', version: '1' }, security: [],
      'x-gateway': { protocol: 'rest', resources: { news: { kind: 'topic' }, facts: { kind: 'bus' }, clicks: { kind: 'stream' } } },
      paths: {
        '/news': accepting('tell', { async: { through: 'news' } }),
        '/facts': accepting('state', { async: {}, integration: { bus: 'facts', source: 'shop', detailType: 'Stated' } }),
        '/more': accepting('stateMore', { async: { through: 'facts' } }),
        '/clicks': accepting('click', { async: {}, integration: { stream: 'clicks', partitionKey: '$context.requestId' } }),
      },
    });
  });

  it.each([['News', 'SNS', ['RedrivePolicy', 'deadLetterTargetArn']], ['Facts', 'EventBridgeRule', ['DeadLetterConfig', 'Arn']], ['Clicks', 'Kinesis', ['DestinationConfig', 'OnFailure', 'Destination']]] as const)('sam: %s', (name, type, where) => {
    const worker = targets.sam.resources[`${name}Worker`]?.Properties;
    const dead = json(inside(worker, 'Events', 'Work', 'Properties', ...where));
    expect(inside(worker, 'Events', 'Work', 'Type')).toBe(type);
    expect(dead).toContain(`${name}WorkerDeadLetters`);
    if (type !== 'Kinesis') {
      expect(json(inside(worker, 'EventInvokeConfig', 'DestinationConfig', 'OnFailure'))).toContain(`${name}WorkerDeadLetters`);
      expect(json(targets.sam.resources[`${name}WorkerDeadLettersPolicy`]?.Properties)).toContain('aws:SourceArn');
    }
    expect(targets.sam.resources[`${name}WorkerDeadLetters`]?.Properties).toEqual({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    expect(json(inside(worker, 'Policies'))).toContain('sqs:SendMessage');
  });

  it('terraform', () => {
    const of = (type: string): Fields => Object.fromEntries(resourcesOf(targets.terraform, type));
    const dead = (name: string): string => `aws_sqs_queue.${name}_worker_dead_letters.arn`;
    expect(json(of('aws_sns_topic_subscription')['news'])).toContain(dead('news'));
    expect(json(of('aws_cloudwatch_event_target')['facts'])).toContain(dead('facts'));
    expect(json(of('aws_lambda_event_source_mapping')['clicks'])).toContain(dead('clicks'));
    expect(Object.keys(of('aws_lambda_function_event_invoke_config')).sort()).toEqual(['facts', 'news']);
    expect(Object.keys(of('aws_sqs_queue_policy')).sort()).toEqual(['facts_worker_dead_letters', 'news_worker_dead_letters']);
  });

  it('and the worker of a bus takes the events of its operations, by the names that they are sent with', () => {
    expect(inside(targets.sam.resources['FactsWorker']?.Properties, 'Events', 'Work', 'Properties', 'Pattern')).toEqual({ 'detail-type': ['Stated', 'stateMore'] });
    expect(json(Object.fromEntries(resourcesOf(targets.terraform, 'aws_cloudwatch_event_rule'))['facts'])).toContain('Stated');
  });
});

describe('a bucket that links are given out to', () => {
  let targets: Targets;
  beforeAll(async () => { targets = await targetsOf('reports'); });

  it('lets each function do its one thing, below the fixed beginning of the key', () => {
    const policy = (name: string): string => json(inside(targets.sam.resources[`${name}Function`]?.Properties, 'Policies'));
    expect(policy('GetReportFile')).toMatch(/s3:GetObject.*ResultsBucket\.Arn\}\/reports\/\*/);
    expect(policy('UploadSource')).toMatch(/s3:PutObject.*SourcesBucket\.Arn\}\/sources\/\*/);
    for (const name of ['GetReportFile', 'UploadSource']) expect(policy(name).match(/s3:/g)?.length).toBe(1);
  });

  it('is closed to the public, encrypted, and open to the document’s origins for the methods of its links', () => {
    const buckets = Object.fromEntries(samResourcesOf(targets.sam, 'AWS::S3::Bucket'));
    const cors = (name: string): unknown => inside(buckets[name], 'CorsConfiguration', 'CorsRules', 0);
    expect(cors('ResultsBucket')).toMatchObject({ AllowedOrigins: ['https://reports.example.com'], AllowedMethods: ['GET', 'HEAD'] });
    expect(cors('SourcesBucket')).toMatchObject({ AllowedOrigins: ['https://reports.example.com'], AllowedMethods: ['POST'] });
    for (const bucket of Object.values(buckets)) {
      expect(Object.values(bucket['PublicAccessBlockConfiguration'] as Fields)).toEqual([true, true, true, true]);
      expect(json(bucket['BucketEncryption'])).toContain('AES256');
    }
    const rules = Object.fromEntries(resourcesOf(targets.terraform, 'aws_s3_bucket_cors_configuration'));
    expect([json(rules['results']), json(rules['sources'])]).toEqual([expect.stringContaining('"GET","HEAD"'), expect.stringContaining('"POST"')]);
  });

  it('tells its queue of uploads, and no other bucket of another account may', () => {
    const { Properties, DependsOn } = targets.sam.resources['SourcesBucket'] ?? { Properties: {} };
    expect(inside(Properties, 'NotificationConfiguration', 'QueueConfigurations', 0, 'Filter')).toEqual({ S3Key: { Rules: [{ Name: 'prefix', Value: 'sources/' }, { Name: 'suffix', Value: '.csv' }] } });
    expect(DependsOn).toBe('SourcesBucketUploadsPolicy');
    expect(json(targets.sam.resources['SourcesBucketUploadsPolicy']?.Properties)).toContain('aws:SourceAccount');
    expect(json(Object.fromEntries(resourcesOf(targets.terraform, 'aws_s3_bucket_notification'))['sources'])).toContain('s3:ObjectCreated:*');
    expect(Object.keys(Object.fromEntries(resourcesOf(targets.terraform, 'aws_sqs_queue_policy')))).toEqual(['sources_uploads']);
  });
});
