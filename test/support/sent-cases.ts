import fc from 'fast-check';
import type { Json } from '../../src/base/json.js';
import { messageOf } from '../../src/ir/call.js';
import { evaluate, type EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Operation } from '../../src/ir/index.js';
import type { Asked } from './played.js';

export const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
/** The gateway's own of each request. */
export const context = { requestId, extendedRequestId: 'x-1', path: '/prod/orders', requestTime: '09/Apr/2026:12:34:56 +0000', requestTimeEpoch: Date.UTC(2026, 3, 9, 12, 34, 56), authorizer: { principalId: "o'hara", claims: '{"tenant":"t-1"}' }, identity: { sourceIp: '192.0.2.1' } };
/** Texts that mean something to whoever stands between. */
export const hostile = ['plain', '', "it's", 'say "hi"', 'back\\slash', 'a&b=c', '%41+ ', 'line\nbreak', '$x ${y} #if(1) ##', '","admin":true,"x":"', 'é🙂', '\u0000\u2028', '</script>', "\\'", '{{resolve:ssm:x}}'];

/** What the definition of expressions knows of the same request. */
export const facts = (body: Json, parameters: Readonly<Record<string, string>>, id = requestId): EvaluationFacts => ({
  method: 'POST', url: '/', body,
  parameters: { path: new Map(Object.entries(parameters)), query: new Map(), header: new Map(Object.entries(parameters)), cookie: new Map() },
  context: new Map<string, string | number>([['requestId', id], ['time', '2026-04-09T12:34:56Z'], ['epochMs', context.requestTimeEpoch], ['sourceIp', '192.0.2.1']]),
  auth: { principalId: "o'hara", claims: { tenant: 't-1' } }, stage: new Map(),
});

/** An operation that sends, what kind of thing it sends, the body that a caller puts a text in, and what is sent beside the message. */
type Row = readonly [spec: string, operation: string, what: 'form' | 'published' | 'event' | 'record' | 'run', body: (text: string) => Json, others: (text: string) => unknown];
/** Where a service takes no empty text. */
export const safe = (text: string): string => (text === '' ? '-' : text);
export const sends: readonly Row[] = [
  ['queue', 'sendFeedback', 'form', (text) => ({ text, stars: 3 }), () => ({ Action: 'SendMessage', Version: '2012-11-05', DelaySeconds: '5' })],
  ['queue', 'addEntry', 'form', (text) => ({ cents: 5, [text]: [text, null, 0.5] }), (text) => ({ Action: 'SendMessage', Version: '2012-11-05', MessageGroupId: safe(text), MessageDeduplicationId: safe(text) })],
  ['topic', 'publishNotice', 'published', (text) => ({ text, urgent: true }), (text) => ({
    Action: 'Publish', Version: '2010-03-31', TopicArn: 'arn:notices', Subject: `Notice for the ${safe(text)}`,
    'MessageAttributes.entry.1.Name': 'region', 'MessageAttributes.entry.1.Value.DataType': 'String', 'MessageAttributes.entry.1.Value.StringValue': safe(text),
  })],
  ['bus', 'placeOrder', 'event', (text) => ({ sku: text, quantity: 2 }), () => ({ EventBusName: 'arn:events', Source: 'shop.orders', DetailType: 'OrderPlaced' })],
  ['bus', 'placeOrder', 'event', (text) => ({ sku: text }), () => ({ EventBusName: 'arn:events', Source: 'shop.orders', DetailType: 'OrderPlaced' })],
  ['stream', 'recordClick', 'record', (text) => ({ sessionId: safe(text), page: text }), (text) => ({ StreamName: 'name:clicks', PartitionKey: safe(text) })],
  ['workflow', 'startReturn', 'run', (text) => ({ skus: [text] }), () => ({ stateMachineArn: 'arn:returns', name: requestId })],
  ['workflow', 'priceBasket', 'run', (text) => ({ skus: [text] }), () => ({ stateMachineArn: 'arn:pricing' })],
];

/** The texts that callers put into requests: those, and others by chance. */
export const textsOf = (seed: number, count = 100): readonly string[] => [...hostile, ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replace(/[\ud800-\udfff]/g, '')), { numRuns: count, seed })];

/** The request that carries a text to such an operation, and the message that it comes to. */
export const sendOf = ([, operation, , body]: Row, text: string, id = requestId): Asked => {
  const value = safe(text);
  return { operation, path: { accountId: encodeURIComponent(value), region: encodeURIComponent(value) }, headers: { 'idempotency-key': value }, body: JSON.stringify(body(text)), context: { ...context, requestId: id } };
};
export const messageIn = (operation: Operation, [, , , body]: Row, text: string, id = requestId): Json | undefined => {
  const value = safe(text);
  return evaluate(messageOf(operation), facts(body(text), { accountId: value, region: value, 'idempotency-key': value }, id));
};
