import type { ResponseContract } from './contract.js';
import { essence, select } from './media-type.js';
import type { Outgoing } from './message.js';
import { toBytes } from './platform.js';

/** What a handler answers; the types of its contract narrow it to the responses that are declared. */
export interface Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: unknown };
  /** Whole values of `set-cookie`. */
  readonly cookies?: readonly string[];
  readonly contentType?: string;
  readonly body?: unknown;
}

/** An operation that nobody has written yet. */
export interface NotImplemented { readonly status: 501 }

/** The declared response that a status belongs to: the status itself, then its class, then the default. */
export const declared = (responses: readonly ResponseContract[], status: number): ResponseContract | undefined => {
  let closest: ResponseContract | undefined;
  let narrowest = Infinity;
  for (const response of responses) {
    if (response.status === status) return response;
    const [from, to] = typeof response.status === 'number' ? [0, 0] : response.status;
    if (from > status || status > to || to - from >= narrowest) continue;
    closest = response;
    narrowest = to - from;
  }
  return closest;
};

const scalar = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? '');

/** A header value in style `simple`. */
const headerValue = (value: unknown, explode: boolean): string => {
  if (Array.isArray(value)) return value.map(scalar).join(',');
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, item]) => `${name}${explode ? '=' : ','}${scalar(item)}`).join(',');
  return scalar(value);
};

const urlencoded = (body: unknown): string =>
  Object.entries(body as object).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(scalar(item))}`)).join('&');

const encode = (body: unknown, kind: string): string | Uint8Array | undefined => {
  if (kind === 'json') return JSON.stringify(body);
  if (body instanceof Uint8Array) return body;
  if (kind === 'form' && typeof body === 'object' && body !== null) return urlencoded(body);
  if (kind === 'binary') return typeof body === 'string' ? toBytes(body) : undefined;
  return typeof body === 'string' ? body : undefined;
};

/** An answer as it travels, or what makes it none of the declared responses; that is told to the log, never to the caller. */
export const encodeAnswer = (responses: readonly ResponseContract[], answer: Answer | undefined): Outgoing | string => {
  if (typeof answer !== 'object' || answer === null || !Number.isInteger(answer.status)) return 'the handler answered with nothing that has a status';
  const response = declared(responses, answer.status);
  if (response === undefined) return `the handler answered with status ${answer.status}, which is not declared`;
  const headers: (readonly [string, string])[] = [];
  if (answer.headers) for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined) continue;
    const contract = response.headers.find((candidate) => candidate.name === name.toLowerCase());
    const encoded = headerValue(value, contract?.explode ?? false);
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(encoded)) return `the header ${JSON.stringify(name)} cannot be sent`;
    headers.push([name.toLowerCase(), encoded]);
  }
  const missing = response.headers.length === 0 ? undefined : response.headers.find(({ name, required }) => required && !headers.some(([given]) => given === name));
  if (missing) return `the answer ${answer.status} lacks the header \`${missing.name}\``;
  if (answer.cookies) for (const cookie of answer.cookies) {
    if (/[^\t\x20-\x7e]/.test(cookie)) return 'a cookie cannot be sent';
    headers.push(['set-cookie', cookie]);
  }
  if (response.contents.length === 0 || answer.status === 204 || answer.status === 304) {
    return answer.body === undefined || answer.body === null ? { status: answer.status, headers } : `the answer ${answer.status} is declared without a body, and has one`;
  }
  const content = answer.contentType === undefined ? response.contents[0] : select(response.contents, essence(answer.contentType));
  if (content === undefined) return `the answer ${answer.status} has the undeclared type ${JSON.stringify(answer.contentType)}`;
  const contentType = answer.contentType ?? content.mediaType;
  if (contentType.includes('*') || (answer.contentType !== undefined && /[^\x20-\x7e]/.test(contentType))) return `the answer ${answer.status} does not say which \`${content.mediaType}\` it is`;
  if (answer.body === undefined) return `the answer ${answer.status} has no body`;
  const body = encode(answer.body, content.kind);
  if (body === undefined) return `the body of the answer ${answer.status} cannot be sent as ${contentType}`;
  const others = headers.length > 0 && headers.some(([name]) => name === 'content-type') ? headers.filter(([name]) => name !== 'content-type') : headers;
  others.push(['content-type', contentType]);
  return { status: answer.status, headers: others, body };
};
