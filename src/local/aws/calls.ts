import { randomUUID } from 'node:crypto';
import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { headerOf, type WireAnswer, type WireRequest } from '../exchange.js';
import type { CallApi, ServiceName, ServiceReply } from '../services/action.js';
import { document } from './xml.js';

/** Services whose calls are JSON, by what stands before the action in `X-Amz-Target`. */
const targets: ReadonlyMap<string, ServiceName> = new Map([
  ['AmazonSQS', 'sqs'], ['DynamoDB_20120810', 'dynamodb'], ['AWSEvents', 'eventbridge'], ['Kinesis_20131202', 'kinesis'], ['AWSStepFunctions', 'sfn'],
]);

const codeOf = ({ body }: ServiceReply): string => String((isObject(body) ? own(body, '__type') : undefined) ?? 'InternalFailure');
const messageOf = ({ body }: ServiceReply): string => String((isObject(body) ? own(body, 'message') : undefined) ?? '');

/** A call of one of the JSON protocols; nothing where the request is none. */
export const jsonCall = async ({ headers, body }: WireRequest, call: CallApi): Promise<WireAnswer | undefined> => {
  const [prefix = '', action = ''] = (headerOf(headers, 'x-amz-target') ?? '').split('.');
  const service = targets.get(prefix);
  if (!service) return undefined;
  const type = headerOf(headers, 'content-type') ?? 'application/x-amz-json-1.0';
  const answer = (reply: ServiceReply): WireAnswer => ({
    status: reply.status,
    headers: [['Content-Type', type], ['x-amzn-RequestId', randomUUID()], ...(reply.status < 300 ? [] : [['x-amzn-ErrorType', codeOf(reply)] as const, ...(service === 'sqs' ? [['x-amzn-query-error', `${codeOf(reply)};Sender`] as const] : [])])],
    body: JSON.stringify(reply.body),
  });
  let input: Json;
  try {
    input = JSON.parse(body.toString('utf8') || '{}') as Json;
  } catch {
    return answer({ status: 400, body: { __type: 'SerializationException', message: 'The body is no JSON.' } });
  }
  return answer(await call({ service, action, input: isObject(input) ? input : {} }));
};

/** Structure out of the flat names of a form: `A.entry.1.Name=x`. */
const nested = (pairs: URLSearchParams): JsonObject => {
  const attributes: Record<string, Record<string, string>> = {};
  const input: Record<string, Json> = {};
  const names = new Map<string, string>();
  for (const [name, value] of pairs) {
    const [, index, field] = /^MessageAttributes\.entry\.(\d+)\.(?:Value\.)?(Name|DataType|StringValue|BinaryValue)$/.exec(name) ?? [];
    if (index === undefined || field === undefined) input[name] = value;
    else if (field === 'Name') names.set(index, value);
    else attributes[index] = { ...attributes[index], [field]: value };
  }
  return { ...input, ...(names.size === 0 ? {} : { MessageAttributes: Object.fromEntries([...names].map(([index, name]) => [name, attributes[index] ?? {}])) }) };
};

/** A call of the query protocol, which topics still speak; nothing where the request is none. */
export const queryCall = async ({ headers, body }: WireRequest, call: CallApi): Promise<WireAnswer | undefined> => {
  if (!headerOf(headers, 'content-type')?.startsWith('application/x-www-form-urlencoded')) return undefined;
  const form = new URLSearchParams(body.toString('utf8'));
  const action = form.get('Action');
  if (action === null) return undefined;
  const reply = await call({ service: 'sns', action, input: nested(form) });
  const ResponseMetadata = { RequestId: randomUUID() };
  const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
  return {
    status: reply.status, headers: [['Content-Type', 'text/xml']],
    body: reply.status < 300 ? document(`${action}Response`, { [`${action}Result`]: reply.body, ResponseMetadata }, namespace)
      : document('ErrorResponse', { Error: { Type: 'Sender', Code: codeOf(reply), Message: messageOf(reply) }, ...ResponseMetadata }, namespace),
  };
};
