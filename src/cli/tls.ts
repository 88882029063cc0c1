import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Tls } from '../local/tls.js';
import { UsageError } from './terminal.js';

export interface TlsFlags {
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly truststore?: string;
}

/** What the flags say of TLS; a file that is not what its flag wants is told by name. */
export const readTls = ({ tlsCert, tlsKey, truststore }: TlsFlags, cwd: string): Tls | undefined => {
  if (tlsCert === undefined && tlsKey === undefined && truststore === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) throw new UsageError('`--tls-cert` and `--tls-key` go together, and `--truststore` with both.');
  const read = (flag: string, file: string, what: string, check: (text: string) => void): string => {
    try {
      const text = readFileSync(resolve(cwd, file), 'utf8');
      check(text);
      return text;
    } catch (error) {
      throw new UsageError(`\`${flag} ${file}\` is no ${what}: ${(error as Error).message}`);
    }
  };
  const certificates = (text: string): X509Certificate[] => {
    const all = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END [^-]*-----/g) ?? [];
    if (all.length === 0) throw new Error('it has no certificate.');
    return all.map((each) => new X509Certificate(each));
  };
  const cert = read('--tls-cert', tlsCert, 'PEM file of a certificate', certificates);
  const key = read('--tls-key', tlsKey, 'PEM file of the private key of that certificate', (text) => {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(text))) throw new Error('it is the key of another one.');
  });
  return { cert, key, ...(truststore === undefined ? {} : { truststore: read('--truststore', truststore, 'PEM file of authorities', certificates) }) };
};
