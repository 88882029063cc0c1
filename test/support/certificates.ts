import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate with its key, each as PEM, and what it takes to issue others by it. */
export interface Certificate { readonly cert: string; readonly key: string; readonly name: Buffer; readonly privateKey: KeyObject }

export interface Wanted {
  /** Parts of the name, as `O` and `CN`, in the order in which they are encoded. */
  readonly name: readonly (readonly ['O' | 'CN', string])[];
  /** Who signs it; itself unless said. */
  readonly by?: Certificate;
  readonly authority?: boolean;
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
}

const der = (tag: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array)));
  const { length } = content;
  return Buffer.concat([Buffer.from(length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255]), content]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const oids = { CN: [0x55, 4, 3], O: [0x55, 4, 10], signature: [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2], constraints: [0x55, 0x1d, 19], names: [0x55, 0x1d, 17] } as const;
const oid = (name: keyof typeof oids): Buffer => der(6, oids[name]);
const moment = (days: number): Buffer => der(0x18, Buffer.from(`${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, '')}`));
const pem = (what: string, bytes: Buffer): string => `-----BEGIN ${what}-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${what}-----\n`;

let serial = 1000;

/** Makes an X.509 certificate (RFC 5280) for this machine's own name, with a new key (ECDSA with P-256). */
export const certificate = ({ name: parts, by, authority = false, from = -1, until = 1 }: Wanted): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(...parts.map(([part, text]) => der(0x31, sequence(oid(part), der(12, Buffer.from(text))))));
  const algorithm = sequence(oid('signature'));
  const extensions = [
    sequence(oid('constraints'), der(1, [0xff]), der(4, sequence(...(authority ? [der(1, [0xff])] : [])))),
    sequence(oid('names'), der(4, sequence(der(0x82, Buffer.from('localhost')), der(0x87, [127, 0, 0, 1])))),
  ];
  const body = sequence(
    der(0xa0, der(2, [2])), der(2, [serial >> 8, serial++ & 255]), algorithm, by?.name ?? name, sequence(moment(from), moment(until)), name,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(...extensions)),
  );
  const bytes = sequence(body, algorithm, der(3, [0], sign('sha256', body, by?.privateKey ?? privateKey)));
  return { cert: pem('CERTIFICATE', bytes), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), name, privateKey };
};
