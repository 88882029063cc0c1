import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ServiceFailure } from '../services/failure.js';
import { headerOf, type WireRequest } from '../exchange.js';

/** What requests here are signed with, unless the developer's environment has credentials of its own. */
export interface Credentials { readonly accessKeyId: string; readonly secretAccessKey: string }

const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
export const denied = (message: string): ServiceFailure => new ServiceFailure('AccessDenied', message, 403);

/** `20260409T123456Z` in milliseconds. */
const timeOf = (stamp: string): number => Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Whether a text was signed by one of the credentials, for the scope that is named with the key. */
const isSigned = (text: string, signature: string, credential: string, { accessKeyId, secretAccessKey }: Credentials): boolean => {
  const [id, ...scope] = credential.split('/');
  if (id !== accessKeyId || scope.length !== 4) return false;
  const wanted = scope.reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${secretAccessKey}`);
  const made = Buffer.from(hmac(wanted, text).toString('hex'));
  return made.length === signature.length && timingSafeEqual(made, Buffer.from(signature));
};

/** Whether a request carries its permission in its query. */
export const isLink = ({ query }: WireRequest): boolean => new URLSearchParams(query).has('X-Amz-Signature');

/** Refuses a link that has expired, or is not as it was signed (S3 API reference, "Authenticating requests: using query parameters"). */
export const checkLink = (request: WireRequest, now: number, credentials: Credentials): void => {
  const query = new URLSearchParams(request.query);
  const given = (name: string): string => query.get(name) ?? '';
  const [date, seconds, signed] = [given('X-Amz-Date'), Number(given('X-Amz-Expires')), given('X-Amz-SignedHeaders').split(';')];
  const from = timeOf(date);
  if (Number.isNaN(from) || !(seconds >= 1 && seconds <= 604_800)) throw new ServiceFailure('AuthorizationQueryParametersError', 'X-Amz-Date and X-Amz-Expires (1 to 604800 seconds) must be given.');
  if (now >= from + seconds * 1000) throw denied('Request has expired');
  const parameters = [...query].filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
  const headers = signed.map((name) => `${name}:${(headerOf(request.headers, name) ?? '').trim()}\n`).join('');
  const canonical = [request.method, request.path, parameters, headers, signed.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  const credential = given('X-Amz-Credential');
  if (!isSigned(['AWS4-HMAC-SHA256', date, credential.split('/').slice(1).join('/'), sha256(canonical)].join('\n'), given('X-Amz-Signature'), credential, credentials)) {
    throw new ServiceFailure('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.', 403);
  }
};

/** A form as it was posted: its fields by name in lower case, and the file behind them. */
export interface Form { readonly fields: ReadonlyMap<string, string>; readonly file: { readonly bytes: Uint8Array; readonly name: string } }

/** Fields that a policy says nothing of. */
const unspoken = new Set(['x-amz-signature', 'file', 'policy']);

/** Refuses a form that its policy does not allow (S3 API reference, "POST policy"). */
export const checkForm = ({ fields, file }: Form, bucket: string, now: number, credentials: Credentials): void => {
  const policyText = fields.get('policy');
  if (policyText === undefined) throw denied('The form has no policy');
  if (!isSigned(policyText, fields.get('x-amz-signature') ?? '', fields.get('x-amz-credential') ?? '', credentials)) throw new ServiceFailure('SignatureDoesNotMatch', 'The policy is not signed by who says so.', 403);
  const policy = JSON.parse(Buffer.from(policyText, 'base64').toString()) as { readonly expiration: string; readonly conditions: readonly (readonly [string, string | number, string | number] | Readonly<Record<string, string>>)[] };
  const refused = (why: string): ServiceFailure => denied(`Invalid according to Policy: ${why}`);
  if (!(now < Date.parse(policy.expiration))) throw refused('Policy expired.');
  const spoken = new Set(unspoken);
  const check = (name: string, fits: (value: string) => boolean, condition: unknown): void => {
    const key = name.replace(/^\$/, '').toLowerCase();
    spoken.add(key);
    if (!fits(key === 'bucket' ? fields.get(key) ?? bucket : fields.get(key) ?? '')) throw refused(`Policy Condition failed: ${JSON.stringify(condition)}`);
  };
  for (const condition of policy.conditions) {
    if (!Array.isArray(condition)) {
      for (const [name, value] of Object.entries(condition)) check(name, (given) => given === value, condition);
      continue;
    }
    const [kind, name, value] = condition as readonly [string, string | number, string | number];
    if (kind === 'content-length-range') {
      if (file.bytes.length > Number(value)) throw new ServiceFailure('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
      if (file.bytes.length < Number(name)) throw new ServiceFailure('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    } else check(String(name), (given) => (kind === 'starts-with' ? given.startsWith(String(value)) : given === String(value)), condition);
  }
  const extra = [...fields.keys()].find((name) => !spoken.has(name) && !name.startsWith('x-ignore-'));
  if (extra !== undefined) throw refused(`Extra input fields: ${extra}`);
};
