import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { serve, type Served } from '../support.js';
import { documentWith } from './document.js';

const variable = (name: string): string => process.env[`RESOURCE_${name.toUpperCase()}`] ?? '';

describe('clients of the AWS SDK, as handlers make them', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(documentWith({ policy: { async: { through: 'inbox' } } }), {}, {}, { test: true });
  });
  afterAll(() => served.close());
  const advance = (by: string): Promise<unknown> => served.ask('POST', '/_gatewright/clock', { 'content-type': 'application/json' }, JSON.stringify({ advance: by }));
  const contents = async (name: string): Promise<Record<string, unknown>> => JSON.parse((await served.ask('GET', `/_gatewright/resources/${name}`)).body) as Record<string, unknown>;
  const errorOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: Error) => error.name);

  it('send, receive, put back and delete messages', async () => {
    const client = new SQSClient();
    const QueueUrl = variable('inbox');
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', MessageAttributes: { kind: { DataType: 'String', StringValue: 'greeting' } } }));
    await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'later', DelaySeconds: 90 }] }));
    const receive = () => client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }));
    const { Messages: [first] = [] } = await receive();
    expect([first?.Body, first?.MessageAttributes?.['kind']?.StringValue]).toEqual(['hello', 'greeting']);
    expect((await receive()).Messages).toBeUndefined();
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }));
    const { Messages: [again] = [] } = await receive();
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    await advance('91s');
    expect((await receive()).Messages?.map(({ Body }) => Body)).toEqual(['later']);
    expect((await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes?.['ApproximateNumberOfMessagesNotVisible']).toBe('1');
    expect(await errorOf(client.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}-not`, MessageBody: 'x' })))).toMatch(/NonExistentQueue|QueueDoesNotExist/);
  });

  it('keep the order of a group, and take what is sent twice once', async () => {
    const client = new SQSClient();
    const QueueUrl = variable('ledger');
    const send = (MessageBody: string, MessageGroupId: string, MessageDeduplicationId: string) => client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }));
    const [first, repeated] = [await send('1', 'a', 'x'), await send('1', 'a', 'x')];
    expect(repeated.MessageId).toBe(first.MessageId);
    await send('2', 'a', 'y');
    await send('3', 'b', 'z');
    const bodies = async (): Promise<unknown> => (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }))).Messages?.map(({ Body }) => Body);
    expect([await bodies(), await bodies(), await bodies()]).toEqual([['1'], ['3'], undefined]);
    expect(await errorOf(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })))).toBe('MissingParameter');
  });

  it('publish to a topic', async () => {
    const { MessageId } = await new SNSClient().send(new PublishCommand({ TopicArn: variable('notices'), Message: 'news & <more>', Subject: 'Hi', MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }));
    expect(await contents('notices')).toEqual({ kind: 'topic', published: [{ id: MessageId, message: 'news & <more>', subject: 'Hi', attributes: { a: 'b' } }] });
    expect(await errorOf(new SNSClient().send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:nowhere', Message: 'x' })))).toMatch(/NotFound/);
  });

  it('put events, with what failed told in a success', async () => {
    const { FailedEntryCount, Entries = [] } = await new EventBridgeClient().send(new PutEventsCommand({ Entries: [
      { EventBusName: variable('events'), Source: 'shop', DetailType: 'sold', Detail: '{"a":1}' }, { EventBusName: variable('events'), Source: 'shop', DetailType: 'sold', Detail: 'no' },
    ] }));
    expect([FailedEntryCount, Entries[1]?.ErrorCode]).toEqual([1, 'MalformedDetail']);
    expect((await contents('events'))['events']).toMatchObject([{ id: Entries[0]?.EventId, source: 'shop', detailType: 'sold', detail: { a: 1 } }]);
  });

  it('put records, and read them in the order of their shard', async () => {
    const client = new KinesisClient();
    const StreamName = variable('clicks');
    const one = await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('1') }));
    const more = await client.send(new PutRecordsCommand({ StreamName, Records: [{ PartitionKey: 'k', Data: Buffer.from('2') }] }));
    expect(more.Records?.[0]?.ShardId).toBe(one.ShardId);
    expect((await client.send(new ListShardsCommand({ StreamName }))).Shards).toHaveLength(2);
    const { ShardIterator } = await client.send(new GetShardIteratorCommand({ StreamName, ShardId: one.ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records.map(({ Data }) => Buffer.from(Data ?? []).toString())).toEqual(['1', '2']);
  });

  it('start runs and follow them; a name counts once', async () => {
    const client = new SFNClient();
    const stateMachineArn = variable('nightly');
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' }));
    const run = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect([run.status, run.output, run.startDate instanceof Date]).toEqual(['SUCCEEDED', '{"a":1}', true]);
    expect(await errorOf(client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"a":1}' })))).toBe('ExecutionAlreadyExists');
    const express = new SFNClient({ disableHostPrefix: true });
    expect((await express.send(new StartSyncExecutionCommand({ stateMachineArn: variable('pricing'), input: '{"b":2}' }))).output).toBe('{"b":2}');
  });

  it('put, get, change, delete and query items', async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient());
    const TableName = variable('notes');
    const put = (noteId: string, more: object = {}) => client.send(new PutCommand({ TableName, Item: { owner: 'o', noteId, tag: 't', count: 1, tags: new Set(['a']), ...more }, ConditionExpression: 'attribute_not_exists(#o)', ExpressionAttributeNames: { '#o': 'owner' } }));
    for (const noteId of ['b', 'a', 'c']) await put(noteId);
    expect(await errorOf(put('a'))).toBe('ConditionalCheckFailedException');
    const Key = { owner: 'o', noteId: 'a' };
    const { Attributes } = await client.send(new UpdateCommand({
      TableName, Key, UpdateExpression: 'SET #c = #c + :one, deep = if_not_exists(deep, :deep), list = list_append(:list, :list) REMOVE tag ADD tags :more', ConditionExpression: '#c = :one AND (size(noteId) BETWEEN :one AND :one OR contains(tags, :b))',
      ExpressionAttributeNames: { '#c': 'count' }, ExpressionAttributeValues: { ':one': 1, ':deep': { x: [1] }, ':list': ['y'], ':more': new Set(['b']), ':b': 'b' }, ReturnValues: 'ALL_NEW',
    }));
    expect(Attributes).toEqual({ ...Key, count: 2, deep: { x: [1] }, list: ['y', 'y'], tags: new Set(['a', 'b']) });
    expect((await client.send(new GetCommand({ TableName, Key, ProjectionExpression: 'deep.x[0], #c', ExpressionAttributeNames: { '#c': 'count' } }))).Item).toEqual({ deep: { x: [1] }, count: 2 });
    const query = async (more: object): Promise<unknown> => (await client.send(new QueryCommand({ TableName, KeyConditionExpression: '#k = :k', ...more } as ConstructorParameters<typeof QueryCommand>[0]))).Items?.map((item) => item['noteId'] as string);
    const byOwner = { ExpressionAttributeNames: { '#k': 'owner' }, ExpressionAttributeValues: { ':k': 'o' } };
    expect(await query(byOwner)).toEqual(['a', 'b', 'c']);
    expect(await query({ ...byOwner, ScanIndexForward: false, Limit: 2 })).toEqual(['c', 'b']);
    expect(await query({ IndexName: 'byTag', ExpressionAttributeNames: { '#k': 'tag' }, ExpressionAttributeValues: { ':k': 't' } })).toEqual(['b', 'c']);
    const first = await client.send(new QueryCommand({ TableName, KeyConditionExpression: '#k = :k', ...byOwner, Limit: 1 }));
    expect(await query({ ...byOwner, ExclusiveStartKey: first.LastEvaluatedKey })).toEqual(['b', 'c']);
    await client.send(new DeleteCommand({ TableName, Key }));
    expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(2);
    expect(await errorOf(client.send(new GetCommand({ TableName, Key: { owner: 'o' } })))).toBe('ValidationException');
  });

  it('put, get, list and delete objects', async () => {
    const client = new S3Client();
    const Bucket = variable('receipts');
    for (const Key of ['a/1.txt', 'a/2 ü.txt', 'b.txt']) await client.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}`, ContentType: 'text/plain', Metadata: { by: 'me' } }));
    const { Body, ContentType, Metadata } = await client.send(new GetObjectCommand({ Bucket, Key: 'a/2 ü.txt' }));
    expect([await Body?.transformToString(), ContentType, Metadata]).toEqual(['body of a/2 ü.txt', 'text/plain', { by: 'me' }]);
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'b.txt' }))).ContentLength).toBe(13);
    const list = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect([list.Contents?.map(({ Key }) => Key), list.CommonPrefixes]).toEqual([['b.txt'], [{ Prefix: 'a/' }]]);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'b.txt' }));
    expect(await errorOf(client.send(new GetObjectCommand({ Bucket, Key: 'b.txt' })))).toBe('NoSuchKey');
  });

  it('sign links that hold for a while, for that object only', async () => {
    const client = new S3Client();
    const Bucket = variable('receipts');
    await client.send(new PutObjectCommand({ Bucket, Key: 'linked.txt', Body: 'x' }));
    // Links are of the gateway's time, which is ahead here.
    const signingDate = new Date(Number((JSON.parse((await served.ask('POST', '/_gatewright/clock', { 'content-type': 'application/json' }, '{"advance":"0s"}')).body) as { now: number }).now));
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'linked.txt' }), { expiresIn: 60, signingDate });
    expect((await fetch(url, { headers: { origin: 'https://shop.example.com' } })).status).toBe(200);
    expect((await fetch(url.replace('linked', 'a/1'))).status).toBe(403);
    await advance('61s');
    const late = await fetch(url);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  });

  it('sign forms that limit what is uploaded', async () => {
    await served.ask('POST', '/_gatewright/reset');
    const Bucket = variable('receipts');
    const { url, fields } = await createPresignedPost(new S3Client(), { Bucket, Key: 'up.txt', Conditions: [['content-length-range', 1, 5], ['eq', '$Content-Type', 'text/plain']], Fields: { 'Content-Type': 'text/plain' }, Expires: 60 });
    const post = async (text: string, change: Record<string, string> = {}): Promise<number> => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, ...change })) form.append(name, value);
      form.append('file', new Blob([text]), 'mine.txt');
      return (await fetch(url, { method: 'POST', body: form })).status;
    };
    expect([await post('12345'), await post('123456'), await post('1', { 'Content-Type': 'text/html' }), await post('1', { key: 'other' }), await post('1', { extra: 'x' })]).toEqual([204, 400, 403, 403, 403]);
    expect(await contents('receipts')).toEqual({ kind: 'bucket', objects: [{ key: 'up.txt', size: 5, type: 'text/plain' }] });
    await advance('61s');
    expect(await post('1')).toBe(403);
  });

  it('are not to be had by pages of other sites', async () => {
    const answer = await fetch(process.env['AWS_ENDPOINT_URL'] ?? '', { method: 'POST', headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }, body: `Action=Publish&TopicArn=${variable('notices')}&Message=x` });
    expect(answer.status).toBe(403);
  });
});
