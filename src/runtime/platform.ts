/**
 * What the runtime takes of its surroundings, declared here so that generated code type-checks without any package.
 */
interface Bytes {
  toString(encoding: 'base64'): string;
  indexOf(value: string, offset: number, encoding: 'latin1'): number;
}
declare const Buffer: {
  byteLength(text: string, encoding: 'utf8'): number;
  from(text: string, encoding: 'base64' | 'utf8'): Uint8Array;
  from(buffer: ArrayBufferLike, offset: number, length: number): Bytes;
};
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };
declare const console: { error(line: string): void };
interface Hash { update(data: Uint8Array | string): Hash; digest(): Uint8Array }
interface Crypto { createHash(algorithm: 'sha256'): Hash; createHmac(algorithm: 'sha256', key: Uint8Array): Hash }
declare const process: { readonly env: Readonly<Record<string, string | undefined>>; getBuiltinModule(name: 'node:crypto'): Crypto };
declare const crypto: { randomUUID(): string };

export const fromBase64 = (text: string): Uint8Array => Buffer.from(text, 'base64');
const view = (bytes: Uint8Array): Bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const toBase64 = (bytes: Uint8Array): string => view(bytes).toString('base64');
/** Where an ASCII text begins in bytes, at or behind an offset; -1 where it does not. */
export const find = (bytes: Uint8Array, text: string, offset: number): number => view(bytes).indexOf(text, offset, 'latin1');
export const toBytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** Text as the gateway handed it over, or bytes. */
export type Content = Uint8Array | string;
/** Bytes that the content has, encoded. */
export const sizeOf = (content: Content): number => (typeof content === 'string' ? Buffer.byteLength(content, 'utf8') : content.length);
export const asBytes = (content: Content): Uint8Array => (typeof content === 'string' ? toBytes(content) : content);

/** UTF-8 text, or nothing when the bytes are not UTF-8. */
export const toText = (bytes: Content): string | undefined => {
  if (typeof bytes === 'string') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** SHA-256 of a text. */
export const sha256 = (text: string): Uint8Array => process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest();
/** HMAC-SHA-256 of a text. */
export const hmac = (key: Uint8Array, text: string): Uint8Array => process.getBuiltinModule('node:crypto').createHmac('sha256', key).update(text).digest();

/** Writes one structured line to the log. */
export const log = (entry: { readonly [key: string]: unknown }): void => console.error(JSON.stringify(entry));
export const environment = (name: string): string | undefined => process.env[name];
export const uuid = (): string => crypto.randomUUID();
const hexadecimal = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** As many random bytes (a multiple of four), in hexadecimal: for the ids of traces, which are no secrets. */
export const randomHex = (bytes: number): string => {
  let text = '';
  for (let left = bytes; left > 0; left -= 4) {
    const word = Math.floor(Math.random() * 2 ** 32);
    for (let shift = 24; shift >= 0; shift -= 8) text += hexadecimal[(word >>> shift) & 255] ?? '';
  }
  return text;
};

/**
 * Texts of which each is another one: a beginning, which must be random, and a number behind it, of four hexadecimal digits. For ids that are
 * no secrets, since to draw all of one costs a request as much as to read its headers.
 */
export const series = (beginning: () => string): (() => string) => {
  let start = '';
  let count = 65_536;
  return () => {
    if (count > 65_535) {
      start = beginning();
      count = 0;
    }
    const number = count++;
    return `${start}${hexadecimal[number >> 8]}${hexadecimal[number & 255]}`;
  };
};
/** Another id for a part of a trace. */
export const spanId = series(() => randomHex(8).slice(0, -4));

/** Sets an own property, also when its name is `__proto__`: names come from callers. */
export const put = (object: object, name: string, value: unknown): void => {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else (object as { [name: string]: unknown })[name] = value;
};

/** Percent-decoding; nothing when it is malformed. */
export const decode = (text: string): string | undefined => {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
