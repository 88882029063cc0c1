import type { Capabilities, Support } from '../../../src/emit/capability.js';
import { features, type FeatureId } from '../../../src/ir/features.js';

const native: Support = { how: 'native' };
const inFunction = (note: string): Support => ({ how: 'function', note });
const none = (why: string, instead: string): Support => ({ how: 'none', why, instead });

const table = (differences: Partial<Record<FeatureId, Support>>): Record<FeatureId, Support> =>
  Object.fromEntries((Object.keys(features) as FeatureId[]).map((id) => [id, differences[id] ?? native])) as Record<FeatureId, Support>;

const common: Partial<Record<FeatureId, Support>> = {
  'route.trace': none('the gateway takes no TRACE', 'Remove the operation.'),
  'route.mixed-segment': inFunction('the gateway takes the whole segment as one variable, and the function its pieces'),
  'validation.parameters': inFunction('the gateway sees only whether they are there'),
  'limits.body': inFunction('the gateway takes 10 MB, and the function what the document says'),
  'limits.types': inFunction('the function answers 415 to others'),
  'headers.request': inFunction('edits are made before the handler is called'),
  'headers.response': inFunction('edits are made to what the handler answers'),
  'version': inFunction('the header reaches the handler'),
  'auth.unchecked': inFunction('nothing checks the scheme at the edge, so its routes let in only requests signed by the account'),
  'service.presign': inFunction('a generated function signs the link, and the bucket holds an upload to its limits'),
  'callbacks': inFunction('the function, or the worker, is given a sender that signs and tries again'),
};

type Differences = { readonly [Kind in keyof Capabilities]?: Partial<Record<FeatureId, Support>> };

/** What API Gateway, and what this compiler has it do, is the same whatever tool deploys it; a target names what it does otherwise. */
export const awsCapabilities = (differences: Differences = {}): Capabilities => ({
  rest: table({ ...common, ...differences.rest }),
  http: table({
    ...common,
    'validation.body': inFunction('HTTP APIs validate nothing'),
    'errors.gateway': none('HTTP APIs answer their own errors in a form of their own', 'Set `protocol: rest`, or allow it with a reason.'),
    'auth.api-key': none('HTTP APIs have no keys and plans', 'Set `protocol: rest`.'),
    'throttle.client': none('HTTP APIs have no limits by client, and no web ACL', 'Set `protocol: rest`.'),
    'throttle.key': none('HTTP APIs have no keys and plans', 'Set `protocol: rest`.'),
    'cache': none('HTTP APIs have no cache', 'Set `protocol: rest`.'),
    'cache.renewal': none('HTTP APIs have no cache', 'Set `protocol: rest`.'),
    'cache.key.principal': none('HTTP APIs have no cache', 'Set `protocol: rest`.'),
    'payload.gateway': none('HTTP APIs have no templates', 'Set `protocol: rest`, or leave `payload` out.'),
    'backend.static': none('HTTP APIs have no mock integration', 'Set `protocol: rest`, or answer from a function.'),
    'service.topic': none('HTTP APIs cannot publish to a topic themselves', 'Set `protocol: rest`, or publish from a function.'),
    'service.bus': none('an event that the bus did not take would look like one that it took', 'Set `protocol: rest`, or put it from a function.'),
    'service.workflow-run': none('the caller would get the record of the run, and 200 also where it failed', 'Set `protocol: rest`, or use a function.'),
    'service.table': none('HTTP APIs cannot call a table themselves', 'Set `protocol: rest`, or use a function.'),
    'service.bucket': none('HTTP APIs cannot call a bucket themselves', 'Set `protocol: rest`, or use a function.'),
    'service.action': none('HTTP APIs call a few services only', 'Set `protocol: rest`, or use a function.'),
    'stage.waf': none('a web ACL cannot stand before an HTTP API', 'Set `protocol: rest`.'),
    'observability.tracing': inFunction('HTTP APIs take no part in traces; the functions do'),
    ...differences.http,
  }),
});
