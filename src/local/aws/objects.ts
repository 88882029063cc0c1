import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import { headerOf, type WireAnswer, type WireRequest } from '../exchange.js';
import { textIn, type ApiCall, type CallApi, type ServiceReply } from '../services/action.js';
import { ServiceFailure } from '../services/failure.js';
import { checkForm, checkLink, isLink, type Credentials, type Form } from './signed.js';
import { document } from './xml.js';

/** What the REST protocol of buckets needs beside the call. */
export interface ObjectsSite { readonly call: CallApi; readonly now: () => number; readonly credentials: () => Credentials }

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const metadataPrefix = 'x-amz-meta-';

/** A call of one bucket, the first segment of the path; links and forms are held to what was signed. */
export const objectCall = async (request: WireRequest, site: ObjectsSite): Promise<WireAnswer> => {
  const [, bucket = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(request.path) ?? [];
  try {
    const key = decodeURIComponent(rest);
    // Workers ask by links of their own what was uploaded; their time is the machine's, and nobody is given such a link.
    if (isLink(request) && request.method !== 'HEAD') checkLink(request, site.now(), site.credentials());
    return request.method === 'POST' ? await post(request, bucket, site) : await single(request, bucket, key, site.call);
  } catch (error) {
    if (error instanceof ServiceFailure) return refused({ status: error.status, body: { __type: error.code, message: error.message } });
    if (error instanceof URIError) return refused({ status: 400, body: { __type: 'InvalidURI', message: 'The path is not encoded as one is.' } });
    throw error;
  }
};

const refused = ({ status, body }: ServiceReply): WireAnswer => {
  const told = isObject(body) ? body : {};
  const code = textIn(told, '__type') ?? 'InternalError';
  return { status: code.startsWith('NoSuch') ? 404 : status, headers: [['Content-Type', 'application/xml']], body: document('Error', { Code: code, Message: textIn(told, 'message') ?? '' }) };
};

/** The headers of an object; dates as HTTP writes them. */
const headersOf = (object: JsonObject): (readonly [string, string])[] => [
  ['Content-Type', textIn(object, 'ContentType') ?? 'binary/octet-stream'], ['ETag', textIn(object, 'ETag') ?? ''], ['Last-Modified', new Date(textIn(object, 'LastModified') ?? 0).toUTCString()],
  ...Object.entries((own(object, 'Metadata') ?? {}) as JsonObject).map(([name, value]) => [`${metadataPrefix}${name}`, String(value)] as const),
];

const single = async (request: WireRequest, bucket: string, key: string, call: CallApi): Promise<WireAnswer> => {
  const query = new URLSearchParams(request.query);
  const made = callOf(request, query, bucket, key);
  if (!made) throw new ServiceFailure('NotImplemented', `${request.method} of this kind is not served here.`, 501);
  const reply = await call(made);
  if (reply.status >= 300) return refused(reply);
  const body = reply.body as JsonObject;
  switch (made.action) {
    case 'GetObject': return { status: 200, headers: headersOf(body), body: Buffer.from(textIn(body, 'Body') ?? '', 'base64') };
    case 'PutObject': return { status: 200, headers: [['ETag', textIn(body, 'ETag') ?? '']], body: '' };
    case 'DeleteObject': return { status: 204, headers: [], body: '' };
    default: return { status: 200, headers: [['Content-Type', 'application/xml']], body: document('ListBucketResult', body, namespace) };
  }
};

const callOf = (request: WireRequest, query: URLSearchParams, Bucket: string, Key: string): ApiCall | undefined => {
  const made = (action: string, input: JsonObject): ApiCall => ({ service: 's3', action, input });
  if (Key === '') return request.method === 'GET' ? made('ListObjectsV2', listing(query, Bucket)) : undefined;
  switch (request.method) {
    case 'GET': case 'HEAD': return made('GetObject', { Bucket, Key });
    case 'DELETE': return made('DeleteObject', { Bucket, Key });
    case 'PUT': return headerOf(request.headers, 'x-amz-copy-source') === undefined && !query.has('partNumber') ? made('PutObject', putting(request, Bucket, Key)) : undefined;
    default: return undefined;
  }
};

const listing = (query: URLSearchParams, Bucket: string): JsonObject => {
  const given: Record<string, Json> = { Bucket };
  for (const [parameter, name] of [['prefix', 'Prefix'], ['delimiter', 'Delimiter'], ['continuation-token', 'ContinuationToken'], ['start-after', 'StartAfter']] as const) {
    const value = query.get(parameter);
    if (value !== null) given[name] = value;
  }
  const most = query.get('max-keys');
  return most === null ? given : { ...given, MaxKeys: Number(most) };
};

const putting = ({ headers, body }: WireRequest, Bucket: string, Key: string): JsonObject => {
  const metadata = headers.filter(([name]) => name.toLowerCase().startsWith(metadataPrefix)).map(([name, value]) => [name.slice(metadataPrefix.length).toLowerCase(), value] as const);
  const chunked = headerOf(headers, 'x-amz-content-sha256')?.startsWith('STREAMING-') ?? false;
  const type = headerOf(headers, 'content-type');
  return { Bucket, Key, Body: Buffer.from(chunked ? unchunked(body) : body).toString('base64'), ...(type === undefined ? {} : { ContentType: type }), Metadata: Object.fromEntries(metadata) };
};

/** What clients send in pieces, each after a line with its size in hexadecimal; the last is empty. */
const unchunked = (body: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(body);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, end < 0 ? undefined : end).toString('latin1'), 16);
    if (end < 0 || !(size > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
};

/** An upload by a form that a page was given. */
const post = async (request: WireRequest, bucket: string, { call, now, credentials }: ObjectsSite): Promise<WireAnswer> => {
  const form = await readForm(request);
  checkForm(form, bucket, now(), credentials());
  const { fields, file } = form;
  const Key = (fields.get('key') ?? '').replaceAll('${filename}', file.name);
  const reply = await call({ service: 's3', action: 'PutObject', input: { Bucket: bucket, Key, Body: Buffer.from(file.bytes).toString('base64'), ContentType: fields.get('content-type') ?? 'binary/octet-stream' } });
  if (reply.status >= 300) return refused(reply);
  const ETag = textIn(reply.body as JsonObject, 'ETag') ?? '';
  const status = Number(fields.get('success_action_status') ?? 204);
  return { status: [200, 201, 204].includes(status) ? status : 204, headers: [['ETag', ETag]], body: status === 201 ? document('PostResponse', { Bucket: bucket, Key, ETag }) : '' };
};

const readForm = async ({ headers, body }: WireRequest): Promise<Form> => {
  const malformed = new ServiceFailure('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  const type = headerOf(headers, 'content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) throw malformed;
  const parts = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData().catch(() => { throw malformed; });
  const fields = new Map<string, string>();
  for (const [name, value] of parts) {
    if (typeof value === 'string') fields.set(name.toLowerCase(), value);
    // What stands behind the file is not read.
    else if (name === 'file') return { fields, file: { bytes: new Uint8Array(await value.arrayBuffer()), name: value.name } };
  }
  throw new ServiceFailure('InvalidArgument', 'POST requires exactly one file upload per request.');
};
