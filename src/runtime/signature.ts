import type { Credentials } from './aws.js';
import { hmac, sha256, toBytes } from './platform.js';

/** AWS Signature Version 4 (IAM user guide, "Create a signed AWS API request"). */
export const algorithm = 'AWS4-HMAC-SHA256';

/** RFC 3986: everything but unreserved characters is encoded. */
export const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** `20260409T123456Z`. */
const stamp = (epochMs: number): string => new Date(epochMs).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** Signs for one service of one region, on one day. */
export interface Signer { readonly date: string; readonly scope: string; readonly credential: string; readonly sign: (text: string) => string }

export const signerFor = ({ accessKeyId, secretAccessKey }: Credentials, region: string, service: string, epochMs: number): Signer => {
  const date = stamp(epochMs);
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [day, region, service, 'aws4_request'].reduce((last, part) => hmac(last, part), toBytes(`AWS4${secretAccessKey}`));
  return { date, scope, credential: `${accessKeyId}/${scope}`, sign: (text) => hex(hmac(key, text)) };
};

/** A request without a query, to a service that looks at its body. Names of headers are in lower case. */
export interface SignedRequest {
  readonly service: string;
  readonly region: string;
  readonly host: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** All headers of a POST, with those that sign it. The host is signed, and left to whoever sends. */
export const signedHeaders = ({ service, region, host, path, headers, body }: SignedRequest, credentials: Credentials, epochMs: number): { readonly [name: string]: string } => {
  const { date, scope, credential, sign } = signerFor(credentials, region, service, epochMs);
  const own = { ...headers, 'x-amz-date': date, ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }) };
  const signed = Object.entries({ ...own, host }).sort(([one], [other]) => (one < other ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = ['POST', path, '', ...signed.map(([name, value]) => `${name}:${value}`), '', names, hex(sha256(body))].join('\n');
  return { ...own, authorization: `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${sign([algorithm, date, scope, hex(sha256(canonical))].join('\n'))}` };
};
