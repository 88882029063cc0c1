import type { Origin } from '../../../src/base/origin.js';
import type { Api } from '../../../src/ir/index.js';
import { routesOf, type Route } from './routes.js';

/** What one address may ask of one route: a rule of a web ACL, which counts over a window and knows no burst. */
export interface ClientRate {
  readonly origin: Origin;
  /** Name of the rule, and of its metric. */
  readonly name: string;
  readonly method: string;
  /** Matches the decoded path as the firewall sees it, with stage or base path in front. */
  readonly path: string;
  /** Requests in a window. */
  readonly limit: number;
  readonly retryAfterSeconds: number;
}

/** Seconds over which requests are counted: the shortest that there is (AWS WAF developer guide, rate-based rules). */
export const clientWindowSeconds = 60;
/** The lowest limit of such a rule. */
const lowestLimit = 10;

/** Routes with a limit for each client, in the order of the routes; only before a REST API can a firewall stand. */
export const clientRates = (api: Api): ClientRate[] => {
  if (api.protocol.kind !== 'rest') return [];
  const prefixes = [...new Set([...api.stages.values()].flatMap(({ name, basePath }) => [name, ...(basePath === undefined ? [] : [basePath.replace(/^\/|\/$/g, '')])]))].filter((prefix) => prefix !== '').sort();
  const before = prefixes.length === 0 ? '(/[^/]+)?' : `(/(${prefixes.map(escaped).join('|')}))?`;
  return routesOf(api).flatMap((route): ClientRate[] => {
    const { operation: { id, method, policy: { throttle } } } = route;
    if (throttle?.per !== 'client' || method === 'TRACE') return [];
    return [{
      origin: throttle.origin, name: id.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 120), method,
      path: `^${before}${pathPattern(route)}/?$`,
      limit: Math.max(lowestLimit, Math.ceil(throttle.rate * clientWindowSeconds)),
      retryAfterSeconds: Math.max(1, Math.ceil(throttle.retryAfterMs / 1000)),
    }];
  });
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const pathPattern = ({ path }: Route): string =>
  (path === '/' ? '' : path.split(/(\{[^}]*\})/).map((part) => (part.startsWith('{') ? (part.endsWith('+}') ? '.+' : '[^/]+') : escaped(part))).join(''));
