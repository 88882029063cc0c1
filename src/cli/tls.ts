import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tls } from '../local/tls.js';
import type { ClientCertificate } from './show-certificate.js';
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
  return {
    ...pairOf(['--tls-cert', tlsCert], ['--tls-key', tlsKey], cwd),
    ...(truststore === undefined ? {} : { truststore: read('--truststore', truststore, 'PEM file of authorities', certificates, cwd) }),
  };
};

export interface ClientCertificateFlags {
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly url?: string;
}

/** What the flags say of the certificate that requests show, as `readTls` does. */
export const readClientCertificate = ({ clientCert, clientKey, url }: ClientCertificateFlags, cwd: string): ClientCertificate | undefined => {
  if (clientCert === undefined && clientKey === undefined) return undefined;
  if (clientCert === undefined || clientKey === undefined) throw new UsageError('`--client-cert` and `--client-key` go together.');
  if (url?.startsWith('https://') !== true) throw new UsageError('`--client-cert` is shown over TLS: say where, with `--url https://…`.');
  return pairOf(['--client-cert', clientCert], ['--client-key', clientKey], cwd);
};

/** What a thread of tests runs first, so that its requests show a certificate. */
export const showing = fileURLToPath(new URL('./show-certificate.js', import.meta.url));

type Given = readonly [flag: string, file: string];

const pairOf = ([certFlag, certFile]: Given, [keyFlag, keyFile]: Given, cwd: string): { readonly cert: string; readonly key: string } => {
  const cert = read(certFlag, certFile, 'PEM file of a certificate', certificates, cwd);
  const key = read(keyFlag, keyFile, 'PEM file of the private key of that certificate', (text) => {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(text))) throw new Error('it is the key of another one.');
  }, cwd);
  return { cert, key };
};

const read = (flag: string, file: string, what: string, check: (text: string) => void, cwd: string): string => {
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
