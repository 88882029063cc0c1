import { createHash, createHmac } from 'node:crypto';
import { encoded } from '../../runtime/signature.js';
import { headerOf, type WireRequest } from '../exchange.js';
import { sameText, type Keyring } from './keyring.js';

/** What became of a request's signature (AWS Signature Version 4). */
export type SignatureVerdict = 'valid' | 'missing' | 'expired' | 'invalid';

/** A signature is good for so long, before and after, in milliseconds. */
const validForMs = 5 * 60_000;

const form = /^AWS4-HMAC-SHA256 +Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/execute-api\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Whether a request is signed with the credentials that are known here, and lately. */
export const checkSignature = (request: WireRequest, { accessKeyId, secretAccessKey }: Keyring['credentials'], now: number): SignatureVerdict => {
  const given = request.headers.filter(([name]) => name.toLowerCase() === 'authorization');
  if (given.length === 0) return 'missing';
  const [, key = '', day = '', region = '', signed = '', signature = ''] = form.exec(given.length === 1 ? (given[0]?.[1] ?? '') : '') ?? [];
  const moment = headerOf(request.headers, 'x-amz-date') ?? '';
  const names = signed.split(';');
  if (signature === '' || !names.includes('host') || !names.includes('x-amz-date') || !moment.startsWith(day)) return 'invalid';
  const at = Date.parse(moment.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const wanted = signatureOf(request, { secretAccessKey, moment, region, service: 'execute-api', names });
  if (!sameText(key, accessKeyId) || !sameText(signature, wanted)) return 'invalid';
  return Math.abs(now - at) <= validForMs ? 'valid' : 'expired';
};

interface Signing { readonly secretAccessKey: string; readonly moment: string; readonly region: string; readonly service: string; readonly names: readonly string[] }

const signatureOf = (request: WireRequest, { secretAccessKey, moment, region, service, names }: Signing): string => {
  const day = moment.slice(0, 8);
  const key = [region, service, 'aws4_request'].reduce<Buffer>((inner, part) => hmac(inner, part), hmac(`AWS4${secretAccessKey}`, day));
  return hmac(key, textToSign(request, moment, `${day}/${region}/${service}/aws4_request`, names)).toString('hex');
};

/** The headers that sign a request to a service. */
export const signed = (request: WireRequest, service: string, region: string, { accessKeyId, secretAccessKey }: Keyring['credentials'], now: number): WireRequest['headers'] => {
  const moment = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const stamped: WireRequest = { ...request, headers: [...request.headers, ['x-amz-date', moment], ['x-amz-content-sha256', sha256(request.body)]] };
  const names = [...new Set(stamped.headers.map(([name]) => name.toLowerCase()))].sort();
  const signature = signatureOf(stamped, { secretAccessKey, moment, region, service, names });
  return [...stamped.headers, ['authorization', `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${moment.slice(0, 8)}/${region}/${service}/aws4_request, SignedHeaders=${names.join(';')}, Signature=${signature}`]];
};

const textToSign = (request: WireRequest, moment: string, scope: string, names: readonly string[]): string => {
  const values = (name: string): string => request.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value.trim().replace(/ +/g, ' ')).join(',');
  const query = request.query.split('&').filter((part) => part !== '').map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return `${encoded(decoded(name))}=${encoded(decoded(value))}`;
  }).sort();
  const canonical = [
    request.method,
    // The path as sent, and encoded once more: this service is not S3.
    request.path.split('/').map(encoded).join('/'),
    query.join('&'),
    ...names.map((name) => `${name}:${values(name)}`), '',
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  return ['AWS4-HMAC-SHA256', moment, scope, sha256(canonical)].join('\n');
};
