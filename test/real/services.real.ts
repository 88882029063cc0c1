import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { acknowledgementOf } from '../../src/ir/acknowledge.js';
import type { Json } from '../../src/base/json.js';
import { messageOf } from '../../src/ir/call.js';
import { evaluate, type EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Api } from '../../src/ir/index.js';
import { root } from '../support/cli.js';
import { compileSpec } from '../support/compile.js';
import { directOf } from '../support/services.js';

/** Apache Velocity 1.7 with API Gateway's variables; a program beside the project. */
const oracle = join(root, '../shared/toolchain/vtl-oracle');
const available = existsSync(oracle) && spawnSync(oracle, ['--batch'], { input: '[]' }).status === 0;
if (!available) {
  if (process.env['CI'] === 'true' && existsSync(oracle)) throw new Error('Apache Velocity is needed: apt-get install velocity libjsonpath-java liboro-java');
  console.warn('LEFT OUT: Apache Velocity is not here, and no call of a service was rendered by it');
}

interface Rendered { readonly output?: string; readonly error?: string; readonly responseOverride?: { readonly status?: number; readonly header?: Readonly<Record<string, string>> } }
const renderAll = (cases: readonly { readonly template: string; readonly request: object }[]): readonly Rendered[] => {
  const { stdout, stderr } = spawnSync(oracle, ['--batch'], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1 << 28 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Rendered[];
};

const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
const context = { requestId, extendedRequestId: 'x-1', path: '/prod/orders', requestTime: '09/Apr/2026:12:34:56 +0000', requestTimeEpoch: Date.UTC(2026, 3, 9, 12, 34, 56), authorizer: { principalId: "o'hara", claims: '{"tenant":"t-1"}' }, identity: { sourceIp: '192.0.2.1' } };
const hostile = ['plain', '', "it's", 'say "hi"', 'back\\slash', 'a&b=c', '%41+ ', 'line\nbreak', '$x ${y} #if(1) ##', '","admin":true,"x":"', 'é🙂', '\u0000\u2028', '</script>', "\\'", '{{resolve:ssm:x}}'];

const facts = (body: Json, parameters: Readonly<Record<string, string>>): EvaluationFacts => ({
  method: 'POST', url: '/', body,
  parameters: { path: new Map(Object.entries(parameters)), query: new Map(), header: new Map(Object.entries(parameters)), cookie: new Map() },
  context: new Map<string, string | number>([['requestId', requestId], ['time', '2026-04-09T12:34:56Z'], ['epochMs', context.requestTimeEpoch], ['sourceIp', '192.0.2.1']]),
  auth: { principalId: "o'hara", claims: { tenant: 't-1' } }, stage: new Map(),
});

/** Decodes as the service would: the message, and what stands beside it. */
const decode = {
  form: (output: string, message: string) => {
    const fields = new URLSearchParams(output);
    const { [message]: text = '', ...others } = Object.fromEntries(fields);
    return { message: JSON.parse(text) as unknown, others };
  },
  event: (output: string) => {
    const { Entries: [{ Detail, ...others }] } = JSON.parse(output) as { Entries: [{ Detail: string } & Record<string, unknown>] };
    return { message: JSON.parse(Detail) as unknown, others };
  },
  record: (output: string) => {
    const { Data, ...others } = JSON.parse(output) as { Data: string } & Record<string, unknown>;
    return { message: JSON.parse(Buffer.from(Data, 'base64').toString()) as unknown, others };
  },
  run: (output: string) => {
    const { input, ...others } = JSON.parse(output) as { input: string } & Record<string, unknown>;
    return { message: JSON.parse(input) as unknown, others };
  },
};

type Row = readonly [spec: string, operation: string, decode: (output: string) => { message: unknown; others: unknown }, body: (text: string) => Json, others: (text: string) => unknown];
const safe = (text: string): string => (text === '' ? '-' : text);
const rows: readonly Row[] = [
  ['queue', 'sendFeedback', (output) => decode.form(output, 'MessageBody'), (text) => ({ text, stars: 3 }), () => ({ Action: 'SendMessage', Version: '2012-11-05', DelaySeconds: '5' })],
  ['queue', 'addEntry', (output) => decode.form(output, 'MessageBody'), (text) => ({ cents: 5, [text]: [text, null, 0.5] }), (text) => ({ Action: 'SendMessage', Version: '2012-11-05', MessageGroupId: safe(text), MessageDeduplicationId: safe(text) })],
  ['topic', 'publishNotice', (output) => decode.form(output, 'Message'), (text) => ({ text, urgent: true }), (text) => ({
    Action: 'Publish', Version: '2010-03-31', TopicArn: 'arn:notices', Subject: `Notice for the ${safe(text)}`,
    'MessageAttributes.entry.1.Name': 'region', 'MessageAttributes.entry.1.Value.DataType': 'String', 'MessageAttributes.entry.1.Value.StringValue': safe(text),
  })],
  ['bus', 'placeOrder', decode.event, (text) => ({ sku: text, quantity: 2 }), () => ({ EventBusName: 'arn:events', Source: 'shop.orders', DetailType: 'OrderPlaced' })],
  ['bus', 'placeOrder', decode.event, (text) => ({ sku: text }), () => ({ EventBusName: 'arn:events', Source: 'shop.orders', DetailType: 'OrderPlaced' })],
  ['stream', 'recordClick', decode.record, (text) => ({ sessionId: safe(text), page: text }), (text) => ({ StreamName: 'name:clicks', PartitionKey: safe(text) })],
  ['workflow', 'startReturn', decode.run, (text) => ({ skus: [text] }), () => ({ stateMachineArn: 'arn:returns', name: requestId })],
  ['workflow', 'priceBasket', decode.run, (text) => ({ skus: [text] }), () => ({ stateMachineArn: 'arn:pricing' })],
];

const apis = new Map<string, Api>();
const apiOf = (spec: string): Api => apis.get(spec) as Api;

describe.runIf(available)('what the gateway sends, as Apache Velocity prints it', () => {
  beforeAll(async () => {
    for (const spec of ['queue', 'topic', 'bus', 'stream', 'workflow', 'orders']) apis.set(spec, (await compileSpec(spec)).api as Api);
  });

  it.each(rows)('%s: %s sends the message that the document means, whatever it holds', (spec, operation, read, body, others) => {
    const { request, route } = directOf(apiOf(spec), operation);
    const texts = [...hostile, ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\ud800-\udfff]/g, '')), { numRuns: 100, seed: 51 })];
    const sent = texts.map((text) => {
      const value = safe(text);
      const given = { accountId: value, region: value, 'idempotency-key': value };
      const params = { path: { accountId: encodeURIComponent(value), region: encodeURIComponent(value) }, querystring: {}, header: { 'idempotency-key': value } };
      return { text, template: request, request: { body: JSON.stringify(body(text)), params, context, stageVariables: {} }, want: { message: evaluate(messageOf(route.operation), facts(body(text), given)), others: others(text) } };
    });
    const rendered = renderAll(sent);
    const wrong = sent.flatMap(({ text, want }, index) => {
      const { output = '', error } = rendered[index] ?? {};
      let found: unknown;
      try { found = error ?? read(output); } catch (failure) { found = `${String(failure)}: ${output}`; }
      try { expect(found).toEqual(want); return []; } catch { return [{ text, found, want }]; }
    });
    expect(wrong.slice(0, 2)).toEqual([]);
  });

  it('orders: shipOrder tells the worker what the caller follows the work by', () => {
    const body = { carrier: "it's", parcels: 2 };
    const [rendered] = renderAll([{ template: directOf(apiOf('orders'), 'shipOrder').request, request: { body: JSON.stringify(body), params: { path: { orderId: 'o' }, querystring: {}, header: {} }, context, stageVariables: {} } }]);
    const { message, others } = decode.form(rendered?.output ?? '', 'MessageBody');
    expect(message).toEqual(body);
    expect(others).toEqual({ Action: 'SendMessage', Version: '2012-11-05', 'MessageAttribute.1.Name': 'tracking', 'MessageAttribute.1.Value.DataType': 'String', 'MessageAttribute.1.Value.StringValue': requestId });
  });

  const reply = (spec: string, operation: string, key: string, body: object): Rendered => {
    const { reply: replyOf } = directOf(apiOf(spec), operation);
    const [rendered] = renderAll([{ template: replyOf(key), request: { body: JSON.stringify(body), params: { path: { orderId: 'o%201' }, querystring: {}, header: {} }, context: { ...context, path: '/prod/orders/o%201/shipments/' }, stageVariables: {} } }]);
    expect(rendered?.error).toBeUndefined();
    return rendered as Rendered;
  };

  it.each([
    ['queue', 'sendFeedback', { SendMessageResponse: { SendMessageResult: { MessageId: 'm' } } }],
    ['topic', 'publishNotice', { PublishResponse: {} }],
    ['bus', 'placeOrder', { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] }],
    ['stream', 'recordClick', { ShardId: 's', SequenceNumber: '1' }],
    ['workflow', 'startReturn', { executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:returns:x', startDate: 1.7e9 }],
  ])('%s: %s answers what the acknowledgement says', (spec, operation, body) => {
    const { route } = directOf(apiOf(spec), operation);
    const { output = '', responseOverride } = reply(spec, operation, 'default', body);
    expect(JSON.parse(output)).toEqual(evaluate(acknowledgementOf(apiOf(spec), route.operation)?.body ?? { kind: 'literal', value: null }, facts(null, {})));
    expect(Object.values(JSON.parse(output) as object)).toEqual([requestId]);
    expect(responseOverride?.status).toBeUndefined();
  });

  it('says where the state of the work is', () => {
    const operation = [...apiOf('orders').operations.values()].find(({ integration: { flow } }) => flow.kind === 'accept')?.id ?? '';
    expect(reply('orders', operation, 'default', {}).responseOverride?.header?.['Location']).toBe(`/prod/orders/o%201/shipments/${requestId}`);
  });

  it.each([
    ['an event that was not taken', 'bus', 'placeOrder', 'default', { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'secret' }] }, 502],
    ['a run that failed', 'workflow', 'priceBasket', 'default', { status: 'FAILED', error: 'Oops', cause: 'secret' }, 502],
    ['a run that was given up', 'workflow', 'priceBasket', 'default', { status: 'TIMED_OUT', cause: 'secret' }, 504],
    ['a run of that name', 'workflow', 'startReturn', '4\\d{2}', { __type: 'com.amazonaws.swf.service.v2.model#ExecutionAlreadyExists', message: 'secret' }, 409],
    ['too many requests', 'stream', 'recordClick', '4\\d{2}', { __type: 'ProvisionedThroughputExceededException', message: 'secret' }, 503],
    ['too many messages', 'queue', 'sendFeedback', '4\\d{2}', { Error: { Code: 'RequestThrottled', Message: 'secret' } }, 503],
    ['an argument that the service refuses', 'queue', 'addEntry', '4\\d{2}', { Error: { Code: 'InvalidParameterValue', Message: 'secret' } }, 400],
    ['a missing grant', 'queue', 'sendFeedback', '4\\d{2}', { Error: { Code: 'AccessDenied', Message: 'secret' } }, undefined],
  ] as const)('%s is an error in the envelope, and tells nothing of the service (%s %s)', (_, spec, operation, key, body, status) => {
    const { output = '', responseOverride } = reply(spec, operation, key, body);
    expect(responseOverride?.status).toBe(status);
    expect(JSON.parse(output)).toMatchObject({ status: status ?? 502 });
    expect(output).not.toContain('secret');
    if (status !== undefined) expect(responseOverride?.header?.['Content-Type']).toBe('application/problem+json');
    if (status === 503) expect(responseOverride?.header?.['Retry-After']).toBe('1');
  });

  it('answers an outage of the service with 503', () => {
    const { output = '' } = reply('topic', 'publishNotice', '5\\d{2}', { Error: { Code: 'InternalError', Message: 'secret' } });
    expect(JSON.parse(output)).toMatchObject({ status: 503, title: 'Service Unavailable' });
  });

  it('hands on the output of a run that succeeded', () => {
    const { output = '' } = reply('workflow', 'priceBasket', 'default', { status: 'SUCCEEDED', output: JSON.stringify({ total: 7, note: "it's \"so\"" }) });
    expect(JSON.parse(output)).toEqual({ total: 7, note: "it's \"so\"" });
  });
});
