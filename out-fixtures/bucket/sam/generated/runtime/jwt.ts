import { fromClaims } from './gateway.js';
import { keysOf, type FindKeys, type PublicKey } from './jwks.js';
import type { Auth } from './message.js';
import { toBytes, toText } from './platform.js';
import { asRecord, fromBase64Url, subtle } from './web.js';

/** What a token must be. */
export interface JwtPolicy {
  readonly issuer: string;
  /** The token must be for one of these. */
  readonly audience: readonly string[];
  /** Signature algorithms accepted; those that are not asymmetric are never. */
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  /** URL of the key set; found through the issuer unless said. */
  readonly keys?: string;
}

/** Who a token speaks for; nothing when it is not to be believed. Throws when nobody can tell. */
export type TokenCheck = (token: string) => Promise<Auth | undefined>;

interface Algorithm { readonly kty: string; readonly crv?: string; readonly key: object; readonly verify: object }

const rsa = (name: string, hash: string, more: object = {}): Algorithm => ({ kty: 'RSA', key: { name, hash }, verify: { name, ...more } });
const ecdsa = (crv: string, hash: string): Algorithm => ({ kty: 'EC', crv, key: { name: 'ECDSA', namedCurve: crv }, verify: { name: 'ECDSA', hash } });

/** RFC 7518, section 3, and RFC 8037, section 3: those with a public key, and no others. */
const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['RS256', rsa('RSASSA-PKCS1-v1_5', 'SHA-256')], ['RS384', rsa('RSASSA-PKCS1-v1_5', 'SHA-384')], ['RS512', rsa('RSASSA-PKCS1-v1_5', 'SHA-512')],
  ['PS256', rsa('RSA-PSS', 'SHA-256', { saltLength: 32 })], ['PS384', rsa('RSA-PSS', 'SHA-384', { saltLength: 48 })], ['PS512', rsa('RSA-PSS', 'SHA-512', { saltLength: 64 })],
  ['ES256', ecdsa('P-256', 'SHA-256')], ['ES384', ecdsa('P-384', 'SHA-384')], ['ES512', ecdsa('P-521', 'SHA-512')],
  ['EdDSA', { kty: 'OKP', crv: 'Ed25519', key: { name: 'Ed25519' }, verify: { name: 'Ed25519' } }],
]);

/** Longer than any header that the gateway lets through. */
const longest = 16 * 1024;
/** RFC 7518, section 3.3: a key of 2048 bits or larger, which is 342 characters of base64url. */
const shortestModulus = 342;

/** Whether some object in a JSON text names a member twice: readers differ in which of them they take. */
const namesTwice = (json: string): boolean => {
  const open: Set<string>[] = [];
  for (const [token, name, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined && name !== undefined) {
      const names = open.at(-1);
      const key = JSON.parse(name) as string;
      if (names?.has(key)) return true;
      names?.add(key);
    }
  }
  return false;
};

const objectIn = (part: string): { readonly [name: string]: unknown } | undefined => {
  const bytes = fromBase64Url(part);
  const json = bytes && toText(bytes);
  if (json === undefined) return undefined;
  try {
    const value = asRecord(JSON.parse(json));
    return value && !namesTwice(json) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** RFC 7515 and RFC 9068: a token of another kind (a logout token, a proof of possession) says so. */
const tokenTypes = new Set(['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt']);

/** Members that tell where the key is (`jku`, `jwk`, `x5u`, `x5c`) are not looked at: they are the sender's word. */
const algorithmOf = (header: { readonly [name: string]: unknown }, policy: JwtPolicy): Algorithm | undefined => {
  const { alg, typ, kid } = header;
  if ('crit' in header || typeof alg !== 'string' || !policy.algorithms.includes(alg)) return undefined;
  if (typ !== undefined && !(typeof typ === 'string' && tokenTypes.has(typ.toLowerCase()))) return undefined;
  if (kid !== undefined && typeof kid !== 'string') return undefined;
  return algorithms.get(alg);
};

const fits = (key: PublicKey, alg: string, { kty, crv }: Algorithm): boolean =>
  key.kty === kty && (crv === undefined || key.crv === crv) && (key.use ?? 'sig') === 'sig' && (key.alg ?? alg) === alg && (key.key_ops?.includes('verify') ?? true)
  && (kty !== 'RSA' || (key.n ?? '').length >= shortestModulus);

const signedBy = async ({ kty, crv, n, e, x, y }: PublicKey, { key, verify }: Algorithm, signature: Uint8Array, data: Uint8Array): Promise<boolean> => {
  try {
    // Absent members are left out; private ones were never taken in.
    const jwk = JSON.parse(JSON.stringify({ kty, crv, n, e, x, y })) as object;
    return await subtle.verify(verify, await subtle.importKey('jwk', jwk, key, false, ['verify']), signature, data);
  } catch {
    return false;
  }
};

const instant = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** RFC 7519, section 4.1; `exp` must be there. */
const holds = (claims: { readonly [name: string]: unknown }, policy: JwtPolicy, seconds: number): boolean => {
  const { iss, aud, exp, nbf, iat } = claims;
  const skew = policy.clockSkewSeconds;
  const audience: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return iss === policy.issuer
    && audience.some((each) => typeof each === 'string' && policy.audience.includes(each))
    && instant(exp) && seconds < exp + skew
    && (nbf === undefined || (instant(nbf) && seconds >= nbf - skew))
    && (iat === undefined || (instant(iat) && seconds >= iat - skew));
};

/** The check of JSON Web Tokens of one issuer. */
export const jwt = (policy: JwtPolicy, now: () => number = Date.now, find: FindKeys = keysOf(policy, now)): TokenCheck => async (token) => {
  const [head = '', body = '', mark = '', ...more] = token.split('.');
  if (token.length > longest || more.length > 0) return undefined;
  const header = objectIn(head);
  const claims = objectIn(body);
  const signature = fromBase64Url(mark);
  if (!header || !claims || !signature || signature.length === 0) return undefined;
  const algorithm = algorithmOf(header, policy);
  // What no signature could mend is found out before keys are asked for.
  if (!algorithm || !holds(claims, policy, now() / 1000)) return undefined;
  const candidates = (await find(header['kid'] as string | undefined)).filter((key) => fits(key, header['alg'] as string, algorithm));
  const data = toBytes(`${head}.${body}`);
  const signed = await Promise.all(candidates.map((key) => signedBy(key, algorithm, signature, data)));
  if (!signed.includes(true)) return undefined;
  const identity = fromClaims(claims, undefined);
  return identity.principalId === '' ? undefined : identity;
};
