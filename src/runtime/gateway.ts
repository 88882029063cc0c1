import type { Auth, Context, HeaderFields, Value } from './message.js';
import { put, randomHex, spanId, uuid } from './platform.js';

/** The parts of a gateway event's identity block that are read; REST and HTTP APIs differ in the rest. */
export interface Authorizer { readonly [name: string]: unknown }

/** What was sent as a header; the first of several. What every object inherits is no text, and has no first. */
export const sent = (headers: HeaderFields, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

/** Headers by their names in lower case, without `cookie`. */
export const byName = (pairs: readonly (readonly [name: string, value: string | undefined])[]): HeaderFields => {
  const all: { [name: string]: string | string[] } = {};
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (value === undefined || key === 'cookie') continue;
    const before = Object.hasOwn(all, key) ? all[key] : undefined;
    if (typeof before === 'object') before.push(value);
    else put(all, key, before === undefined ? value : [before, value]);
  }
  return all;
};

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `a b`, `["a", "b"]`, or (as the HTTP API prints lists of claims) `[a b]`. */
const scopesOf = (value: unknown): string[] =>
  typeof value === 'string' && /^[^\s,[\]]+$/.test(value) ? [value]
  : Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : textOf(value).replace(/^\[|\]$/g, '').split(/[\s,]+/).filter((scope) => scope !== '');

const claimsOf = (value: unknown): { readonly [name: string]: Value } => (isRecord(value) ? (value as { readonly [name: string]: Value }) : {});

/** An authorizer function of a REST API may answer scalars only, so ours sends its claims as JSON text. */
const parseClaims = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** Identity from a token's claims. `scopes`: what the gateway says they are, which may be fewer, where the claims do not tell. */
export const fromClaims = (value: unknown, scopes: unknown): Auth => {
  const claims = claimsOf(value);
  return {
    scheme: '',
    principalId: textOf(claims['sub'] ?? claims['client_id'] ?? claims['username'] ?? claims['cognito:username']),
    scopes: scopesOf(claims['scope'] ?? claims['scp'] ?? scopes),
    claims,
  };
};

/** Identity from the flat context that an authorizer function answered with. What it says besides is taken for claims. */
export const fromContext = (context: Authorizer): Auth => {
  const { scheme, principalId, scopes, claims, integrationLatency: _latency, ...rest } = context;
  return { scheme: textOf(scheme), principalId: textOf(principalId), scopes: scopesOf(scopes), claims: claimsOf(claims === undefined ? rest : parseClaims(claims)) };
};

/** Identity without a token: a signed request, an API key, a client certificate. */
export const fromPrincipal = (principalId: unknown): Auth | null =>
  typeof principalId === 'string' && principalId !== '' ? { scheme: '', principalId, scopes: [], claims: {} } : null;

/** The caller's id where it is sane enough to be logged and sent back, else the gateway's. */
export const requestId = (headers: HeaderFields, own: unknown): string => {
  const given = sent(headers, 'x-request-id');
  return given !== undefined && /^[\w.:/+=@-]{1,128}$/.test(given) ? given : textOf(own) || uuid();
};

/** The trace that the caller is in; else one from the gateway's own header (`Root=1-5759e988-bd862e3fe1be46a994272793;Parent=…`); else a new one. */
export const traceparent = (headers: HeaderFields): string => {
  const given = sent(headers, 'traceparent');
  if (given !== undefined && /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/.test(given)) return given;
  const own = sent(headers, 'x-amzn-trace-id') ?? '';
  const time = behind(own, 'Root=1-');
  const rest = time + 9;
  const parent = behind(own, 'Parent=');
  const known = time > 0 && own[rest - 1] === '-' && isHexadecimal(own, time, 8) && isHexadecimal(own, rest, 24);
  const trace = known ? own.slice(time, time + 8) + own.slice(rest, rest + 24) : randomHex(16);
  return `00-${trace}-${parent > 0 && isHexadecimal(own, parent, 16) ? own.slice(parent, parent + 16) : spanId()}-${own.includes('Sampled=1') ? '01' : '00'}`;
};

/** Where a text goes on behind a mark; 0 where the mark is not in it. */
const behind = (text: string, mark: string): number => {
  const at = text.indexOf(mark);
  return at < 0 ? 0 : at + mark.length;
};

/** Whether so many hexadecimal digits, in lower case, stand at an offset. An expression costs a request twice as much. */
const isHexadecimal = (text: string, offset: number, length: number): boolean => {
  for (let at = offset; at < offset + length; at++) {
    const code = text.charCodeAt(at);
    // Behind the end there is no code, which is in no range.
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false;
  }
  return true;
};

/** The last minute that a time was asked of, and how it begins in RFC 3339: printing a date costs a request as much as checking its parameters. */
const lately = { minute: Number.NaN, text: '' };

export const receivedAt = (epochMs: unknown): string => {
  const ms = typeof epochMs === 'number' && Math.abs(epochMs) < 8.64e15 ? Math.trunc(epochMs) : Date.now();
  const minute = Math.floor(ms / 60_000);
  if (minute !== lately.minute) {
    lately.text = new Date(ms).toISOString().slice(0, -'00.000Z'.length);
    lately.minute = minute;
  }
  const digits = String(100_000 + ms - minute * 60_000);
  return `${lately.text}${digits.slice(1, 3)}.${digits.slice(3)}Z`;
};

/** What a gateway says of a request. */
interface Facts { readonly stage: unknown; readonly epochMs: unknown; readonly sourceIp: unknown; readonly domain: unknown; readonly userAgent: unknown }

export const contextOf = (headers: HeaderFields, { stage, epochMs, sourceIp, domain, userAgent }: Facts): Context => ({
  stage: textOf(stage),
  traceparent: traceparent(headers),
  receivedAt: receivedAt(epochMs),
  sourceIp: textOf(sourceIp),
  domain: textOf(domain),
  userAgent: textOf(userAgent) || (sent(headers, 'user-agent') ?? ''),
});

/** Name and value of each cookie; a value may stand in quotes (RFC 6265, section 4.1.1). */
export const cookieFields = (pairs: readonly string[]): (readonly [name: string, value: string])[] =>
  pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1).replace(/^"(.*)"$/, '$1')] as const);

/** The pairs of a cookie header. */
export const cookiePairs = (text: string): string[] => text.split(';').map((pair) => pair.trim()).filter((pair) => pair !== '');
