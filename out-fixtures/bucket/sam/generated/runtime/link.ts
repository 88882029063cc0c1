import type { Answer } from './answer.js';
import { bucketAddress, credentials } from './aws.js';
import type { OperationContract, Source, Template } from './contract.js';
import type { Incoming, NormalisedRequest } from './message.js';
import { asBytes } from './platform.js';
import { presignPost, presignUrl } from './presign.js';
import { Problem, type Violation } from './problem.js';
import type { Bucket } from './resources.js';
import type { Served } from './serve.js';
import { fill, textOf, valueOf, type Facts } from './source.js';

/** What the compiler writes for an operation that answers with a link. */
export interface LinkContract {
  /** Name of the bucket among the operation's resources. */
  readonly bucket: string;
  readonly key: Template;
  /** Variables of the path that may hold several segments. */
  readonly deep: readonly string[];
  readonly expiresSeconds: number;
  /** Present for uploads. */
  readonly upload?: { readonly maxBytes: number; readonly types: readonly string[]; readonly contentType?: Template };
  /** The answer: its status, and what of it is filled with what (`$response.body#/url`). */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: Template])[];
  readonly body?: Template;
}

interface Input extends NormalisedRequest { readonly resources: { readonly [name: string]: unknown } }

/** What there is to say of a link, by the names that `$response.body` has for it. */
export interface Link {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly key: string;
  readonly expiresAt: string;
  readonly expiresIn: number;
  /** Of a form: what is posted before the file, and the largest file in bytes. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly maxSize?: number;
}

/** Longest key of an object, in bytes of UTF-8 (S3 user guide, "Naming Amazon S3 objects"). */
const longestKey = 1024;



/** What is wrong, at its place where the caller wrote it. */
const refuse = (source: Source | undefined, message: string): Problem => {
  const at: Violation[] = source?.kind === 'parameter' ? [{ in: source.in, name: source.name, pointer: '', keyword: 'link', message }]
    : source?.kind === 'body' ? [{ in: 'body', pointer: source.pointer.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), keyword: 'link', message }]
    : [];
  return new Problem(400, 'validation', at.length > 0 ? 'The request does not match its description.' : `What the link is for ${message}.`, at);
};

/** The key of the object. What a caller puts into one names something within its place, and never another place. */
const keyOf = ({ key, deep }: LinkContract, facts: Facts): string | Problem => {
  const parts = key.kind === 'text' ? key.parts : key.kind === 'value' ? [key.source] : [];
  for (const part of parts) {
    if (typeof part === 'string') continue;
    const text = textOf(part, facts) ?? '';
    if (text === '') return refuse(part, 'must not be empty');
    const whole = parts.length === 1 || (part.kind === 'parameter' && part.in === 'path' && deep.includes(part.name));
    if (text.split('/').some((segment) => segment === '.' || segment === '..') || (text.includes('/') && !whole)) return refuse(part, 'must name one object, without `/`, `.` or `..` for segments');
  }
  const text = key.kind === 'value' ? textOf(key.source, facts) ?? '' : String(fill(key, facts));
  return asBytes(text).length > longestKey ? refuse(parts.find((part) => typeof part !== 'string'), `must make a key of ${longestKey} bytes at most`) : text;
};

const covers = (range: string, type: string): boolean => (range.endsWith('*') ? type.startsWith(range.slice(0, -1)) : range === type);

/** The type that an upload is held to: the only one there is, or the one that the caller named of several. */
const typeOf = ({ types, contentType }: NonNullable<LinkContract['upload']>, facts: Facts): string | undefined | Problem => {
  if (!contentType) return types[0];
  const source = contentType.kind === 'value' ? contentType.source : undefined;
  const type = source ? valueOf(source, facts) : fill(contentType, facts);
  if (typeof type !== 'string' || !/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)) return refuse(source, 'must be a media type');
  return types.length === 0 || types.some((range) => covers(range, type.toLowerCase())) ? type : refuse(source, `must be one of ${types.join(', ')}`);
};

/** Serves an operation with a link: signed by the function's own role, for one object, for a while. */
export const link = (operation: OperationContract, contract: LinkContract): Served => ({ contract: operation, handle: (input: Input, incoming: Incoming) => answer(contract, input, incoming) });

const answer = (contract: LinkContract, input: Input, incoming: Incoming): Answer | Problem => {
  const facts: Facts = { incoming, normalised: input };
  const key = keyOf(contract, facts);
  if (key instanceof Problem) return key;
  const type = contract.upload && typeOf(contract.upload, facts);
  if (type instanceof Problem) return type;
  const response = linkTo((input.resources[contract.bucket] as Bucket).name, key, { ...contract, ...(contract.upload ? { upload: { maxBytes: contract.upload.maxBytes, ...(type === undefined ? {} : { type }) } } : {}) });
  const filled = { ...facts, response };
  return {
    status: contract.status,
    // Who has the link has what it opens, and it is good for a while only.
    headers: { 'cache-control': 'no-store', ...Object.fromEntries(contract.headers.map(([name, value]) => [name, fill(value, filled)])) },
    ...(contract.body ? { body: fill(contract.body, filled) } : {}),
  };
};

/** What is asked of a link. */
export interface LinkOptions {
  readonly expiresSeconds: number;
  /** Makes it a form for an upload, which the service itself holds to these limits. */
  readonly upload?: { readonly maxBytes: number; readonly type?: string };
}

/** A link to one object of a bucket. It opens what the function's own role may do with the object, and holds no longer than that role's session. */
export const linkTo = (bucket: string, key: string, { expiresSeconds, upload }: LinkOptions, epochMs: number = Date.now()): Link => {
  const common = { address: bucketAddress(bucket), key, expiresSeconds, credentials: credentials(), epochMs };
  const until = { key, expiresAt: new Date(epochMs + expiresSeconds * 1000).toISOString(), expiresIn: expiresSeconds };
  if (!upload) return { url: presignUrl({ ...common, method: 'GET' }), method: 'GET', ...until };
  return { ...presignPost({ ...common, bucket, ...upload }), method: 'POST', maxSize: upload.maxBytes, ...until };
};
