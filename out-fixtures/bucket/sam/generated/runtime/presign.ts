import type { BucketAddress, Credentials } from './aws.js';
import { sha256, toBase64, toBytes } from './platform.js';
import { algorithm, encoded, hex, signerFor } from './signature.js';

/** Links that carry their own permission (Amazon S3 API reference, "Authenticating requests: using query parameters"). */

/** One request for one object. */
export interface ObjectRequest {
  readonly method: 'GET' | 'HEAD';
  readonly address: BucketAddress;
  readonly key: string;
  readonly expiresSeconds: number;
  readonly credentials: Credentials;
  readonly epochMs: number;
  /** Further parameters, which are signed as well. */
  readonly query?: Readonly<Record<string, string>>;
}

/** A link by which whoever has it may make that request, until it expires. */
export const presignUrl = ({ method, address, key, expiresSeconds, credentials, epochMs, query = {} }: ObjectRequest): string => {
  const { date, scope, credential, sign } = signerFor(credentials, address.region, 's3', epochMs);
  const path = `${address.path}/${key.split('/').map(encoded).join('/')}`;
  const parameters = {
    ...query,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': credential,
    'X-Amz-Date': date,
    'X-Amz-Expires': String(expiresSeconds),
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': 'host',
  };
  const canonicalQuery = Object.entries(parameters).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
  const canonical = [method, path, canonicalQuery, `host:${address.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const signature = sign([algorithm, date, scope, hex(sha256(canonical))].join('\n'));
  return `${address.scheme}://${address.host}${path}?${canonicalQuery}&X-Amz-Signature=${signature}`;
};

/** What an upload must be like, which the service itself holds it to. */
export interface UploadRequest extends Omit<ObjectRequest, 'method' | 'query'> {
  readonly bucket: string;
  readonly maxBytes: number;
  /** The media type that it must have, or (`image/*`) what it must begin with; any where absent. */
  readonly type?: string;
}

/** A form: what a client posts to the address, these fields before the file, as `multipart/form-data`. */
export interface UploadForm { readonly url: string; readonly fields: Readonly<Record<string, string>> }

/** The fields that let one object be uploaded, within limits (S3 API reference, "Browser-based uploads using POST", POST policy). */
export const presignPost = ({ bucket, address, key, expiresSeconds, credentials, epochMs, maxBytes, type }: UploadRequest): UploadForm => {
  const { date, credential, sign } = signerFor(credentials, address.region, 's3', epochMs);
  const open = type === undefined || type.endsWith('*');
  const fields = {
    ...(open ? {} : { 'Content-Type': type }),
    bucket,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': credential,
    'X-Amz-Date': date,
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
  };
  const conditions = [
    ['content-length-range', 0, maxBytes],
    ...(open ? [['starts-with', '$Content-Type', type?.slice(0, -1) ?? '']] : []),
    ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    // Not by its own name alone: that would end in what the client calls the file.
    { key },
  ];
  const expiration = new Date(epochMs + expiresSeconds * 1000).toISOString().replace(/\.\d{3}/, '');
  const policy = toBase64(toBytes(JSON.stringify({ expiration, conditions })));
  return { url: `${address.scheme}://${address.host}${address.path || '/'}`, fields: { ...fields, key, Policy: policy, 'X-Amz-Signature': sign(policy) } };
};
