import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as it came over the wire, read whole. */
export interface WireRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the `?`. */
  readonly query: string;
  /** In the order and case sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** An answer on its way back. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | string;
}

/** What the gateway takes, whatever the document says (API Gateway quotas). */
export const wireLimits = { bodyBytes: 10 * 1024 * 1024, headerBytes: 10_240, urlBytes: 10_240 } as const;

/** Reads a request; a body over the gateway's limit is given up as soon as it is, and answers nothing. */
export const readRequest = async (message: IncomingMessage): Promise<WireRequest | undefined> => {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > wireLimits.bodyBytes) return undefined;
    chunks.push(chunk);
  }
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: pairs(message.rawHeaders),
    body: Buffer.concat(chunks),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
};

export const pairs = (raw: readonly string[]): (readonly [string, string])[] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));

export const headerOf = (headers: WireRequest['headers'], name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];

export const sendAnswer = (response: ServerResponse, answer: WireAnswer, method: string): void => {
  const bodiless = method === 'HEAD' || answer.status === 204 || answer.status === 304;
  const lists = new Map<string, string[]>();
  for (const [name, value] of answer.headers) {
    if (!unsendable.has(name.toLowerCase())) lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  response.statusCode = answer.status;
  for (const [name, values] of lists) response.setHeader(name, values.length === 1 ? (values[0] as string) : values);
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  if (!bodiless) response.setHeader('Content-Length', body.length);
  response.end(bodiless ? undefined : body);
};
/** Framing is the server's. */
const unsendable = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive']);
