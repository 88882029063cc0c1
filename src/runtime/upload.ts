import { bucketAddress, credentials } from './aws.js';
import { presignUrl } from './presign.js';
import { queueWorker, type BatchResult, type Give, type QueueEvent, type Work, type WorkHandler } from './worker.js';

declare const fetch: (url: string, init: { readonly method: 'HEAD'; readonly redirect: 'error'; readonly signal: unknown }) => Promise<{ readonly ok: boolean; readonly status: number; readonly headers: { get(name: string): string | null } }>;
declare const AbortSignal: { timeout(milliseconds: number): unknown };

/** An object that was put into a bucket. */
export interface Upload {
  readonly bucket: string;
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** The media type that the upload said; whether the bytes are of that type, only who reads them knows. */
  readonly type: string;
  readonly etag: string;
}

/** What the service tells of an event (S3 user guide, "Event message structure"). A test event, when notifications are set up, has no records. */
interface Notice {
  readonly Records?: readonly { readonly s3: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string; readonly size?: number; readonly eTag?: string } } }[];
}

/** Keys come as a form would have them. */
const decoded = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

const describeTimeoutMs = 3_000;
/** A notice does not say the type, so the object is asked. One that is gone is nobody's work any more. */
const typeOf = async (bucket: string, key: string): Promise<string | undefined> => {
  const url = presignUrl({ method: 'HEAD', address: bucketAddress(bucket), key, expiresSeconds: 60, credentials: credentials(), epochMs: Date.now() });
  const { ok, status, headers } = await fetch(url, { method: 'HEAD', redirect: 'error', signal: AbortSignal.timeout(describeTimeoutMs) });
  if (status === 404) return undefined;
  if (!ok) throw new Error(`The object ${key} cannot be read: ${status}`);
  return headers.get('content-type') ?? 'application/octet-stream';
};

/** Work that uploads make: notices of a bucket, by way of a queue. */
export const uploadWorker = <Given>(handle: WorkHandler<Upload, Given>, give?: Give): ((event: QueueEvent) => Promise<BatchResult>) =>
  queueWorker<Notice, Given>(async ({ body, ...work }) => {
    for (const { s3: { bucket: { name: bucket }, object } } of body.Records ?? []) {
      const key = decoded(object.key);
      const type = await typeOf(bucket, key);
      if (type !== undefined) await handle({ ...work, body: { bucket, key, size: object.size ?? 0, type, etag: object.eTag ?? '' } } as Work<Upload> & Given);
    }
  }, give);
