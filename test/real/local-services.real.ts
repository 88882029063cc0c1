import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json, JsonObject } from '../../src/base/json.js';
import { createRemote } from '../../src/local/aws/remote.js';
import { dynamodbActions } from '../../src/local/services/dynamodb.js';
import { ServiceFailure } from '../../src/local/services/failure.js';
import { createTable } from '../../src/local/services/table.js';
import { documentWith } from '../local/services/document.js';
import { serve, type Served } from '../local/support.js';

const port = 5897;
const endpoint = `http://127.0.0.1:${port}`;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const config = { endpoint, region: 'us-east-1', credentials, forcePathStyle: true };
/** An emulator of the cloud's services; a program beside the project. */
const available = spawnSync('moto_server', ['--help']).status === 0;
if (!available) {
  if (process.env['CI'] === 'true') throw new Error('moto is needed: pip install moto[server]');
  console.warn('LEFT OUT: moto is not here, and no embedded service was held against it');
}
let moto: ChildProcess | undefined;

beforeAll(async () => {
  if (!available) return;
  moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  await vi.waitFor(() => fetch(endpoint), { timeout: 60_000, interval: 200 });
});
afterAll(() => { moto?.kill(); });

describe.runIf(available)('embedded tables, beside an emulator of the real ones', () => {
  const key = { id: { S: 'x' } };
  const client = new DynamoDBClient(config);
  beforeAll(async () => {
    await client.send(new CreateTableCommand({ TableName: 't', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }));
  });
  const place = fc.constantFrom('a', 'b', 'm.x', 'l[0]', 'nowhere');
  const value = fc.constantFrom(':one', ':two', ':text', ':list');
  const simple = fc.oneof(
    fc.tuple(place, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), value).map((parts) => parts.join(' ')),
    place.map((each) => `attribute_exists(${each})`), place.map((each) => `attribute_not_exists(${each})`),
    fc.tuple(place, value, value).map(([each, low, high]) => `${each} IN (${low}, ${high})`),
    place.map((each) => `begins_with(${each}, :text)`),
  );
  const condition = fc.tuple(simple, fc.constantFrom('', 'NOT '), fc.constantFrom('AND', 'OR'), simple).map(([left, not, by, right]) => `${not}${left} ${by} (${right})`);
  const update = fc.constantFrom('SET a = :one', 'SET a = if_not_exists(a, :two), b = :text', 'SET l = list_append(if_not_exists(l, :list), :list)', 'REMOVE a', 'SET a = :two REMOVE b', 'SET m.x = :one');
  const item = fc.constantFrom<JsonObject>({}, { a: { N: '1' }, b: { S: 'text' } }, { a: { N: '2' }, m: { M: { x: { N: '1' } } }, l: { L: [{ S: 'text' }] } }, { a: { S: 'text and more' }, m: { M: {} } });
  const values = { ':one': { N: '1' }, ':two': { N: '2' }, ':text': { S: 'text' }, ':list': { L: [{ S: 'q' }] } };
  const used = (text: string): JsonObject => Object.fromEntries(Object.entries(values).filter(([name]) => text.includes(name)));

  it('refuse and change the same', async () => {
    const table = createTable({ key: { partition: 'id' }, indexes: [] });
    const actions = dynamodbActions(new Map([['t', table]]));
    const ours = (action: string, input: JsonObject): string => {
      try {
        void actions[action]?.({ TableName: 't', ...input });
        return 'done';
      } catch (error) {
        if (error instanceof ServiceFailure) return error.code;
        throw error;
      }
    };
    const theirs = (command: Promise<unknown>): Promise<string> => command.then(() => 'done', (error: Error) => error.name);
    await fc.assert(fc.asyncProperty(fc.option(item, { nil: undefined }), condition, update, async (before, ConditionExpression, UpdateExpression) => {
      ours('DeleteItem', { Key: key });
      await client.send(new DeleteItemCommand({ TableName: 't', Key: key }));
      if (before) {
        ours('PutItem', { Item: { ...before, ...key } });
        await client.send(new PutItemCommand({ TableName: 't', Item: { ...before, ...key } as never }));
      }
      const given = used(`${ConditionExpression} ${UpdateExpression}`);
      const change = { Key: key, ConditionExpression, UpdateExpression, ...(Object.keys(given).length === 0 ? {} : { ExpressionAttributeValues: given }) };
      const [mine, other] = [ours('UpdateItem', change), await theirs(client.send(new UpdateItemCommand({ TableName: 't', ...change } as never)))];
      // The emulator falls over where values of two types are put in an order, and says so in HTML.
      fc.pre(other !== 'SyntaxError');
      expect(mine).toBe(other);
      expect(table.get(key)).toEqual((await client.send(new GetItemCommand({ TableName: 't', Key: key }))).Item as Json | undefined);
    }), { numRuns: 150 });
  });
});

describe.runIf(available)('services somewhere else', () => {
  let served: Served;
  let QueueUrl = '';
  const set: Record<string, string> = {};
  beforeAll(async () => {
    Object.assign(set, { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' });
    Object.assign(process.env, set);
    QueueUrl = (await new SQSClient(config).send(new CreateQueueCommand({ QueueName: 'theirs' }))).QueueUrl ?? '';
    const topic = await new SNSClient(config).send(new CreateTopicCommand({ Name: 'theirs' }));
    await new EventBridgeClient(config).send(new CreateEventBusCommand({ Name: 'theirs' }));
    await createRemote(process.cwd(), endpoint)({ service: 'kinesis', action: 'CreateStream', input: { StreamName: 'theirs', ShardCount: 1 } });
    await new S3Client(config).send(new CreateBucketCommand({ Bucket: 'theirs' }));
    const machine = await new SFNClient(config).send(new CreateStateMachineCommand({ name: 'theirs', roleArn: 'arn:aws:iam::123456789012:role/r', definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}' }));
    await new DynamoDBClient(config).send(new CreateTableCommand({ TableName: 'theirs', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: ['owner', 'noteId'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })), KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }, { AttributeName: 'noteId', KeyType: 'RANGE' }] }));
    Object.assign(set, {
      RESOURCE_INBOX: QueueUrl, RESOURCE_NOTICES: topic.TopicArn ?? '', RESOURCE_EVENTS: 'theirs', RESOURCE_CLICKS: 'theirs', RESOURCE_NOTES: 'theirs', RESOURCE_RECEIPTS: 'theirs', RESOURCE_NIGHTLY: machine.stateMachineArn ?? '',
    });
    Object.assign(process.env, set);
    const sent = { requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } }, responses: { 202: { description: 'ok' } } };
    const noteKey = { owner: 'o', noteId: 'n' };
    // An item is described all the way down, since the gateway's templates write out each attribute.
    const noteJson = { 'application/json': { schema: { type: 'object', properties: { owner: { type: 'string' }, noteId: { type: 'string' }, a: { type: 'string' } } } } };
    const noteAnswered = { responses: { 200: { description: 'ok', content: noteJson } } };
    served = await serve(documentWith({
      policy: { async: { through: 'inbox' } },
      paths: {
        '/notices': { post: { operationId: 'notify', ...sent, 'x-gateway': { integration: { topic: 'notices' } } } },
        '/events': { post: { operationId: 'tell', ...sent, 'x-gateway': { integration: { bus: 'events', source: 'shop', detailType: 'told' } } } },
        '/clicks': { post: { operationId: 'click', ...sent, 'x-gateway': { integration: { stream: 'clicks', partitionKey: 'k' } } } },
        '/runs': { post: { operationId: 'run', ...sent, 'x-gateway': { integration: { workflow: 'nightly', mode: 'start', name: 'once' } } } },
        '/notes': {
          get: { operationId: 'getNote', ...noteAnswered, 'x-gateway': { integration: { table: 'notes', action: 'get', key: noteKey } } },
          put: { operationId: 'putNote', requestBody: { required: true, content: noteJson }, responses: { 204: { description: 'kept' } }, 'x-gateway': { integration: { table: 'notes', action: 'put', key: noteKey, condition: 'absent' } } },
        },
        '/file': { put: { operationId: 'putFile', requestBody: { required: true, content: { 'text/plain': {} } }, responses: { 204: { description: 'kept' } }, 'x-gateway': { integration: { bucket: 'receipts', action: 'put', key: 'f' } } } },
      },
    }), {}, {}, { test: true });
  });
  afterAll(async () => {
    await served.close();
    for (const name of Object.keys(set)) delete process.env[name];
  });
  const send = (method: string, path: string, type = 'application/json') => served.ask(method, path, { 'content-type': type }, '{"a":"x"}');

  it.each<[string, string, readonly number[]]>([
    ['POST', '/work', [202]], ['POST', '/notices', [202]], ['POST', '/events', [202]], ['POST', '/clicks', [202]], ['POST', '/runs', [202, 202]], ['PUT', '/notes', [204, 409]],
  ])('take %s %s', async (method, path, wanted) => {
    for (const status of wanted) expect((await send(method, path)).status).toBe(status);
  });
  it('hold what was sent, and answer what they hold', async () => {
    const { Messages } = await new SQSClient(config).send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['{"a":"x"}']);
    expect(JSON.parse((await served.ask('GET', '/notes')).body)).toEqual({ owner: 'o', noteId: 'n', a: 'x' });
    expect((await send('PUT', '/file', 'text/plain')).status).toBe(204);
    expect(await (await new S3Client(config).send(new GetObjectCommand({ Bucket: 'theirs', Key: 'f' }))).Body?.transformToString()).toBe('{"a":"x"}');
    expect((await served.ask('GET', '/_gatewright/resources/inbox')).status).toBe(404);
  });
  it('need the project to have their client, and say so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatewright-'));
    await expect(createRemote(folder, endpoint)({ service: 'sqs', action: 'SendMessage', input: {} })).rejects.toThrow('npm install --save-dev @aws-sdk/client-sqs');
    rmSync(folder, { recursive: true });
  });
});
