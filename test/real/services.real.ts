import { beforeAll, describe, expect, it } from 'vitest';
import { acknowledgementOf } from '../../src/ir/acknowledge.js';
import { evaluate } from '../../src/ir/evaluate.js';
import type { Api } from '../../src/ir/index.js';
import { compileSpec } from '../support/compile.js';
import { context, facts, messageIn, requestId, sendOf, sends, textsOf } from '../support/sent-cases.js';
import { directOf } from '../support/services.js';
import { hasOracle, hasVelocity, renderAll, type Rendered } from '../support/velocity.js';

if (!hasVelocity) {
  if (process.env['CI'] === 'true' && hasOracle) throw new Error('Apache Velocity is needed: apt-get install velocity libjsonpath-java liboro-java');
  console.warn('LEFT OUT: Apache Velocity is not here, and no call of a service was rendered by it');
}

const formWith = (field: string, output: string) => {
  const { [field]: text = '', ...others } = Object.fromEntries(new URLSearchParams(output));
  return { message: JSON.parse(text) as unknown, others };
};

/** Decodes as the service would: the message, and what stands beside it. */
const decode = {
  form: (output: string) => formWith('MessageBody', output),
  published: (output: string) => formWith('Message', output),
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

const apis = new Map<string, Api>();
const apiOf = (spec: string): Api => apis.get(spec) as Api;

describe.runIf(hasVelocity)('what the gateway sends, as Apache Velocity prints it', () => {
  beforeAll(async () => {
    for (const spec of ['queue', 'topic', 'bus', 'stream', 'workflow', 'orders']) apis.set(spec, (await compileSpec(spec)).api as Api);
  });

  it.each(sends)('%s: %s sends the message that the document means, whatever it holds', (...row) => {
    const [spec, operation, what, , others] = row;
    const { request, route } = directOf(apiOf(spec), operation);
    const sent = textsOf(51).map((text) => {
      const { body = '', path = {}, headers = {} } = sendOf(row, text);
      return { text, template: request, request: { body, params: { path, querystring: {}, header: headers }, context, stageVariables: {} }, want: { message: messageIn(route.operation, row, text), others: others(text) } };
    });
    const rendered = renderAll(sent);
    const wrong = sent.flatMap(({ text, want }, index) => {
      const { output = '', error } = rendered[index] ?? {};
      let found: unknown;
      try { found = error ?? decode[what](output); } catch (failure) { found = `${String(failure)}: ${output}`; }
      try { expect(found).toEqual(want); return []; } catch { return [{ text, found, want }]; }
    });
    expect(wrong.slice(0, 2)).toEqual([]);
  });

  it('orders: shipOrder tells the worker what the caller follows the work by', () => {
    const body = { carrier: "it's", parcels: 2 };
    const [rendered] = renderAll([{ template: directOf(apiOf('orders'), 'shipOrder').request, request: { body: JSON.stringify(body), params: { path: { orderId: 'o' }, querystring: {}, header: {} }, context, stageVariables: {} } }]);
    const { message, others } = decode.form(rendered?.output ?? '');
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
