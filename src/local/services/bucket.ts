import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { ServiceFailure } from './failure.js';

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly type: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly etag: string;
  readonly at: number;
}

export interface Bucket {
  readonly put: (key: string, body: Uint8Array, type?: string, metadata?: ReadonlyMap<string, string>) => StoredObject;
  readonly get: (key: string) => StoredObject;
  readonly remove: (key: string) => void;
  /** Told of each object that is put from now on. */
  readonly onPut: (listener: (object: StoredObject) => void) => void;
  /** By key, in the order of UTF-8. */
  readonly objects: () => readonly StoredObject[];
  readonly clear: () => void;
}

const longestKey = 1024;

/** A bucket of objects, by key. */
export const createBucket = (clock: Clock): Bucket => {
  const kept = new Map<string, StoredObject>();
  const listeners: ((object: StoredObject) => void)[] = [];
  return {
    put: (key, body, type = 'binary/octet-stream', metadata = new Map()) => {
      if (key === '' || Buffer.byteLength(key) > longestKey) throw new ServiceFailure('KeyTooLongError', 'A key has 1 to 1024 bytes.');
      const object = { key, body, type, metadata, etag: `"${createHash('md5').update(body).digest('hex')}"`, at: clock.now() };
      kept.set(key, object);
      for (const tell of listeners) tell(object);
      return object;
    },
    get: (key) => {
      const object = kept.get(key);
      if (!object) throw new ServiceFailure('NoSuchKey', 'The specified key does not exist.', 404);
      return object;
    },
    remove: (key) => { kept.delete(key); },
    onPut: (listener) => { listeners.push(listener); },
    objects: () => [...kept.values()].sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))),
    clear: () => kept.clear(),
  };
};
