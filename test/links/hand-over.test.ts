import { writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { messageOf } from '../../src/ir/call.js';
import { evaluate } from '../../src/ir/evaluate.js';
import type { Api, Operation } from '../../src/ir/index.js';
import { compileAll, compileSpec, errorsOf } from '../support/compile.js';
import { apiOf, generate, temporary, typecheck, write } from '../support/generated.js';
import { facts, textsOf } from '../support/sent-cases.js';
import { functionOf } from './support.js';

interface Taken { readonly headers: IncomingHttpHeaders; readonly text: string }
type Call = Awaited<ReturnType<typeof functionOf>>;

/** A service that takes what it is sent, and answers what it is told to. */
const taken: Taken[] = [];
let answer: { readonly status: number; readonly body: string; readonly after?: number };
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    taken.push({ headers: request.headers, text: Buffer.concat(parts).toString() });
    const { status, body, after = 0 } = answer;
    setTimeout(() => response.writeHead(status).end(body), after);
  });
});

const resources: Readonly<Record<string, string>> = {
  RESOURCE_PARCELS: 'https://sqs.eu-central-1.amazonaws.com/1/parcels', RESOURCE_MOVES: 'https://sqs.eu-central-1.amazonaws.com/1/moves.fifo', RESOURCE_ALERTS: 'arn:aws:sns:eu-north-1:1:alerts',
  RESOURCE_EVENTS: 'events', RESOURCE_SCANS: 'scans', RESOURCE_INSPECTION: 'arn:aws:states:eu-west-1:1:stateMachine:inspection', RESOURCE_STATES: 'states',
};

let api: Api;
const operationOf = (id: string): Operation => api.operations.get(id) as Operation;

beforeAll(async () => {
  api = (await compileSpec('intake')).api as Api;
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  taken.length = 0;
  answer = { status: 200, body: '{}' };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [name, value] of Object.entries({ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token', AWS_ENDPOINT_URL: url, ...resources })) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const requests = {
  announceParcel: { method: 'POST', path: '/parcels', route: '/parcels', subject: "o'hara" },
  moveParcel: { method: 'POST', path: '/parcels/p-1/moves', route: '/parcels/{parcelId}/moves', subject: "o'hara", headers: { 'idempotency-key': 'key-0001' } },
  raiseAlert: { method: 'POST', path: '/alerts', route: '/alerts', subject: "o'hara" },
  reportEvent: { method: 'POST', path: '/events', route: '/events', subject: "o'hara" },
  recordScan: { method: 'PUT', path: '/scans/g-1', route: '/scans/{gate}', subject: "o'hara" },
  inspect: { method: 'POST', path: '/inspections', route: '/inspections', subject: "o'hara", headers: { 'idempotency-key': 'key-0001' } },
} as const;
type Name = keyof typeof requests;
const known = new Map<Name, Promise<Call>>();
const call = async (name: Name, body: unknown) => {
  const made = known.get(name) ?? functionOf(api, name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  known.set(name, made);
  return (await made)({ ...requests[name], body });
};

const tracked = { DataType: 'String', StringValue: 'r-1' };
const parameters = { parcelId: 'p-1', gate: 'g-1', 'idempotency-key': 'key-0001' };
/** What each operation sends of a text: how the service takes it apart, the body that has the text, and what stands beside the message. */
const sends: readonly (readonly [name: Name, target: string | undefined, message: (sent: Json & object) => unknown, body: (text: string) => Json, others: (text: string) => object])[] = [
  ['announceParcel', 'AmazonSQS.SendMessage', (sent) => JSON.parse((sent as { MessageBody: string }).MessageBody), (text) => ({ from: text || '-', grams: 5, insured: true, notes: [text] }), () => ({ QueueUrl: resources['RESOURCE_PARCELS'], MessageAttributes: { tracking: tracked } })],
  ['moveParcel', 'AmazonSQS.SendMessage', (sent) => JSON.parse((sent as { MessageBody: string }).MessageBody), () => ({ to: 'A12', fragile: false }), () => ({ QueueUrl: resources['RESOURCE_MOVES'], MessageGroupId: 'p-1', MessageDeduplicationId: 'key-0001', MessageAttributes: { tracking: tracked } })],
  ['raiseAlert', undefined, (sent) => JSON.parse((sent as { Message: string }).Message), (text) => ({ text: text || '-', level: 'low' }), () => ({
    Action: 'Publish', Version: '2010-03-31', TopicArn: resources['RESOURCE_ALERTS'], Subject: 'Alert low',
    'MessageAttributes.entry.1.Name': 'level', 'MessageAttributes.entry.1.Value.DataType': 'String', 'MessageAttributes.entry.1.Value.StringValue': 'low',
    'MessageAttributes.entry.2.Name': 'tracking', 'MessageAttributes.entry.2.Value.DataType': 'String', 'MessageAttributes.entry.2.Value.StringValue': 'r-1',
  })],
  ['reportEvent', 'AWSEvents.PutEvents', (sent) => JSON.parse((sent as { Entries: { Detail: string }[] }).Entries[0]?.Detail ?? ''), (text) => ({ from: text || '-', grams: 5, insured: false }), () => ({ Entries: [{ EventBusName: 'events', Source: 'intake', DetailType: 'reportEvent', Resources: ['r-1'] }] })],
  ['recordScan', 'Kinesis_20131202.PutRecord', (sent) => JSON.parse(Buffer.from((sent as { Data: string }).Data, 'base64').toString()), (text) => ({ code: `${text}----`.slice(0, 40), grams: 7 }), () => ({ StreamName: 'scans', PartitionKey: 'g-1' })],
  ['inspect', 'AWSStepFunctions.StartExecution', (sent) => JSON.parse((sent as { input: string }).input), (text) => ({ from: text || '-', grams: 5, insured: false }), () => ({ stateMachineArn: resources['RESOURCE_INSPECTION'], name: 'key-0001' })],
];
const beside = (sent: Record<string, unknown>): object => {
  const { MessageBody: _, Message: __, Data: ___, input: ____, ...others } = sent;
  return 'Entries' in others ? { Entries: (others['Entries'] as Record<string, unknown>[]).map(({ Detail: _____, ...rest }) => rest) } : others;
};
/** A success of each service. */
const success: Readonly<Record<Name, string>> = {
  announceParcel: '{"MessageId":"m-1"}', moveParcel: '{"MessageId":"m-1"}', raiseAlert: '<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>',
  reportEvent: '{"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]}', recordScan: '{"ShardId":"s","SequenceNumber":"1"}', inspect: '{"executionArn":"arn","startDate":1.7e9}',
};

describe('a request that a function hands over', () => {
  it('needs nobody to write anything, and type-checks', async () => {
    const files = await generate(api);
    expect([...files.keys()].filter((path) => path.startsWith('handlers/'))).toEqual(['handlers/get-parcel.ts']);
    expect(typecheck(write(files))).toBe('');
  });

  it.each(sends)('%s sends the message that the document means, whatever it holds', async (name, target, messageIn, bodyWith, others) => {
    answer = { status: 200, body: success[name] };
    for (const text of textsOf(7, 40).filter((each) => each.length < 60)) {
      taken.length = 0;
      const body = bodyWith(text);
      const { statusCode } = await call(name, body);
      expect(statusCode, text).toBe(202);
      const [{ headers, text: sent } = { headers: {}, text: '' }] = taken;
      expect(headers['x-amz-target']).toBe(target);
      const decoded = (target === undefined ? Object.fromEntries(new URLSearchParams(sent)) : JSON.parse(sent)) as Record<string, unknown>;
      expect(messageIn(decoded as Json & object), text).toEqual(evaluate(messageOf(operationOf(name)), facts(body, parameters, 'r-1')));
      expect(beside(decoded), text).toEqual(others(text));
    }
  });

  it('is signed as the service checks it, for the region that the address names', async () => {
    await call('announceParcel', { from: 'a', grams: 1 });
    const [{ headers } = { headers: {} as IncomingHttpHeaders }] = taken;
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/sqs\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/);
  });

  it('is acknowledged with where to ask about it', async () => {
    answer = { status: 200, body: success.announceParcel };
    const { statusCode, headers, body } = await call('announceParcel', { from: 'a', grams: 1 });
    expect([statusCode, JSON.parse(body)]).toEqual([202, { trackingId: 'r-1' }]);
    expect([headers['location'], headers['retry-after']]).toEqual(['/parcels/r-1', '1']);
  });

  it('is acknowledged as the document maps it', async () => {
    answer = { status: 200, body: success.raiseAlert };
    expect(JSON.parse((await call('raiseAlert', { text: 'x', level: 'high' })).body)).toEqual({ level: 'high', request: 'r-1' });
  });

  it('goes nowhere where it is not what the document says', async () => {
    const { statusCode, body } = await call('announceParcel', { from: '', grams: 'heavy' });
    expect([statusCode, (JSON.parse(body) as { errors: object[] }).errors.length, taken.length]).toEqual([400, 2, 0]);
    expect((await call('announceParcel', undefined)).statusCode).toBe(400);
    expect(taken.length).toBe(0);
  });

  it.each<[string, Name, number, string, number]>([
    ['too many messages', 'announceParcel', 400, '{"__type":"com.amazonaws.sqs#RequestThrottled","message":"secret"}', 503],
    ['a message that is too long', 'announceParcel', 400, '{"__type":"InvalidMessageContents","message":"secret"}', 400],
    ['a missing grant', 'announceParcel', 403, '{"__type":"AccessDeniedException","message":"secret"}', 502],
    ['an outage', 'recordScan', 500, 'secret', 503],
    ['an event that was not taken', 'reportEvent', 200, '{"FailedEntryCount":1,"Entries":[{"ErrorMessage":"secret"}]}', 502],
    ['an answer that is none', 'reportEvent', 200, 'secret', 502],
    ['a run of that name', 'inspect', 400, '{"__type":"ExecutionAlreadyExists","message":"secret"}', 409],
  ])('%s is an error in the envelope, and tells nothing of the service', async (_, name, status, text, wanted) => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    answer = { status, body: text };
    const { statusCode, headers, body } = await call(name, name === 'recordScan' ? { code: 'abcd' } : { from: 'a', grams: 1 });
    expect([statusCode, headers['content-type'], (JSON.parse(body) as { status: number }).status]).toEqual([wanted, 'application/problem+json', wanted]);
    expect(body).not.toContain('secret');
    expect(told.mock.calls.flat().join()).toContain('secret');
    expect(headers['retry-after']).toBe(wanted === 503 ? '1' : undefined);
  });

  it('is answered with the error that the document maps', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    answer = { status: 500, body: '' };
    const { statusCode, headers, body } = await call('raiseAlert', { text: 'x', level: 'high' });
    expect([statusCode, headers['retry-after'], JSON.parse(body)]).toEqual([503, '1', { title: 'The bell is out', status: 503 }]);
  });

  it('is given up in time, and where nobody is there', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const slow = await apiOf(document('timeout: 1s'));
    const handler = await functionOf(slow, 'place');
    answer = { status: 200, body: '{}', after: 700 };
    vi.stubEnv('RESOURCE_WORK', 'https://sqs.eu-west-1.amazonaws.com/1/work');
    expect((await handler({ method: 'POST', path: '/things', route: '/things', body: {} })).statusCode).toBe(504);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    expect((await handler({ method: 'POST', path: '/things', route: '/things', body: {} })).statusCode).toBe(503);
  });
});

const document = (policy: string): string => `
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
security: []
x-gateway: { protocol: http, resources: { work: { kind: queue } } }
paths:
  /things:
    post:
      operationId: place
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { '202': { description: ok }, default: { description: no } }
      x-gateway: { async: { through: work, by: function }, ${policy} }
`;

describe('`async.by`', () => {
  const errorsIn = async (policy: string): Promise<readonly string[]> => {
    const folder = temporary();
    writeFileSync(join(folder, 'openapi.yaml'), document('timeout: 1s').replace(/x-gateway: \{ async[^\n]*/, policy));
    return errorsOf(await compileAll('openapi.yaml', { cwd: folder }));
  };

  it('has no meaning where nothing is handed over', async () => {
    expect(await errorsIn("x-gateway: { integration: { http: 'https://example.com' }, async: { by: function } }")).toContain('integration/needless-key openapi.yaml:12 `by` has no meaning for `http`');
  });

  it.each([
    ['a file of a form', 'multipart/form-data', '{ type: object, properties: { file: { type: string, format: binary } } }', '', 1],
    ['bytes', 'image/png', '{}', '', 1],
    ['a file that is mapped', 'multipart/form-data', '{ type: object, properties: { file: { type: string, format: binary } } }', ", request: { it: '$request.body#/file' }", 1],
    ['the text beside a file', 'multipart/form-data', '{ type: object, properties: { file: { type: string, format: binary }, title: { type: string } } }', ", request: { it: '$request.body#/title' }", 0],
    ['a form of text', 'application/x-www-form-urlencoded', '{ type: object, properties: { title: { type: string } } }', '', 0],
  ])('hands over what a message can hold: %s', async (_, type, schema, more, count) => {
    const folder = temporary();
    writeFileSync(join(folder, 'openapi.yaml'), document(`timeout: 1s${more}`).replace('application/json: { schema: { type: object } }', `${type}: { schema: ${schema} }`));
    expect(errorsOf(await compileAll('openapi.yaml', { cwd: folder })).filter((error) => error.startsWith('async/bytes '))).toHaveLength(count);
  });

  it('is what an HTTP API needs, which cannot look at a body', async () => {
    expect((await errorsIn('x-gateway: { async: { through: work } }')).join()).toContain('target/unsupported openapi.yaml:12 `sam` cannot give a message sent by the gateway on an HTTP API: nobody would check the body');
    expect(await errorsIn('x-gateway: { async: { through: work, by: function } }')).toEqual([]);
  });
});
