import { map, list, object, text, type ObjectShape, type Shape } from '../../language/shape.js';
import { integrationShape } from '../../integrations/shape.js';
import { cache, errorMap, functions, headers, limits, operation as ofOperation, pathItem, policyFields, profile, rollout, throttle } from './policy.js';
import { cors, once, resource, root } from './root.js';
import { security } from './security.js';

/** Methods under which an operation may stand (OpenAPI 3.1, section 4.8.9). */
export const methods: readonly string[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const withoutRoot = (shape: ObjectShape): ObjectShape => ({ ...shape, elsewhere: once });
const operation = withoutRoot(ofOperation);

/** Where `x-gateway` may stand, with what may be said there. */
export const places = { root, pathItem: withoutRoot(pathItem), operation, security } as const;

const policyField = (key: string): Shape => policyFields[key] as Shape;

/** The kinds of reusable blocks: `components.x-gateway.<kind>.NAME`. */
export const components: Readonly<Record<string, Shape>> = {
  async: policyField('async'),
  cache,
  cors,
  errors: errorMap,
  functions,
  headers,
  integrations: integrationShape,
  limits,
  policies: operation,
  profiles: profile,
  requests: policyField('request'),
  resources: resource,
  responses: policyField('responses'),
  rollouts: rollout,
  security,
  throttles: throttle,
};

export const componentsShape = object('Reusable blocks, referred to with `$ref`.', Object.fromEntries(
  Object.entries(components).map(([kind, shape]) => [kind, map(shape.description, shape)]),
));

/** `x-gateway-allow`: silences a diagnostic at a place and below. */
export const allowances = list('Diagnostics that are accepted here and below, each with the reason.', object('One accepted diagnostic.', {
  rule: text('Its code.', { examples: ['auth/open'] }),
  reason: text('Why it is right here; for whoever reads this next.', { pattern: '\\S', wanted: 'a reason' }),
}, { required: ['rule', 'reason'] }));
