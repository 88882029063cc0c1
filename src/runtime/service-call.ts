import type { Value } from './message.js';
import { toBase64, toBytes } from './platform.js';

/** Calls that hand one message to a service. */
export type MessageCall = 'send-message' | 'publish' | 'put-event' | 'put-record' | 'start-run' | 'run-and-wait';

/** One message with what its call takes beside it, all of it evaluated. */
export interface Message {
  readonly call: MessageCall;
  readonly input: { readonly [argument: string]: unknown };
  readonly message: unknown;
  /** What the caller follows the work by, for its worker. */
  readonly tracking?: string;
}

type Fields = { readonly [name: string]: Value | undefined };
export type ServiceName = 'sqs' | 'sns' | 'eventbridge' | 'kinesis' | 'sfn';

/** A call as its service's API has it. Bytes are base64. */
export interface ServiceCall { readonly service: ServiceName; readonly action: string; readonly input: { [name: string]: Value } }

/** What the worker of an operation finds the id of its work under, where the carrier has attributes. */
export const trackingAttribute = 'tracking';

/** What a run may not have in its name, as a regular expression, and how long the name may be (Step Functions API reference, StartExecution). */
export const runNames = { other: '[^A-Za-z0-9_-]', longest: 80 } as const;

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
/** An argument that came out empty is not sent. */
const optional = (value: unknown): string | undefined => textOf(value) || undefined;
const seconds = (value: unknown): number | undefined => (textOf(value) === '' ? undefined : Number(value));

const present = (fields: Fields): { [name: string]: Value } => Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Value] => entry[1] !== undefined));

/** An attribute without a value is refused. */
const attributesOf = ({ input: { attributes }, tracking }: Message): Value | undefined => {
  const given = typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : [];
  const entries = [...given, ...(tracking === undefined ? [] : [[trackingAttribute, tracking] as const])]
    .flatMap(([name, value]) => (textOf(value) === '' ? [] : [[name, { DataType: 'String', StringValue: textOf(value) }] as const]));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** The call of a message. The address is what the resource's service knows it by: a URL, an ARN or a name. */
export const serviceCall = (given: Message, address: string): ServiceCall => {
  const { call, input, tracking } = given;
  const message = JSON.stringify(given.message ?? null);
  const ordered = (): Fields => ({ MessageGroupId: optional(input['group']), MessageDeduplicationId: optional(input['dedupe']), MessageAttributes: attributesOf(given) });
  switch (call) {
    case 'send-message': return { service: 'sqs', action: 'SendMessage', input: present({ QueueUrl: address, MessageBody: message, DelaySeconds: seconds(input['delay']), ...ordered() }) };
    case 'publish': return { service: 'sns', action: 'Publish', input: present({ TopicArn: address, Message: message, Subject: optional(input['subject']), ...ordered() }) };
    case 'put-event': return {
      service: 'eventbridge', action: 'PutEvents',
      input: { Entries: [present({ EventBusName: address, Source: textOf(input['source']), DetailType: textOf(input['detailType']), Detail: message, Resources: tracking === undefined ? undefined : [tracking] })] },
    };
    case 'put-record': return { service: 'kinesis', action: 'PutRecord', input: { StreamName: address, PartitionKey: textOf(input['partitionKey']), Data: toBase64(toBytes(message)) } };
    case 'start-run': case 'run-and-wait': {
      const name = textOf(input['name']).replace(new RegExp(runNames.other, 'g'), '-').slice(0, runNames.longest);
      return { service: 'sfn', action: call === 'start-run' ? 'StartExecution' : 'StartSyncExecution', input: present({ stateMachineArn: address, input: message, name: name === '' ? undefined : name }) };
    }
  }
};

/** A reply in the form in which a gateway is answered, which mappings know: queues and topics say which call an answer is of. */
export const gatewayReply = ({ service, action }: { readonly service: string; readonly action: string }, body: Value): Value =>
  (service === 'sqs' || service === 'sns' ? { [`${action}Response`]: { [`${action}Result`]: body } } : body);
