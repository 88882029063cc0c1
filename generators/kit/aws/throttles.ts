import type { Api, Method, Throttle } from '../../../src/ir/index.js';
import type { CloudObject } from './cloud-text.js';
import { routesOf } from './routes.js';

/** Applied to each route that says nothing itself, where a stage says nothing either: patterns without any bound are how bills happen. */
export const defaultThrottle = { rate: 100, burst: 200 } as const;

export interface RouteThrottle { readonly path: string; readonly method: Exclude<Method, 'TRACE'>; readonly rate: number; readonly burst: number }

/** Routes with a throttle of one kind, in the order of the routes. */
const throttled = (api: Api, per: Throttle['per']): RouteThrottle[] => routesOf(api).flatMap(({ operation: { method, policy }, path }) =>
  (policy.throttle?.per === per && method !== 'TRACE' ? [{ path, method, rate: policy.throttle.rate, burst: policy.throttle.burst }] : []));

/** Routes with a throttle for all of their callers together. */
export const routeThrottles = (api: Api): RouteThrottle[] => throttled(api, 'route');

/** Of those, the ones that a definition has: limits of a route that is not there are refused. */
export const deployedThrottles = (api: Api, definition: CloudObject): RouteThrottle[] => {
  const paths = definition['paths'] as Readonly<Record<string, CloudObject>>;
  return routeThrottles(api).filter(({ path, method }) => paths[path]?.[method.toLowerCase()] !== undefined);
};

/** Routes with a throttle for each API key: a matter of usage plans. */
export const keyThrottles = (api: Api): RouteThrottle[] => throttled(api, 'key');

/** Routes that one usage plan may limit by itself in a stage (API Gateway quotas). */
export const mostKeyThrottles = 20;

/** Every variable that some stage sets. */
export const stageVariableNames = (api: Api): string[] => [...new Set([...api.stages.values()].flatMap(({ variables }) => [...variables.keys()]))].sort();
