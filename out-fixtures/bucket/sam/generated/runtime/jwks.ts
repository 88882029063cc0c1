import { log } from './platform.js';
import { asRecord, fetchJson } from './web.js';

/** A public key as a key set has it (RFC 7517); only the members that are used. */
export interface PublicKey {
  readonly kty: string;
  readonly kid?: string;
  readonly use?: string;
  readonly alg?: string;
  readonly key_ops?: readonly string[];
  readonly crv?: string;
  readonly n?: string;
  readonly e?: string;
  readonly x?: string;
  readonly y?: string;
}

export interface KeySource {
  /** Exactly as tokens name it. */
  readonly issuer: string;
  /** URL of the key set; found through the issuer unless said. */
  readonly keys?: string;
}

/** The keys that a token with this `kid` may be signed with. Throws when no key set can be had. */
export type FindKeys = (kid: string | undefined) => Promise<readonly PublicKey[]>;

/** A `kid` that nobody knows fetches the key set again at most this often: anyone can make one up. */
const unknownEveryMs = 5 * 60_000;
/** Keys are fetched again after this long, so that one that was withdrawn is forgotten. */
const freshForMs = 60 * 60_000;
/** While the issuer cannot be reached, keys are believed for this long. */
const believedForMs = 24 * 60 * 60_000;

const text = (record: { readonly [name: string]: unknown }, name: string): string | undefined => {
  const value = record[name];
  return typeof value === 'string' ? value : undefined;
};

const keyOf = (value: unknown): PublicKey[] => {
  const record = asRecord(value);
  const kty = record && text(record, 'kty');
  if (!record || kty === undefined || kty === 'oct') return [];
  const members = Object.fromEntries(['kid', 'use', 'alg', 'crv', 'n', 'e', 'x', 'y'].flatMap((name) => {
    const member = text(record, name);
    return member === undefined ? [] : [[name, member]];
  }));
  const operations = record['key_ops'];
  return [{ kty, ...members, ...(Array.isArray(operations) ? { key_ops: operations.filter((operation) => typeof operation === 'string') } : {}) }];
};

/** Where the issuer says its keys are (OpenID Connect Discovery 1.0, section 4). */
const discover = async (issuer: string): Promise<string> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const configuration = asRecord(await fetchJson(url));
  const keys = configuration?.['jwks_uri'];
  if (configuration?.['issuer'] !== issuer) throw new Error(`${url} speaks for another issuer`);
  if (typeof keys !== 'string' || !(keys.startsWith('https://') || issuer.startsWith('http://'))) throw new Error(`${url} names no key set at a safe address`);
  return keys;
};

const load = async ({ issuer, keys }: KeySource): Promise<readonly PublicKey[]> => {
  const url = keys ?? await discover(issuer);
  const set = asRecord(await fetchJson(url))?.['keys'];
  if (!Array.isArray(set)) throw new Error(`${url} is no key set`);
  return set.flatMap(keyOf);
};

/** Keeps the keys of an issuer for as long as the function lives; however many ask at once, one fetch is under way. */
export const keysOf = (source: KeySource, now: () => number = Date.now): FindKeys => {
  let known: { readonly keys: readonly PublicKey[]; readonly at: number } | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let under: Promise<void> | undefined;
  let failure: unknown;
  const attempt = async (): Promise<void> => {
    triedAt = now();
    try {
      known = { keys: await load(source), at: now() };
      failure = undefined;
    } catch (error) {
      failure = error;
      log({ level: 'error', message: error instanceof Error ? error.message : String(error), issuer: source.issuer });
    } finally {
      under = undefined;
    }
  };
  const fetchOnce = (): Promise<void> => (under ??= attempt());
  const matching = (kid: string | undefined): readonly PublicKey[] => (known?.keys ?? []).filter((key) => kid === undefined || key.kid === kid);
  return async (kid) => {
    const age = known ? now() - known.at : Number.POSITIVE_INFINITY;
    const recent = now() - triedAt < unknownEveryMs;
    if (!known || age > believedForMs || (age > freshForMs && !recent)) await fetchOnce();
    if (matching(kid).length === 0 && (under || now() - triedAt >= unknownEveryMs)) await fetchOnce();
    const found = matching(kid);
    // Without an answer of the issuer nobody can tell a forged `kid` from a new one.
    if (!known || now() - known.at > believedForMs || (found.length === 0 && failure !== undefined)) throw new Error('The keys of the issuer cannot be had', { cause: failure });
    return found;
  };
};
