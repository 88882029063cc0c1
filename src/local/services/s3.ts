import type { Json, JsonObject } from '../../base/json.js';
import { neededIn, numberIn, objectIn, present, textIn, type Actions } from './action.js';
import { at } from './address.js';
import type { Bucket, StoredObject } from './bucket.js';

const told = ({ body, type, etag, metadata, at: time }: StoredObject): JsonObject =>
  ({ Body: Buffer.from(body).toString('base64'), ContentType: type, ETag: etag, LastModified: new Date(time).toISOString(), Metadata: Object.fromEntries(metadata) });

/** The API of objects; `Body` is base64. */
export const s3Actions = (buckets: ReadonlyMap<string, Bucket>): Actions => {
  const bucketIn = (input: JsonObject): Bucket => at(buckets, neededIn(input, 'Bucket'), 'NoSuchBucket');
  return {
    PutObject: (input) => {
      const metadata = new Map(Object.entries(objectIn(input, 'Metadata') ?? {}).map(([name, value]) => [name, String(value)]));
      return { ETag: bucketIn(input).put(neededIn(input, 'Key'), Buffer.from(textIn(input, 'Body') ?? '', 'base64'), textIn(input, 'ContentType'), metadata).etag };
    },
    GetObject: (input) => told(bucketIn(input).get(neededIn(input, 'Key'))),
    DeleteObject: (input) => {
      bucketIn(input).remove(neededIn(input, 'Key'));
      return {};
    },
    ListObjectsV2: (input) => {
      const prefix = textIn(input, 'Prefix') ?? '';
      const delimiter = textIn(input, 'Delimiter') ?? '';
      const after = textIn(input, 'ContinuationToken') ?? textIn(input, 'StartAfter') ?? '';
      const most = numberIn(input, 'MaxKeys') ?? 1000;
      const entries = new Map<string, Json>();
      let truncated = false;
      let last = '';
      for (const object of bucketIn(input).objects()) {
        const { key } = object;
        const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
        const name = end < 0 ? key : key.slice(0, end + delimiter.length);
        if (!key.startsWith(prefix) || key <= after || entries.has(name)) continue;
        if (entries.size >= most) {
          truncated = true;
          break;
        }
        // Behind all that a common prefix stands for.
        last = end < 0 ? key : `${name}\uffff`;
        entries.set(name, end < 0 ? { Key: key, Size: object.body.length, ETag: object.etag, LastModified: new Date(object.at).toISOString(), StorageClass: 'STANDARD' } : { Prefix: name });
      }
      const all = [...entries.values()];
      return present({
        Name: neededIn(input, 'Bucket'), Prefix: prefix, MaxKeys: most, KeyCount: all.length, IsTruncated: truncated, NextContinuationToken: truncated ? last : undefined,
        Contents: all.filter((entry) => 'Key' in (entry as JsonObject)), CommonPrefixes: all.filter((entry) => 'Prefix' in (entry as JsonObject)),
      });
    },
  };
};
