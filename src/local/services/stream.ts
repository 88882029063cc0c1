import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { ServiceFailure } from './failure.js';

export interface StreamRecord {
  readonly shard: string;
  /** Digits; grows within a shard. */
  readonly sequence: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  readonly at: number;
}

export interface Stream {
  readonly shards: readonly string[];
  readonly put: (partitionKey: string, data: Uint8Array) => StreamRecord;
  /** The records of a shard behind the first `after` of it. */
  readonly read: (shard: string, after: number) => readonly StreamRecord[];
  readonly records: () => readonly StreamRecord[];
  readonly clear: () => void;
}

/** Quotas of Kinesis: what a record and a partition key may have. */
const quotas = { bytes: 10_485_760, keyCharacters: 256 } as const;
/** What a stream on demand begins with. */
const onDemandShards = 4;

/** A stream: records in order within their shard, which the MD5 of the partition key selects. */
export const createStream = ({ shards: asked }: { readonly shards?: number | undefined }, clock: Clock): Stream => {
  const shards = Array.from({ length: asked ?? onDemandShards }, (_, index) => `shardId-${String(index).padStart(12, '0')}`);
  const records: StreamRecord[] = [];
  let counter = 0;
  return {
    shards,
    put: (partitionKey, data) => {
      if (partitionKey === '' || partitionKey.length > quotas.keyCharacters) throw new ServiceFailure('ValidationException', '1 validation error detected: the partition key must have 1 to 256 characters.');
      if (data.length > quotas.bytes) throw new ServiceFailure('ValidationException', 'The record is larger than one may be.');
      const slice = 2 ** 32 / shards.length;
      const index = Math.floor(createHash('md5').update(partitionKey).digest().readUInt32BE(0) / slice);
      counter += 1;
      const record = { shard: shards[index] as string, sequence: `49${String(counter).padStart(54, '0')}`, partitionKey, data, at: clock.now() };
      records.push(record);
      return record;
    },
    read: (shard, after) => records.filter((record) => record.shard === shard).slice(after),
    records: () => records,
    clear: () => { records.length = 0; },
  };
};
