import { randomUUID } from 'node:crypto';
import { own, type Json, type JsonObject } from '../../base/json.js';
import { listIn, neededIn, objectIn, present, textIn, type Actions } from './action.js';
import { at } from './address.js';
import type { Bus } from './bus.js';
import { ServiceFailure } from './failure.js';
import type { MessageAttributes } from './queue.js';
import type { Stream } from './stream.js';
import type { Topic } from './topic.js';

/** The API of topics. */
export const snsActions = (topics: ReadonlyMap<string, Topic>): Actions => ({
  Publish: (input) => {
    const [subject, attributes, group, dedupe] = [textIn(input, 'Subject'), objectIn(input, 'MessageAttributes'), textIn(input, 'MessageGroupId'), textIn(input, 'MessageDeduplicationId')];
    const { id } = at(topics, textIn(input, 'TopicArn') ?? textIn(input, 'TargetArn') ?? '', 'NotFound').publish({
      message: textIn(input, 'Message') ?? '',
      ...(subject === undefined ? {} : { subject }), ...(attributes ? { attributes: attributes as unknown as MessageAttributes } : {}), ...(group === undefined ? {} : { group }), ...(dedupe === undefined ? {} : { dedupe }),
    });
    return { MessageId: id };
  },
});

/** The API of event buses. What fails of a batch is counted in a success. */
export const eventbridgeActions = (buses: ReadonlyMap<string, Bus>): Actions => ({
  PutEvents: (input) => {
    const entries = listIn(input, 'Entries');
    if (entries.length === 0 || entries.length > 10) throw new ServiceFailure('ValidationException', '1 validation error detected: \'entries\' must have 1 to 10 members');
    const results = entries.map((entry): JsonObject => {
      const resources = (own(entry, 'Resources') ?? []) as readonly Json[];
      // An account has a bus that nobody made; its events are nobody's here.
      const name = textIn(entry, 'EventBusName') ?? 'default';
      if (name === 'default') return { EventId: randomUUID() };
      const put = at(buses, name, 'ResourceNotFoundException').put({ source: textIn(entry, 'Source') ?? '', detailType: textIn(entry, 'DetailType') ?? '', detail: textIn(entry, 'Detail') ?? '', resources: resources.map(String) });
      return 'code' in put ? { ErrorCode: put.code, ErrorMessage: put.message } : { EventId: put.id };
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  },
});

const bytesIn = (input: JsonObject): Uint8Array => Buffer.from(textIn(input, 'Data') ?? '', 'base64');

/** The API of streams. */
export const kinesisActions = (streams: ReadonlyMap<string, Stream>): Actions => {
  const streamIn = (input: JsonObject): Stream => at(streams, textIn(input, 'StreamName') ?? textIn(input, 'StreamARN') ?? '', 'ResourceNotFoundException');
  return {
    PutRecord: (input) => {
      const { shard, sequence } = streamIn(input).put(neededIn(input, 'PartitionKey'), bytesIn(input));
      return { ShardId: shard, SequenceNumber: sequence, EncryptionType: 'NONE' };
    },
    PutRecords: (input) => {
      const stream = streamIn(input);
      const records = listIn(input, 'Records').map((record) => {
        const { shard, sequence } = stream.put(neededIn(record, 'PartitionKey'), bytesIn(record));
        return { ShardId: shard, SequenceNumber: sequence };
      });
      return { FailedRecordCount: 0, Records: records, EncryptionType: 'NONE' };
    },
    ListShards: (input) => ({ Shards: streamIn(input).shards.map((shard) => ({ ShardId: shard })) }),
    GetShardIterator: (input) => {
      const [shard, type] = [neededIn(input, 'ShardId'), neededIn(input, 'ShardIteratorType')];
      const records = streamIn(input).read(shard, 0);
      const sequence = textIn(input, 'StartingSequenceNumber');
      const found = records.findIndex((record) => record.sequence === sequence);
      const from: { readonly [type: string]: number } = { TRIM_HORIZON: 0, LATEST: records.length, AT_SEQUENCE_NUMBER: found, AFTER_SEQUENCE_NUMBER: found + 1 };
      const position = from[type];
      if (position === undefined || position < 0) throw new ServiceFailure('InvalidArgumentException', `This kind of iterator is not served here: ${type}`);
      const name = textIn(input, 'StreamName') ?? textIn(input, 'StreamARN') ?? '';
      return { ShardIterator: Buffer.from(JSON.stringify({ name, shard, position })).toString('base64url') };
    },
    GetRecords: (input) => {
      const { name, shard, position } = JSON.parse(Buffer.from(neededIn(input, 'ShardIterator'), 'base64url').toString()) as { readonly name: string; readonly shard: string; readonly position: number };
      const records = at(streams, name, 'ResourceNotFoundException').read(shard, position);
      const next = Buffer.from(JSON.stringify({ name, shard, position: position + records.length })).toString('base64url');
      return present({
        NextShardIterator: next, MillisBehindLatest: 0,
        Records: records.map(({ sequence, partitionKey, data, at: time }) => ({ SequenceNumber: sequence, PartitionKey: partitionKey, Data: Buffer.from(data).toString('base64'), ApproximateArrivalTimestamp: time / 1000 })),
      });
    },
  };
};
