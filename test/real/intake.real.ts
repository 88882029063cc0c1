import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateStateMachineCommand, DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../src/ir/index.js';
import { functionOf } from '../links/support.js';
import { compileSpec } from '../support/compile.js';
import { hasMoto, startMoto, type Moto } from '../support/moto.js';
import { hostile } from '../support/sent-cases.js';

const account = '123456789012';
const region = 'eu-west-1';
const texts = hostile.filter((text) => text !== '');

/** The functions of specs/intake, called as the gateway would: what they sign, send and say is taken by an emulated account. */
describe.runIf(hasMoto)('work that the generated functions hand over', () => {
  let moto: Moto;
  let api: Api;
  const made = new Map<string, ReturnType<typeof functionOf>>();
  const resources = (): Readonly<Record<string, string>> => ({
    RESOURCE_PARCELS: `${moto.url}/${account}/parcels`, RESOURCE_MOVES: `${moto.url}/${account}/moves.fifo`, RESOURCE_ALERTS: `arn:aws:sns:${region}:${account}:alerts`,
    RESOURCE_EVENTS: 'events', RESOURCE_SCANS: 'scans', RESOURCE_INSPECTION: `arn:aws:states:${region}:${account}:stateMachine:inspection`,
  });
  const clients = () => {
    const config = { endpoint: moto.url, region, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } };
    return { queues: new SQSClient(config), topics: new SNSClient(config), buses: new EventBridgeClient(config), runs: new SFNClient(config) };
  };
  /** Its client speaks HTTP/2 alone, and the emulator does not. */
  const kinesis = async <Answer>(action: string, input: object): Promise<Answer> => {
    const headers = { Authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/kinesis/aws4_request, SignedHeaders=host, Signature=0`, 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `Kinesis_20131202.${action}` };
    const text = await (await fetch(moto.url, { method: 'POST', headers, body: JSON.stringify(input) })).text();
    return JSON.parse(text === '' ? '{}' : text) as Answer;
  };
  const messagesOf = async (name: string, count: number): Promise<readonly Message[]> => {
    const found: Message[] = [];
    const QueueUrl = `${moto.url}/${account}/${name}`;
    for (let attempt = 0; found.length < count && attempt < 40; attempt++) {
      const { Messages = [] } = await clients().queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'], WaitTimeSeconds: 1 }));
      for (const { ReceiptHandle } of Messages) await clients().queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      found.push(...Messages);
    }
    return found;
  };
  const inOrder = (values: readonly unknown[]): readonly string[] => values.map((value) => JSON.stringify(value)).sort();
  const call = async (name: string, asked: { readonly method?: string; readonly path: string; readonly route: string; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }) => {
    const handler = made.get(name) ?? functionOf(api, name);
    made.set(name, handler);
    const { statusCode, body } = await (await handler)({ method: 'POST', subject: 'c-1', ...asked });
    return { statusCode, body };
  };

  beforeAll(async () => {
    moto = await startMoto();
    Object.assign(process.env, moto.environment, resources());
    api = (await compileSpec('intake')).api as Api;
    const { queues, topics, buses, runs } = clients();
    for (const QueueName of ['parcels', 'heard', 'told']) await queues.send(new CreateQueueCommand({ QueueName }));
    await queues.send(new CreateQueueCommand({ QueueName: 'moves.fifo', Attributes: { FifoQueue: 'true' } }));
    const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'alerts' }));
    await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${region}:${account}:heard` }));
    await buses.send(new CreateEventBusCommand({ Name: 'events' }));
    await buses.send(new PutRuleCommand({ Name: 'all', EventBusName: 'events', EventPattern: JSON.stringify({ source: ['intake'] }) }));
    await buses.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'events', Targets: [{ Id: 'told', Arn: `arn:aws:sqs:${region}:${account}:told` }] }));
    await kinesis('CreateStream', { StreamName: 'scans', ShardCount: 1 });
    await runs.send(new CreateStateMachineCommand({ name: 'inspection', roleArn: `arn:aws:iam::${account}:role/r`, definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}' }));
  }, 60_000);
  afterAll(() => {
    for (const name of [...Object.keys(moto?.environment ?? {}), ...Object.keys(resources())]) delete process.env[name];
    moto?.stop();
  });

  it('to a queue: the body as it was checked, with what the caller follows it by', async () => {
    for (const text of texts) expect(await call('announce-parcel', { path: '/parcels', route: '/parcels', body: { from: text, grams: 3 } })).toEqual({ statusCode: 202, body: '{"trackingId":"r-1"}' });
    const arrived = (await messagesOf('parcels', texts.length)).map(({ Body, MessageAttributes }) => [JSON.parse(Body ?? '') as unknown, MessageAttributes?.['tracking']?.StringValue]);
    expect(inOrder(arrived)).toEqual(inOrder(texts.map((from) => [{ from, grams: 3, insured: false }, 'r-1'])));
  });

  it('to an ordered queue: the same key again is one message', async () => {
    for (const key of ['key-0001', 'key-0001', 'key-0002']) expect((await call('move-parcel', { path: '/parcels/p-1/moves', route: '/parcels/{parcelId}/moves', headers: { 'idempotency-key': key }, body: { to: 'A12' } })).statusCode).toBe(202);
    const arrived = (await messagesOf('moves.fifo', 2)).map(({ Body, Attributes }) => [JSON.parse(Body ?? '') as unknown, Attributes?.MessageGroupId, Attributes?.MessageDeduplicationId]);
    expect(inOrder(arrived)).toEqual(inOrder(['key-0001', 'key-0002'].map((key) => [{ asked: 'c-1', fragile: false, parcel: 'p-1', to: 'A12' }, 'p-1', key])));
  });

  it('to a topic: subject and attributes beside it', async () => {
    for (const text of texts) expect((await call('raise-alert', { path: '/alerts', route: '/alerts', body: { text, level: 'high' } })).statusCode).toBe(202);
    const arrived = (await messagesOf('heard', texts.length)).map(({ Body }) => {
      const { Message: message, Subject, MessageAttributes } = JSON.parse(Body ?? '') as { Message: string; Subject: string; MessageAttributes: Readonly<Record<string, { readonly Value: string }>> };
      return [JSON.parse(message) as unknown, Subject, MessageAttributes['level']?.Value, MessageAttributes['tracking']?.Value];
    });
    expect(inOrder(arrived)).toEqual(inOrder(texts.map((text) => [{ text, level: 'high' }, 'Alert high', 'high', 'r-1'])));
  });

  it('to a bus: from whom, and of what', async () => {
    for (const from of texts) expect((await call('report-event', { path: '/events', route: '/events', body: { from, grams: 3 } })).statusCode).toBe(202);
    const arrived = (await messagesOf('told', texts.length)).map(({ Body }) => {
      const { source, detail, 'detail-type': type, resources: about } = JSON.parse(Body ?? '') as { source: string; detail: unknown; 'detail-type': string; resources: string[] };
      return [detail, source, type, about];
    });
    expect(inOrder(arrived)).toEqual(inOrder(texts.map((from) => [{ from, grams: 3, insured: false }, 'intake', 'reportEvent', ['r-1']])));
  });

  it('to a stream: under its key', async () => {
    const codes = texts.map((text) => `${text}....`);
    for (const code of codes) expect((await call('record-scan', { method: 'PUT', path: '/scans/g-1', route: '/scans/{gate}', body: { code } })).statusCode).toBe(202);
    const { ShardIterator = '' } = await kinesis<{ ShardIterator?: string }>('GetShardIterator', { StreamName: 'scans', ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' });
    const { Records = [] } = await kinesis<{ Records?: readonly { readonly Data: string; readonly PartitionKey: string }[] }>('GetRecords', { ShardIterator });
    expect(Records.map(({ Data, PartitionKey }) => [JSON.parse(Buffer.from(Data, 'base64').toString()) as unknown, PartitionKey])).toEqual(codes.map((code) => [{ gate: 'g-1', code }, 'g-1']));
  });

  it('to a workflow: as a run of that name, and what cannot be taken is an error in the envelope', async () => {
    const inspect = (key: string, from: string) => call('inspect', { path: '/inspections', route: '/inspections', headers: { 'idempotency-key': key }, body: { from, grams: 3 } });
    expect((await inspect('key-0001', "it's")).statusCode).toBe(202);
    const { executions = [] } = await clients().runs.send(new ListExecutionsCommand({ stateMachineArn: resources()['RESOURCE_INSPECTION'] }));
    const { input, name } = await clients().runs.send(new DescribeExecutionCommand({ executionArn: executions[0]?.executionArn ?? '' }));
    expect([executions.length, name, JSON.parse(input ?? '')]).toEqual([1, 'key-0001', { from: "it's", grams: 3, insured: false }]);
    process.env['RESOURCE_INSPECTION'] = `arn:aws:states:${region}:${account}:stateMachine:gone`;
    const { statusCode, body } = await inspect('key-0002', 'x');
    expect([statusCode, (JSON.parse(body) as { status: number }).status, body.includes('gone')]).toEqual([502, 502, false]);
  });
});
