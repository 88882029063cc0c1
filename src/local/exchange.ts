import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Shown } from './tls.js';

/** A request as it came over the wire, read whole. */
export interface WireRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the `?`. */
  readonly query: string;
  /** In the order and case sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
  /** What the caller showed at the handshake, where certificates are asked for there. */
  readonly shown?: Shown;
}

/** An answer on its way back. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | string;
}

/** What the gateway takes, whatever the document says (API Gateway quotas). */
export const wireLimits = { bodyBytes: 10 * 1024 * 1024, headerBytes: 10_240, urlBytes: 8_192 } as const;

/**
 * Reads a request and hands it on; nothing in place of one whose body is over the limit, which is given up as soon as that is known.
 * `lost` is called where the caller went away. Callbacks, since each promise on the way costs a request as much as a step does.
 */
export const readRequest = (message: IncomingMessage, mostBytes: number, take: (request: WireRequest | undefined) => void, lost: () => void): void => {
  const { method = 'GET', url = '/' } = message;
  // Names and values as they came: the server's own index of them is made only when it is asked for, at a tenth of a request's cost.
  const headers = pairs(message.rawHeaders);
  const sourceIp = message.socket.remoteAddress ?? '127.0.0.1';
  const mark = url.indexOf('?');
  const whole = (body: Buffer | undefined): void => take(body && { method, path: mark < 0 ? url : url.slice(0, mark), query: mark < 0 ? '' : url.slice(mark + 1), headers, body, sourceIp });
  const length = headerOf(headers, 'content-length');
  if (Number(length ?? 0) > mostBytes) whole(undefined);
  else if (length === undefined && headerOf(headers, 'transfer-encoding') === undefined) whole(empty);
  else readBody(message, mostBytes, whole, lost);
};

const empty = Buffer.alloc(0);

const readBody = (message: IncomingMessage, mostBytes: number, take: (body: Buffer | undefined) => void, lost: () => void): void => {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostBytes) {
      message.removeAllListeners('data').pause();
      chunks.length = 0;
      return take(undefined);
    }
    chunks.push(chunk);
  });
  message.on('end', () => { if (size <= mostBytes) take(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)); });
  message.on('close', () => { if (!message.complete && size <= mostBytes) lost(); });
};

const pairs = (raw: readonly string[]): (readonly [string, string])[] => {
  const found: (readonly [string, string])[] = [];
  for (let index = 0; index < raw.length; index += 2) found.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return found;
};

/** The first header of a name, which is given in lower case. Most others differ in length already, so that no index pays. */
export const headerOf = (headers: WireRequest['headers'], name: string): string | undefined => {
  for (const pair of headers) {
    const [key] = pair;
    if (key.length === name.length && key.toLowerCase() === name) return pair[1];
  }
  return undefined;
};

export const sendAnswer = (response: ServerResponse, answer: WireAnswer, method: string): void => {
  const bodiless = method === 'HEAD' || answer.status === 204 || answer.status === 304;
  // Names and values behind one another, as they go out: a server that is asked to keep them by name takes twice as long.
  const headers: string[] = [];
  for (const [name, value] of answer.headers) {
    if (!isFraming(name)) headers.push(name, value);
  }
  const { body } = answer;
  if (!bodiless || (method === 'HEAD' && body.length > 0)) headers.push('Content-Length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.length));
  response.writeHead(answer.status, headers);
  // Text goes out with the headers in one piece, where bytes would be a second one.
  response.end(bodiless ? undefined : body);
};
/** Framing is the server's. Most other names differ in length already. */
const isFraming = (name: string): boolean => framingLengths.has(name.length) && framing.has(name.toLowerCase());
const framing = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);
const framingLengths = new Set([...framing].map(({ length }) => length));
