import type { Operation, ServiceBackend, ServiceCall } from '../../../src/ir/index.js';
import { cloud, partition, region, type CloudText } from './cloud-text.js';

/** Calls that carry one message of the request to a service. */
export type MessageCall = Extract<ServiceCall, 'send-message' | 'publish' | 'put-event' | 'put-record' | 'start-run' | 'run-and-wait'>;
/** Calls of a table. */
export type TableCall = Extract<ServiceCall, 'get-item' | 'put-item' | 'update-item' | 'delete-item' | 'query-items' | 'scan-items'>;
/** Calls of a bucket. */
export type BucketCall = Extract<ServiceCall, 'get-object' | 'put-object' | 'list-objects'>;
export type DirectCall = MessageCall | TableCall | BucketCall;

/** How the gateway reaches a service, and what the wire format wants around the message (the services' API references). */
export interface Service {
  /** The end of the integration's ARN: `sqs:path/…`. */
  readonly address: (resource: string) => CloudText;
  /** The one permission that the call needs. */
  readonly action: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A service that is sent one message. */
interface MessageService extends Service { readonly body: (call: WireCall) => CloudText }

/** What a wire format is filled with. */
export interface WireCall {
  readonly arn: CloudText;
  readonly name: CloudText;
  /** The message, as the value of a form or inside of a JSON string. */
  readonly message: { readonly form: string; readonly json: string; readonly base64: string };
  /** `&NAME=value` for an argument of the call; nothing where it is not given. */
  readonly field: (name: string, argument: string) => string;
  /** The fields of each attribute, numbered from 1; with what the caller follows the work by, for its worker. */
  readonly attributes: (prefix: string) => string;
  /** `"NAME": ["…"], ` with what the caller follows the work by; nothing where no worker wants it. */
  readonly tracking: (name: string) => string;
  /** An argument as a JSON string. */
  readonly text: (argument: string) => string;
  /** `"name": "…", ` with what a workflow takes for a name; nothing where there is none. */
  readonly runName: string;
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' } as const;
const json = (version: '1.0' | '1.1', target?: string) => ({ 'Content-Type': `application/x-amz-json-${version}`, ...(target === undefined ? {} : { 'X-Amz-Target': target }) });

const run = (action: 'StartExecution' | 'StartSyncExecution'): MessageService => ({
  address: () => cloud`states:action/${action}`,
  action: `states:${action}`,
  headers: json('1.0'),
  body: ({ arn, message, runName }) => cloud`{"stateMachineArn": "${arn}", ${runName}"input": ${message.json}}`,
});

export const messages: Readonly<Record<MessageCall, MessageService>> = {
  'send-message': {
    address: (name) => cloud`sqs:path/${{ cloud: 'resource-account', name }}/${{ cloud: 'resource-name', name }}`,
    action: 'sqs:SendMessage',
    headers: form,
    body: ({ message, field, attributes }) => cloud`Action=SendMessage&Version=2012-11-05&MessageBody=${message.form}${field('MessageGroupId', 'group')}${field('MessageDeduplicationId', 'dedupe')}${field('DelaySeconds', 'delay')}${attributes('MessageAttribute')}`,
  },
  publish: {
    address: () => cloud`sns:path//`,
    action: 'sns:Publish',
    headers: form,
    body: ({ arn, message, field, attributes }) => cloud`Action=Publish&Version=2010-03-31&TopicArn=${arn}&Message=${message.form}${field('Subject', 'subject')}${field('MessageGroupId', 'group')}${field('MessageDeduplicationId', 'dedupe')}${attributes('MessageAttributes.entry')}`,
  },
  'put-event': {
    address: () => cloud`events:action/PutEvents`,
    action: 'events:PutEvents',
    // Unlike others, this service is not told the operation by the address.
    headers: json('1.1', 'AWSEvents.PutEvents'),
    body: ({ arn, message, text, tracking }) => cloud`{"Entries": [{"EventBusName": "${arn}", ${tracking('Resources')}"Source": ${text('source')}, "DetailType": ${text('detailType')}, "Detail": ${message.json}}]}`,
  },
  'put-record': {
    address: () => cloud`kinesis:action/PutRecord`,
    action: 'kinesis:PutRecord',
    headers: json('1.1'),
    body: ({ name, message, text }) => cloud`{"StreamName": "${name}", "PartitionKey": ${text('partitionKey')}, "Data": "${message.base64}"}`,
  },
  'start-run': run('StartExecution'),
  'run-and-wait': run('StartSyncExecution'),
};

const tableCall = (action: string): Service => ({ address: () => cloud`dynamodb:action/${action}`, action: `dynamodb:${action}`, headers: json('1.0') });

export const tables: Readonly<Record<TableCall, Service>> = {
  'get-item': tableCall('GetItem'), 'put-item': tableCall('PutItem'), 'update-item': tableCall('UpdateItem'), 'delete-item': tableCall('DeleteItem'),
  'query-items': tableCall('Query'), 'scan-items': tableCall('Scan'),
};

/** What a call is permitted by; a bucket's is addressed by its key. */
type Permission = Pick<Service, 'action'>;
export const buckets: Readonly<Record<BucketCall, Permission>> = { 'get-object': { action: 's3:GetObject' }, 'put-object': { action: 's3:PutObject' }, 'list-objects': { action: 's3:ListBucket' } };

export const services: Readonly<Record<DirectCall, Permission>> = { ...messages, ...tables, ...buckets };

/** What of an operation's backend is one of these calls. */
export interface DirectBackend extends ServiceBackend { readonly call: DirectCall }
export interface MessageBackend extends ServiceBackend { readonly call: MessageCall }

export const isMessage = (backend: DirectBackend): backend is MessageBackend => Object.hasOwn(messages, backend.call);

export const directBackend = ({ integration: { backend } }: Operation): DirectBackend | undefined =>
  (backend.kind === 'service' && Object.hasOwn(services, backend.call) ? { ...backend, call: backend.call as DirectCall } : undefined);

export const isBucket = (backend: DirectBackend): boolean => Object.hasOwn(buckets, backend.call);

/** How services are reached that take a request of ours. */
export const written: Readonly<Record<MessageCall | TableCall, Service>> = { ...messages, ...tables };

export const serviceUri = ({ call, resource }: DirectBackend): CloudText => cloud`arn:${partition}:apigateway:${region}:${written[call as MessageCall | TableCall].address(resource)}`;

