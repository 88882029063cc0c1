import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// The library of the field for keys and tokens; what checks tokens is the runtime's own verifier, as on the target.
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type CryptoKey, type JWK } from 'jose';
import type { FindKeys, PublicKey } from '../../runtime/jwks.js';

/** Secrets of this project on this machine: keys that sign tokens, and what API keys and request signatures are made with. */
export interface Keyring {
  /** The private key for an algorithm, with the id under which its public half is known. */
  readonly signer: (algorithm: string) => Promise<{ readonly key: CryptoKey; readonly kid: string }>;
  /** Public halves, as a verifier asks for them; those of algorithms that nobody signed by are made when asked for. */
  readonly find: (algorithms: readonly string[]) => FindKeys;
  /** A key of a usage plan; another one each time. */
  readonly apiKey: (plan: string) => string;
  /** The plan that a key is of, if it is one of ours. */
  readonly planOf: (key: string) => string | undefined;
  /** What signs requests here. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface Pair { readonly key: CryptoKey; readonly kid: string; readonly jwk: PublicKey }

/** Keeps secrets in a folder, where the next run finds them; readable for its owner only, and kept out of version control. */
export const openKeyring = (folder: string): Keyring => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = (name: string, make: () => string): string => {
    const path = join(folder, name);
    if (existsSync(path)) return readFileSync(path, 'utf8');
    const text = make();
    writeFileSync(path, text, { mode: 0o600 });
    return text;
  };
  kept('.gitignore', () => '*\n');
  const secret = kept('secret', () => randomBytes(32).toString('hex'));
  const derive = (purpose: string): string => createHmac('sha256', secret).update(purpose).digest('hex');
  const pairs = new Map<string, Promise<Pair>>();
  const pairOf = (algorithm: string): Promise<Pair> => {
    const known = pairs.get(algorithm) ?? load(join(folder, `${algorithm}.pem`), algorithm);
    pairs.set(algorithm, known);
    return known;
  };
  return {
    signer: pairOf,
    find: (algorithms) => async (kid) => {
      const all = await Promise.all(algorithms.map(pairOf));
      return all.filter((pair) => kid === undefined || pair.kid === kid).map(({ jwk }) => jwk);
    },
    apiKey: (plan) => {
      const name = `${Buffer.from(plan).toString('base64url')}.${randomBytes(8).toString('hex')}`;
      return `${name}.${derive(`key ${name}`).slice(0, 24)}`;
    },
    planOf: (key) => {
      const end = key.lastIndexOf('.');
      const name = key.slice(0, end);
      if (end < 0 || key.length > 1024 || !sameText(key.slice(end + 1), derive(`key ${name}`).slice(0, 24))) return undefined;
      return Buffer.from(name.split('.')[0] ?? '', 'base64url').toString('utf8');
    },
    credentials: { accessKeyId: `AKIALOCAL${derive('access').slice(0, 11).toUpperCase()}`, secretAccessKey: derive('secret').slice(0, 40) },
  };
};

/** Takes as long whether they are alike or not. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const load = async (path: string, algorithm: string): Promise<Pair> => {
  if (!existsSync(path)) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    // Two processes may have made one each: the first to arrive is the one.
    try {
      writeFileSync(path, await exportPKCS8(privateKey), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const key = await importPKCS8(readFileSync(path, 'utf8'), algorithm, { extractable: true });
  const jwk = publicHalf(await exportJWK(key));
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('hex').slice(0, 16);
  return { key, kid, jwk: { ...jwk, kid, alg: algorithm, use: 'sig' } };
};

const publicHalf = ({ kty = '', crv, n, e, x, y }: JWK): PublicKey => JSON.parse(JSON.stringify({ kty, crv, n, e, x, y })) as PublicKey;
