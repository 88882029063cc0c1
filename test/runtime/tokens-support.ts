import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface Pair { readonly kid: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject }

export const rsaPair = (kid: string, modulusLength = 2048): Pair => ({ kid, ...generateKeyPairSync('rsa', { modulusLength }) });
export const ecPair = (kid: string, namedCurve: string): Pair => ({ kid, ...generateKeyPairSync('ec', { namedCurve }) });
export const edPair = (kid: string): Pair => ({ kid, ...generateKeyPairSync('ed25519') });

export const jwkOf = ({ kid, publicKey }: Pair, more: object = {}): object => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...more });

export const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const pss = (saltLength: number) => ({ padding: 6, saltLength });
const signers: Readonly<Record<string, (data: Buffer, key: KeyObject) => Buffer>> = {
  RS256: (data, key) => sign('sha256', data, key),
  RS512: (data, key) => sign('sha512', data, key),
  PS256: (data, key) => sign('sha256', data, { key, ...pss(32) }),
  PS384: (data, key) => sign('sha384', data, { key, ...pss(48) }),
  ES256: (data, key) => sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
  ES384: (data, key) => sign('sha384', data, { key, dsaEncoding: 'ieee-p1363' }),
  ES512: (data, key) => sign('sha512', data, { key, dsaEncoding: 'ieee-p1363' }),
  EdDSA: (data, key) => sign(null, data, key),
};

/** A token; header and payload may be given as text, for what no JSON writer makes. */
export const token = (header: object | string, payload: object | string, pair: Pair, by = (typeof header === 'string' ? 'RS256' : (header as { alg: string }).alg)): string => {
  const data = `${part(header)}.${part(payload)}`;
  const signer = signers[by];
  if (!signer) throw new Error(`no signer for ${by}`);
  return `${data}.${signer(Buffer.from(data), pair.privateKey).toString('base64url')}`;
};

export const hmacToken = (header: object, payload: object, secret: string | Buffer): string => {
  const data = `${part(header)}.${part(payload)}`;
  return `${data}.${createHmac('sha256', secret).update(data).digest('base64url')}`;
};

/** A stand-in for the network: what each address answers, and how often it was asked. */
export const network = (answers: Readonly<Record<string, () => Response | Promise<Response>>>) => {
  const asked: string[] = [];
  const bodies: string[] = [];
  const fetch = async (url: string, init: { readonly body?: string }): Promise<Response> => {
    asked.push(url);
    bodies.push(init.body ?? '');
    await new Promise((resolve) => setTimeout(resolve, 1));
    const answer = answers[url];
    if (!answer) throw new TypeError('fetch failed');
    return answer();
  };
  return { asked, bodies, fetch };
};
