import type { Json, JsonObject } from '../base/json.js';
import { isObject } from '../base/json.js';
import { builtin } from '../base/origin.js';
import type { Bound, BoundMap, Level } from '../language/bound.js';

export const builtinLevel: Level = 'built-in default';

/**
 * What an operation gets when nobody says anything. Each value is safe rather than generous: an answer is waited for
 * well below the gateway's limit, a body is bounded, and no route is without a throttle.
 */
const operationDefaults: JsonObject = {
  integration: 'function',
  timeout: '10s',
  limits: { body: '256KB' },
  throttle: { rate: 100, burst: 200, per: 'route', retryAfter: '1s' },
  function: { memory: 256, runtime: 'nodejs22.x', architecture: 'arm64', logRetention: '30d', isolate: false },
};

/** What the gateway gets: traces, metrics and one line a request, since nobody adds them after the incident. */
const gatewayDefaults: JsonObject = {
  protocol: 'auto',
  functions: { split: 'operation' },
  observability: { accessLog: 'json', tracing: true, metrics: true },
};

const boundOf = (value: Json): Bound => (isObject(value)
  ? { kind: 'map', origin: builtin, level: builtinLevel, entries: new Map(Object.entries(value).map(([key, child]) => [key, boundOf(child)])) }
  : { kind: 'leaf', origin: builtin, level: builtinLevel, value });

export const builtinOperation = boundOf(operationDefaults) as BoundMap;
export const builtinGateway = boundOf(gatewayDefaults) as BoundMap;
