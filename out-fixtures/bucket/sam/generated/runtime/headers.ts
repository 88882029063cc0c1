import type { CorsContract, HeaderEdits, Source } from './contract.js';
import type { Incoming, NormalisedRequest } from './message.js';

type Headers = readonly (readonly [name: string, value: string])[];

/** Headers that concern one connection only (RFC 9110, section 7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

const removed = (name: string, patterns: readonly string[]): boolean =>
  patterns.length > 0 && patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));

/** What stays: not what concerns the connection, nor what the edits take away. */
const stays = (name: string, edits: HeaderEdits): boolean => !hopByHop.has(name) && !removed(name, edits.remove);

const text = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === 'object' ? JSON.stringify(value) : String(value);

const walk = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as { readonly [key: string]: unknown })[name] : undefined), value);

/** What is known of a request when headers are set. */
export interface Facts {
  readonly incoming: Incoming;
  readonly normalised?: NormalisedRequest | undefined;
  readonly status?: number;
}

const context = ({ incoming }: Facts, name: string): unknown =>
  name === 'requestId' ? incoming.requestId : name === 'time' ? incoming.context.receivedAt : name === 'epochMs' ? Date.parse(incoming.context.receivedAt) : walk(incoming.context, [name]);

const places = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** The value of an expression, as a header holds it; nothing where it has none. */
export const evaluate = (source: Source, facts: Facts): string | undefined => {
  switch (source.kind) {
    case 'context': return text(context(facts, source.name));
    case 'parameter': return text(walk(facts.normalised?.request[places[source.in]], [source.in === 'header' ? source.name.toLowerCase() : source.name]));
    case 'auth': return text(walk(facts.incoming.auth, source.path));
    case 'stage': return text(walk(facts.incoming.stageVariables, [source.name]));
    case 'body': return text(walk(facts.normalised?.request.body, source.pointer));
    case 'method': return facts.incoming.method;
    case 'url': return facts.incoming.path + (facts.incoming.query.length > 0 ? `?${facts.incoming.query.map(([name, value]) => `${name}=${value}`).join('&')}` : '');
    case 'status': return text(facts.status);
  }
};

/** Headers as the edits leave them: some taken away, others set over those that were there. */
export const edited = (headers: Headers, edits: HeaderEdits, facts: Facts): (readonly [name: string, value: string])[] => {
  const kept: (readonly [string, string])[] = [];
  for (const pair of headers) if (stays(pair[0], edits)) kept.push(pair);
  if (edits.set.length === 0) return kept;
  const set = edits.set.flatMap(([name, value]) => {
    const content = typeof value === 'string' ? value : evaluate(value, facts);
    return content === undefined ? [] : [[name, content.replace(/[\r\n]/g, ' ')] as const];
  });
  return [...kept.filter(([name]) => !set.some(([other]) => other === name)), ...set];
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
