import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../support.js';
import { documentWith } from './document.js';

const json = { 'content-type': 'application/json' };
const answers = { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } };

/** As a developer writes them: clients with no settings, and resources by what the handler is told. */
const handler = `import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
import { keep } from '../generated/contract/keep.js';
const tables = new DynamoDBClient();
const queues = new SQSClient();
export const handler = keep(async ({ resources }) => {
  await tables.send(new PutItemCommand({ TableName: resources.notes.name, Item: { owner: { S: 'o' }, noteId: { S: 'n' } } }));
  await queues.send(new SendMessageCommand({ QueueUrl: resources.inbox.url, MessageBody: '{"a":"x"}' }));
  return { status: 200, body: {} };
});
`;

describe('handlers with clients of the AWS SDK', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(documentWith({
      policy: { async: { through: 'inbox' } },
      paths: { '/notes': { post: { operationId: 'keep', responses: answers, 'x-gateway': { uses: [{ notes: 'write' }, { inbox: 'publish' }] } } } },
    }), { keep: handler }, {}, { test: true });
  });
  afterAll(() => served.close());

  it('reach the embedded services, with no network and no account', async () => {
    expect((await served.ask('POST', '/notes', json, '{}')).status).toBe(200);
    const contents = JSON.parse((await served.ask('GET', '/_gatewright/resources')).body) as { notes: object; inbox: object };
    expect([contents.notes, contents.inbox]).toMatchObject([{ items: [{ owner: 'o', noteId: 'n' }] }, { messages: [{ body: '{"a":"x"}' }] }]);
  });
});
