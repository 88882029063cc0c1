import { features, type FeatureId } from '../ir/features.js';
import { resourceVariable } from '../emit/layout.js';
import type { Api } from '../ir/index.js';

/** What the local gateway does itself, or leaves to the function as the target does. All else it announces as not enforced. */
const served = new Set<FeatureId>([
  'route.mixed-segment', 'route.greedy', 'validation.body', 'validation.parameters', 'limits.body', 'limits.types', 'timeout',
  'cors', 'headers.request', 'headers.response', 'errors.gateway', 'body.binary', 'version', 'payload.raw', 'backend.http', 'backend.static', 'stage.variables',
  'grants', 'resources', 'function.keep-warm', 'function.reserved', 'function.rollout', 'observability.access-log', 'observability.tracing', 'observability.metrics',
  'stage.domain', 'stage.waf', 'service.queue', 'service.topic', 'service.bus', 'service.stream', 'service.workflow-start', 'mapping.request', 'async',
]);

/** What the document asks for and the local gateway does not do, in words, each once. */
export const notEnforced = (api: Api): string[] => [...new Set(api.features.filter(({ id }) => !served.has(id)).map(({ id }) => features[id]))];

/** Names of resources as handlers find them in their environment; what is set already stays, so that real ones can be used. */
export const localEnvironment = (api: Api): ReadonlyMap<string, string> =>
  new Map([...api.resources.values()].map((resource) => [resourceVariable(resource.name), resource.kind === 'http' ? resource.url : `local-${resource.name}`]));
