import { randomUUID } from 'node:crypto';
import { EventBridgeClient, CreateEventBusCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import type { Api } from '../../src/ir/index.js';
import { compileSpec } from '../support/compile.js';
import { hasMoto, startMoto, type Moto } from '../support/moto.js';
import { play, type Asked } from '../support/played.js';
import { context, messageIn, safe, sendOf, sends, textsOf } from '../support/sent-cases.js';
import { directOf, type Names } from '../support/services.js';
import { hasVelocity } from '../support/velocity.js';

const available = hasVelocity && hasMoto;
if (!available) console.warn('LEFT OUT: Apache Velocity or moto is not here, and nothing that the gateway sends was taken by a service');

const rowOf = (operation: string) => sends.find(([, name]) => name === operation) ?? (sends[0] as (typeof sends)[number]);
const account = '123456789012';
const region = 'eu-west-1';

describe.runIf(available)('what the gateway sends to an emulated account', () => {
  let moto: Moto;
  const apis = new Map<string, Api>();
  const apiOf = (spec: string): Api => apis.get(spec) as Api;
  const clients = () => {
    const config = { endpoint: moto.url, region, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } };
    return {
      buses: new EventBridgeClient(config), buckets: new S3Client({ ...config, forcePathStyle: true }), runs: new SFNClient(config),
      topics: new SNSClient(config), queues: new SQSClient(config), tables: new DynamoDBClient(config),
    };
  };
  /** Its client speaks HTTP/2 alone, and the emulator does not. */
  const kinesis = async <Answer>(action: string, input: object): Promise<Answer> => {
    const headers = { Authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/kinesis/aws4_request, SignedHeaders=host, Signature=0`, 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `Kinesis_20131202.${action}` };
    const text = await (await fetch(moto.url, { method: 'POST', headers, body: JSON.stringify(input) })).text();
    return JSON.parse(text === '' ? '{}' : text) as Answer;
  };
  /** What things are called in the account: by their name in the document, and ordered queues as they must be. */
  const nameOf = (name: string): string => (name === 'ledger' ? 'ledger.fifo' : name);
  const kinds: Readonly<Record<string, string>> = { notices: 'sns', returns: 'states', pricing: 'states', events: 'events', clicks: 'kinesis' };
  const names: Names = (variable) => {
    if (!('name' in variable)) return variable.cloud;
    switch (variable.cloud) {
      case 'resource-account': return account;
      case 'resource-arn': return `arn:aws:${kinds[variable.name]}:${region}:${account}:${{ states: 'stateMachine:', events: 'event-bus/', kinesis: 'stream/' }[kinds[variable.name] ?? ''] ?? ''}${variable.name}`;
      default: return nameOf(variable.name);
    }
  };
  const ask = (spec: string, all: readonly Asked[]) => play(apiOf(spec), moto, names)(all);

  const queueUrl = (name: string): string => `${moto.url}/${account}/${name}`;
  /** All messages of a queue; a delayed one comes late. */
  const messagesOf = async (name: string, count: number): Promise<readonly Message[]> => {
    const found: Message[] = [];
    for (let attempt = 0; found.length < count && attempt < 60; attempt++) {
      const { Messages = [] } = await clients().queues.send(new ReceiveMessageCommand({ QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'], WaitTimeSeconds: 1 }));
      for (const { ReceiptHandle } of Messages) await clients().queues.send(new DeleteMessageCommand({ QueueUrl: queueUrl(name), ReceiptHandle }));
      found.push(...Messages);
    }
    return found;
  };
  const parsed = (text: string | undefined): Json => JSON.parse(text ?? 'null') as Json;

  /** What came of so many requests of an operation: the message, and what stands beside it. */
  const arrivals: Readonly<Record<string, (ids: readonly string[]) => Promise<readonly { readonly message: Json; readonly beside: Json }[]>>> = {
    sendFeedback: async (ids) => (await messagesOf('inbox', ids.length)).map(({ Body }) => ({ message: parsed(Body), beside: null })),
    addEntry: async (ids) => (await messagesOf('ledger.fifo', ids.length)).map(({ Body, Attributes }) => ({ message: parsed(Body), beside: [Attributes?.MessageGroupId ?? null, Attributes?.MessageDeduplicationId ?? null] })),
    publishNotice: async (ids) => (await messagesOf('published', ids.length)).map(({ Body }) => {
      const { Message: message, Subject = null, MessageAttributes } = JSON.parse(Body ?? '') as { Message: string; Subject?: string; MessageAttributes: Readonly<Record<string, { readonly Value: string }>> };
      return { message: parsed(message), beside: [Subject, MessageAttributes['region']?.Value ?? null] };
    }),
    placeOrder: async (ids) => (await messagesOf('told', ids.length)).map(({ Body }) => {
      const { source, detail, 'detail-type': type } = JSON.parse(Body ?? '') as { source: string; detail: Json; 'detail-type': string };
      return { message: detail, beside: [source, type] };
    }),
    recordClick: async () => {
      const { ShardIterator = '' } = await kinesis<{ ShardIterator?: string }>('GetShardIterator', { StreamName: 'clicks', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' });
      const { Records = [] } = await kinesis<{ Records?: readonly { readonly Data: string; readonly PartitionKey: string }[] }>('GetRecords', { ShardIterator });
      return Records.map(({ Data, PartitionKey }) => ({ message: parsed(Buffer.from(Data, 'base64').toString()), beside: PartitionKey }));
    },
    startReturn: async (ids) => Promise.all(ids.map(async (id) => {
      const { input, name = null } = await clients().runs.send(new DescribeExecutionCommand({ executionArn: `arn:aws:states:${region}:${account}:execution:returns:${id}` }));
      return { message: parsed(input), beside: name };
    })),
  };
  const beside: Readonly<Record<string, (text: string, id: string) => Json>> = {
    sendFeedback: () => null,
    addEntry: (text) => [safe(text), safe(text)],
    publishNotice: (text) => [`Notice for the ${safe(text)}`, safe(text)],
    placeOrder: () => ['shop.orders', 'OrderPlaced'],
    recordClick: (text) => safe(text),
    startReturn: (_, id) => id,
  };

  beforeAll(async () => {
    moto = await startMoto();
    for (const spec of ['queue', 'topic', 'bus', 'stream', 'workflow', 'bucket', 'patterns/07-table', 'patterns/08-bucket']) apis.set(spec, (await compileSpec(spec)).api as Api);
    const { buses, buckets, runs, topics, queues, tables } = clients();
    for (const QueueName of ['inbox', 'published', 'told']) await queues.send(new CreateQueueCommand({ QueueName }));
    await queues.send(new CreateQueueCommand({ QueueName: 'ledger.fifo', Attributes: { FifoQueue: 'true' } }));
    const arn = async (name: string): Promise<string> => (await queues.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl(name), AttributeNames: ['QueueArn'] }))).Attributes?.QueueArn ?? '';
    const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'notices' }));
    await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: await arn('published') }));
    await buses.send(new CreateEventBusCommand({ Name: 'events' }));
    await buses.send(new PutRuleCommand({ Name: 'all', EventBusName: 'events', EventPattern: JSON.stringify({ source: ['shop.orders'] }) }));
    await buses.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'events', Targets: [{ Id: 'told', Arn: await arn('told') }] }));
    await kinesis('CreateStream', { StreamName: 'clicks', ShardCount: 1 });
    for (const name of ['returns', 'pricing']) await runs.send(new CreateStateMachineCommand({ name, roleArn: `arn:aws:iam::${account}:role/r`, definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}' }));
    for (const Bucket of ['documents', 'files']) await buckets.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await tables.send(new CreateTableCommand({ TableName: 'regions', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }));
  }, 60_000);
  afterAll(() => moto?.stop());

  const inOrder = <Item>(items: readonly Item[]): readonly string[] => items.map((item) => JSON.stringify(item)).sort();

  it.each(sends.filter(([, operation]) => operation in arrivals))('%s: %s arrives as the document means it, whatever it holds', async (...row) => {
    const [spec, operation] = row;
    const { route } = directOf(apiOf(spec), operation, names);
    const sent = [...new Set(textsOf(52, 12).map(safe))].map((text) => ({ text, id: randomUUID() }));
    const answers = await ask(spec, sent.map(({ text, id }) => sendOf(row, text, id)));
    expect([...new Set(answers.map(({ status, text }) => (status === 202 ? '202' : `${status} ${text}`)))]).toEqual(['202']);
    const arrived = await arrivals[operation]?.(sent.map(({ id }) => id)) ?? [];
    expect(inOrder(arrived)).toEqual(inOrder(sent.map(({ text, id }) => ({ message: messageIn(route.operation, row, text, id) ?? null, beside: beside[operation]?.(text, id) ?? null }))));
  });

  const json = (text: string): Json => (text.trim() === '' ? null : parsed(text));
  const problem = (status: number) => expect.objectContaining({ status, title: expect.any(String) as string });

  it('patterns/07-table: five operations on one item, and the item that is there in the end', async () => {
    const path = { id: 'r%201' };
    const [added, ...answers] = await ask('patterns/07-table', [
      { operation: 'addRegion', body: JSON.stringify({ name: "l'Île", status: '$x' }), context: { requestId: 'r 1' } },
      { operation: 'addRegion', body: JSON.stringify({ name: 'again' }), context: { requestId: 'r 1' } },
      { operation: 'getRegion', path },
      { operation: 'changeRegion', path, body: JSON.stringify({ name: 'a "b"\\' }) },
      { operation: 'listRegions' },
      { operation: 'changeRegion', path: { id: 'nowhere' }, body: JSON.stringify({ name: 'x' }) },
      { operation: 'getRegion', path: { id: 'nowhere' } },
    ]);
    expect([added?.status, json(added?.text ?? '')]).toEqual([201, { id: 'r 1', name: "l'Île", status: '$x' }]);
    expect(added?.headers['cache-control']).toBe('no-store');
    const changed = { id: 'r 1', name: 'a "b"\\', status: '$x' };
    expect(answers.map(({ status, text }) => [status, json(text)])).toEqual([
      [409, problem(409)], [200, { id: 'r 1', name: "l'Île", status: '$x' }], [200, changed], [200, [changed]], [404, problem(404)], [404, problem(404)],
    ]);
    const items = DynamoDBDocumentClient.from(clients().tables);
    expect((await items.send(new GetCommand({ TableName: 'regions', Key: { id: 'r 1' } }))).Item).toEqual(changed);
    const [gone, missing] = await ask('patterns/07-table', [{ operation: 'deleteRegion', path }, { operation: 'getRegion', path }]);
    expect([gone?.status, gone?.text, missing?.status]).toEqual([204, '', 404]);
    expect((await items.send(new GetCommand({ TableName: 'regions', Key: { id: 'r 1' } }))).Item).toBeUndefined();
  });

  it('patterns/08-bucket: objects are listed and read, under keys with slashes, and what is not there is missing', async () => {
    const objects: Readonly<Record<string, string>> = { 'a/b c/d.txt': 'one', 'a/e': 'two', f: 'three' };
    for (const [Key, Body] of Object.entries(objects)) await clients().buckets.send(new PutObjectCommand({ Bucket: 'files', Key, Body, ContentType: 'text/plain', CacheControl: 'no-store' }));
    const [all, some, found, plain, missing] = await ask('patterns/08-bucket', [
      { operation: 'listFiles' }, { operation: 'listFolder', path: { folder: 'a/' } },
      { operation: 'getFile', path: { key: 'a/b%20c/d.txt' } }, { operation: 'getFile', path: { key: 'f' } }, { operation: 'getFile', path: { key: 'a/nothing' } },
    ]);
    const keys = (text = ''): string[] => [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
    expect([all?.status, keys(all?.text), some?.status, keys(some?.text)]).toEqual([200, Object.keys(objects), 200, ['a/b c/d.txt', 'a/e']]);
    expect([found, plain].map((answer) => [answer?.status, answer?.text, answer?.headers['content-type'], answer?.headers['cache-control']])).toEqual([[200, 'one', 'text/plain', 'no-store'], [200, 'three', 'text/plain', 'no-store']]);
    expect([missing?.status, json(missing?.text ?? ''), missing?.headers['content-type']]).toEqual([404, problem(404), 'application/problem+json']);
  });

  it('bucket: an object is kept under the caller\'s name, as it came, and answered', async () => {
    const picture = "PNG \u2028 it's \"so\" $x #if \n";
    const [kept, found] = await ask('bucket', [
      { operation: 'putAvatar', headers: { 'Content-Type': 'image/png' }, body: picture, context },
      { operation: 'getAvatar', path: { name: "o'hara" } },
    ]);
    expect([kept?.status, found?.status, found?.text, found?.headers['content-type']]).toEqual([204, 200, picture, 'image/png']);
    const { Body, ContentType } = await clients().buckets.send(new GetObjectCommand({ Bucket: 'documents', Key: "avatars/o'hara.png" }));
    expect([await Body?.transformToString(), ContentType]).toEqual([picture, 'image/png']);
  });

  it.each<[string, Asked, number]>([
    ['queue', sendOf(rowOf('addEntry'), 'x'), 502], ['topic', sendOf(rowOf('publishNotice'), 'x'), 502], ['stream', sendOf(rowOf('recordClick'), 'x'), 502], ['workflow', sendOf(rowOf('startReturn'), 'x'), 502],
    ['patterns/07-table', { operation: 'getRegion', path: { id: 'x' } }, 502], ['patterns/08-bucket', { operation: 'listFiles' }, 502],
  ])('%s: what the service refuses is an error in the envelope, and nothing of the service is told', async (spec, asked, status) => {
    const [answer] = await play(apiOf(spec), moto, (variable) => ('name' in variable && variable.cloud !== 'resource-account' ? names(variable).replaceAll(variable.name, 'gone') : names(variable)))([asked]);
    expect([answer?.status, json(answer?.text ?? '')]).toEqual([status, problem(status)]);
    expect(answer?.text).not.toMatch(/gone|Exception|NoSuch|arn:/);
  });

  it('workflow: a run of a name that there was is a conflict', async () => {
    const [first, second] = await ask('workflow', ['x', 'y'].map((text) => sendOf(rowOf('startReturn'), text, 'once')));
    expect([first?.status, second?.status, json(second?.text ?? '')]).toEqual([202, 409, problem(409)]);
  });

  it('workflow: the emulator runs nothing while the caller waits, so that only its words are checked elsewhere', async () => {
    expect((await ask('workflow', [sendOf(rowOf('priceBasket'), 'x')]))[0]?.status).toBe(503);
  });
});
