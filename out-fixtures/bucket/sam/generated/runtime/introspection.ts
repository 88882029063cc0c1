import { fromClaims } from './gateway.js';
import type { TokenCheck } from './jwt.js';
import { environment, toBase64, toBytes } from './platform.js';
import { asRecord, fetchJson } from './web.js';

/** Where tokens are looked up (RFC 7662), and where the credentials for that are. */
export interface IntrospectionPolicy {
  readonly url: string;
  /** The environment variable that names the secret. */
  readonly secret: string;
}

/** The text of a secret, by its name or ARN. */
export type ReadSecret = (id: string) => Promise<string>;

interface SecretsClient { readonly send: (command: object) => Promise<{ readonly SecretString?: string }> }
interface SecretsModule {
  readonly SecretsManagerClient: new (options: object) => SecretsClient;
  readonly GetSecretValueCommand: new (input: { readonly SecretId: string }) => object;
}

/** By the client that the platform brings, so that no bundle carries one. */
const fromSecretsManager: ReadSecret = async (id) => {
  const name = '@aws-sdk/client-secrets-manager';
  const { SecretsManagerClient, GetSecretValueCommand } = (await import(name)) as SecretsModule;
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: id }));
  if (SecretString === undefined) throw new Error('The secret has no text');
  return SecretString;
};

/** A secret is read again after this long, so that a changed one comes into use. */
const rememberedMs = 5 * 60_000;

/** RFC 6749, section 2.3.1: both are form-encoded before they are joined. */
const formEncoded = (text: string): string => encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const authorization = (secret: string): string => {
  const { client_id: id, client_secret: word } = asRecord(JSON.parse(secret)) ?? {};
  if (typeof id !== 'string' || typeof word !== 'string') throw new Error('The secret must be a JSON object with `client_id` and `client_secret`');
  return `Basic ${toBase64(toBytes(`${formEncoded(id)}:${formEncoded(word)}`))}`;
};

const longest = 16 * 1024;

/** The check of tokens that their issuer is asked about, one by one. */
export const introspection = (policy: IntrospectionPolicy, now: () => number = Date.now, read: ReadSecret = fromSecretsManager): TokenCheck => {
  let credentials: { readonly text: Promise<string>; readonly at: number } | undefined;
  const remembered = (): Promise<string> => {
    if (!credentials || now() - credentials.at > rememberedMs) {
      const id = environment(policy.secret);
      if (id === undefined) return Promise.reject(new Error(`The environment variable ${policy.secret} is not set`));
      const text = read(id).then(authorization);
      credentials = { text, at: now() };
      text.catch(() => { credentials = undefined; });
    }
    return credentials.text;
  };
  return async (token) => {
    if (token.length > longest || !/^[A-Za-z0-9._~+/-]+=*$/.test(token)) return undefined;
    const answer = asRecord(await fetchJson(policy.url, {
      method: 'POST',
      headers: { authorization: await remembered(), 'content-type': 'application/x-www-form-urlencoded' },
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
