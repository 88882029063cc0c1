import { fromClaims } from './gateway.js';
import type { TokenCheck } from './jwt.js';
import { toBase64, toBytes } from './platform.js';
import { secret, type ReadSecret } from './secret.js';
import { asRecord, fetchJson } from './web.js';

/** Where tokens are looked up (RFC 7662), and where the credentials for that are. */
export interface IntrospectionPolicy {
  readonly url: string;
  /** The environment variable that names the secret. */
  readonly secret: string;
}

/** RFC 6749, section 2.3.1: both are form-encoded before they are joined. */
const formEncoded = (text: string): string => encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const authorization = (text: string): string => {
  const { client_id: id, client_secret: word } = asRecord(JSON.parse(text)) ?? {};
  if (typeof id !== 'string' || typeof word !== 'string') throw new Error('The secret must be a JSON object with `client_id` and `client_secret`');
  return `Basic ${toBase64(toBytes(`${formEncoded(id)}:${formEncoded(word)}`))}`;
};

const longest = 16 * 1024;

/** The check of tokens that their issuer is asked about, one by one. */
export const introspection = (policy: IntrospectionPolicy, now: () => number = Date.now, read?: ReadSecret): TokenCheck => {
  const credentials = secret(policy.secret, now, read);
  return async (token) => {
    if (token.length > longest || !/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return undefined;
    const answer = asRecord(await fetchJson(policy.url, {
      method: 'POST',
      headers: { authorization: authorization(await credentials()), 'content-type': 'application/x-www-form-urlencoded' },
      body: `token=${encodeURIComponent(token)}&token_type_hint=access_token`,
    }));
    if (!answer || typeof answer['active'] !== 'boolean') throw new Error(`${policy.url} does not say whether the token is active`);
    const { active, exp, nbf } = answer;
    const seconds = now() / 1000;
    if (!active || (typeof exp === 'number' && seconds >= exp) || (typeof nbf === 'number' && seconds < nbf)) return undefined;
    const identity = fromClaims(answer, undefined);
    return identity.principalId === '' ? undefined : identity;
  };
};
