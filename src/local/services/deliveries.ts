import type { Json, JsonObject } from '../../base/json.js';
import { account, arnOf, region } from './address.js';
import type { StoredObject } from './bucket.js';
import type { BusEvent } from './bus.js';
import type { MessageAttributes, QueuedMessage } from './queue.js';
import { systemAttributes } from './sqs.js';
import type { StreamRecord } from './stream.js';
import type { Notice } from './topic.js';

/** The events in which each carrier hands work to a function (Lambda developer guide, one page a service). */

const queueAttributes = (attributes: MessageAttributes = {}): JsonObject => Object.fromEntries(Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) =>
  [name, { dataType: DataType, stringListValues: [], binaryListValues: [], ...(StringValue === undefined ? {} : { stringValue: StringValue }), ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }) }]));

export const queueEvent = (name: string, messages: readonly QueuedMessage[]): JsonObject => ({
  Records: messages.map((message) => ({
    messageId: message.id, receiptHandle: message.receipt ?? '', body: message.body, attributes: systemAttributes(message), messageAttributes: queueAttributes(message.attributes),
    eventSource: 'aws:sqs', eventSourceARN: arnOf('sqs', name), awsRegion: region,
  })),
});

export const topicEvent = (name: string, { id, at, message, subject, attributes = {} }: Notice): JsonObject => ({
  Records: [{
    EventVersion: '1.0', EventSource: 'aws:sns', EventSubscriptionArn: arnOf('sns', `${name}:local`),
    Sns: {
      Type: 'Notification', MessageId: id, TopicArn: arnOf('sns', name), Subject: subject ?? null, Message: message, Timestamp: new Date(at).toISOString(),
      MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([key, { DataType, StringValue, BinaryValue }]) => [key, { Type: DataType, Value: StringValue ?? BinaryValue ?? '' }])),
    },
  }],
});

export const busEvent = ({ id, at, source, detailType, detail, resources }: BusEvent): JsonObject =>
  ({ version: '0', id, source, account, region, time: `${new Date(at).toISOString().slice(0, 19)}Z`, resources, 'detail-type': detailType, detail });

export const streamEvent = (name: string, records: readonly StreamRecord[]): JsonObject => ({
  Records: records.map(({ shard, sequence, partitionKey, data, at }): Json => ({
    eventID: `${shard}:${sequence}`, eventName: 'aws:kinesis:record', eventVersion: '1.0', eventSource: 'aws:kinesis', eventSourceARN: arnOf('kinesis', `stream/${name}`), awsRegion: region,
    kinesis: { kinesisSchemaVersion: '1.0', partitionKey, sequenceNumber: sequence, data: Buffer.from(data).toString('base64'), approximateArrivalTimestamp: at / 1000 },
  })),
});

/** What a bucket tells a queue of an object (S3 user guide, "Event message structure"); keys as a form would have them. */
export const uploadNotice = (bucket: string, { key, body, etag, at }: StoredObject): JsonObject => ({
  Records: [{
    eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: region, eventTime: new Date(at).toISOString(), eventName: 'ObjectCreated:Put',
    s3: {
      s3SchemaVersion: '1.0', configurationId: 'uploads', bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: { key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'), size: body.length, eTag: etag.replaceAll('"', '') },
    },
  }],
});
