import type { CorsContract, HeaderEdits } from './contract.js';
import type { HeaderFields } from './message.js';
import { put } from './platform.js';
import { textOf, type Facts } from './source.js';

type Headers = readonly (readonly [name: string, value: string])[];

/** Headers that concern one connection only (RFC 9110, section 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

const removed = (name: string, patterns: readonly string[]): boolean =>
  patterns.length > 0 && patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));

/** What stays: not what concerns the connection, nor what the edits take away. */
const stays = (name: string, edits: HeaderEdits): boolean => !hopByHop.has(name) && !removed(name, edits.remove);

/** Headers as the edits leave them: some taken away, others set. What is set never stays as it came, also where there is no value to set. */
export const edited = (headers: Headers, edits: HeaderEdits, facts: Facts): (readonly [name: string, value: string])[] => {
  const kept: (readonly [string, string])[] = [];
  for (const pair of headers) if (stays(pair[0], edits) && !edits.set.some(([other]) => other === pair[0])) kept.push(pair);
  for (const [name, value] of edits.set) {
    const content = textToSet(value, facts);
    if (content !== undefined) kept.push([name, content]);
  }
  return kept;
};

/** The headers that a handler is given: as the edits leave them, one text each (RFC 9110, section 5.3), and always the id of the request. */
export const handed = (headers: HeaderFields, edits: HeaderEdits, facts: Facts): { [name: string]: string } => {
  const { requestId } = facts.incoming;
  // One by one: an object that something is deleted from costs a request several times as much, and most requests name their connection.
  const all: { [name: string]: unknown } = { 'x-request-id': requestId };
  for (const name in headers) {
    if (!stays(name, edits)) continue;
    const value = headers[name];
    put(all, name, typeof value === 'string' ? value : value?.join(', '));
  }
  for (const [name, value] of edits.set) {
    delete all[name];
    const content = textToSet(value, facts);
    if (content !== undefined) put(all, name, content);
  }
  all['x-request-id'] = requestId;
  return all as { [name: string]: string };
};

/** What a header is set to; it cannot end the header, whatever the caller sent. */
const textToSet = (value: HeaderEdits['set'][number][1], facts: Facts): string | undefined => (typeof value === 'string' ? value : textOf(value, facts))?.replace(/[\r\n]/g, ' ');

/** Headers by name; those that are there twice are joined (RFC 9110, section 5.3). */
export const joined = (headers: Headers): { [name: string]: string } => {
  const all: { [name: string]: string } = {};
  for (const [name, value] of headers) {
    const before: unknown = all[name];
    put(all, name, typeof before === 'string' ? `${before}, ${value}` : value);
  }
  return all;
};

/** What a browser must be told to let a page of that origin see the answer. */
export const corsHeaders = (cors: CorsContract, origin: string | undefined): Headers => {
  const any = cors.origins.includes('*') && !cors.credentials;
  const vary: Headers = any ? [] : [['vary', 'Origin']];
  if (origin === undefined || !(any || cors.origins.includes(origin))) return vary;
  return [
    ['access-control-allow-origin', any ? '*' : origin],
    ...vary,
    ...(cors.credentials ? [['access-control-allow-credentials', 'true'] as const] : []),
    ...(cors.expose.length > 0 ? [['access-control-expose-headers', cors.expose.join(', ')] as const] : []),
  ];
};
