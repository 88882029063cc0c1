import { createPublicKey, createSecretKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { nearest } from '../../base/text.js';
import type { Api, Check, SecurityScheme } from '../../ir/index.js';
import type { Clock } from '../clock.js';
import type { Keyring } from './keyring.js';
import { localIssuer, localPolicy } from './policies.js';

/** What a token is asked to say; what is left out is what the scheme's check takes. Times in seconds from now. */
export interface TokenRequest {
  readonly scheme?: string;
  readonly sub?: string;
  readonly scopes?: readonly string[];
  readonly claims?: JWTPayload;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresIn?: number;
  readonly notBefore?: number;
  readonly broken?: Fault;
}

/** Ways in which a token is made that no check must take. */
export const faults = ['signature', 'algorithm', 'none', 'confusion', 'key', 'type', 'critical', 'expiry', 'garbage'] as const;
export type Fault = (typeof faults)[number];

/** A request for a token that cannot be had; the message says what to do. */
export class TokenFault extends Error {}

/** Schemes that take tokens from here. */
export const tokenSchemes = (api: Api): SecurityScheme[] => [...api.schemes.values()].filter(({ check }) => check !== undefined && ['jwt', 'user-pool', 'introspection', 'function'].includes(check.kind));

/** A token that the check of a scheme takes, or just does not. */
export const mintToken = async (api: Api, keyring: Keyring, clock: Clock, asked: TokenRequest): Promise<string> => {
  const schemes = tokenSchemes(api);
  const scheme = asked.scheme === undefined ? schemes[0] : schemes.find(({ name }) => name === asked.scheme);
  if (!scheme) throw new TokenFault(asked.scheme === undefined ? 'No security scheme of the document takes tokens.' : unknownScheme(asked.scheme, schemes));
  const policy = localPolicy(api, scheme);
  const [algorithm = 'RS256'] = policy.algorithms;
  const { key, kid } = await keyring.signer(algorithm);
  const seconds = Math.floor(clock.now() / 1000);
  const claims: JWTPayload = {
    iss: asked.issuer ?? policy.issuer, aud: asked.audience ?? policy.audience[0] ?? localIssuer, sub: asked.sub ?? 'local-user', iat: seconds,
    ...(asked.scopes === undefined ? {} : { scope: asked.scopes.join(' ') }), ...(scheme.check ? poolClaims(scheme.check) : {}),
    ...(asked.notBefore === undefined ? {} : { nbf: seconds + asked.notBefore }), ...(asked.broken === 'expiry' ? {} : { exp: seconds + (asked.expiresIn ?? 3600) }),
    ...asked.claims,
  };
  const sign = (header: { readonly [name: string]: unknown } = {}): SignJWT => new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid, typ: 'JWT', ...header });
  switch (asked.broken) {
    case undefined: case 'expiry': return sign().sign(key);
    case 'signature': return spoilt(await sign().sign(key));
    case 'algorithm': return sign({ alg: 'HS256' }).sign(createSecretKey(Buffer.from(keyring.credentials.secretAccessKey)));
    case 'none': return new UnsecuredJWT(claims).encode();
    case 'confusion': return sign({ alg: 'HS256' }).sign(createSecretKey(Buffer.from(await publicPem(keyring, algorithm))));
    case 'key': return sign({ kid: 'unknown' }).sign(key);
    case 'type': return sign({ typ: 'logout+jwt' }).sign(key);
    case 'critical': return sign({ crit: ['b64'], b64: true }).sign(key);
    case 'garbage': return 'not.a.token';
  }
};

const unknownScheme = (given: string, schemes: readonly SecurityScheme[]): string => {
  const names = schemes.map(({ name }) => name);
  const near = nearest(given, names);
  return `There is no scheme \`${given}\` that takes tokens${near === undefined ? '' : `; did you mean \`${near}\`?`}${names.length > 0 ? ` The document has ${names.join(', ')}.` : ''}`;
};

/** A pool's gateway check looks at what kind of token it is. */
const poolClaims = (check: Check): JWTPayload => (check.kind === 'user-pool' ? { token_use: 'access' } : {});

/** The same length and alphabet, another signature. */
const spoilt = (token: string): string => {
  const start = token.lastIndexOf('.') + 1;
  return `${token.slice(0, start)}${token[start] === 'A' ? 'B' : 'A'}${token.slice(start + 1)}`;
};

/** The public key as the text that a confused verifier would take for a shared secret. */
const publicPem = async (keyring: Keyring, algorithm: string): Promise<string> => {
  const [jwk] = await keyring.find([algorithm])(undefined);
  return createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
};
