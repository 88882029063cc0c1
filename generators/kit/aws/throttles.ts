import type { Api, Method } from '../../../src/ir/index.js';
import { routesOf } from './routes.js';

/** Applied to each route that says nothing itself, where a stage says nothing either: patterns without any bound are how bills happen. */
export const defaultThrottle = { rate: 100, burst: 200 } as const;

export interface RouteThrottle { readonly path: string; readonly method: Exclude<Method, 'TRACE'>; readonly rate: number; readonly burst: number }

/** Routes with a throttle of their own, in the order of the routes. */
export const routeThrottles = (api: Api): RouteThrottle[] => routesOf(api).flatMap(({ operation: { method, policy }, path }) =>
  (policy.throttle && method !== 'TRACE' ? [{ path, method, rate: policy.throttle.rate, burst: policy.throttle.burst }] : []));

/** Every variable that some stage sets. */
export const stageVariableNames = (api: Api): string[] => [...new Set([...api.stages.values()].flatMap(({ variables }) => [...variables.keys()]))].sort();
