import type { Origin } from '../base/origin.js';
import type { Api, FeatureUse, Operation, SecurityScheme, Stage } from '../ir/index.js';
import type { FeatureId } from '../ir/features.js';

type Facts = Pick<Api, 'origin' | 'operations' | 'schemes' | 'functions' | 'resources' | 'stages' | 'cors' | 'observability' | 'errors'>;

/** Everything the document asks of a gateway, in the order of the document, each at its place. */
export const featuresOf = (api: Facts, fromIntegrations: readonly FeatureUse[], errorsAt: Origin): readonly FeatureUse[] => [
  ...[...api.operations.values()].flatMap((operation) => operationFeatures(operation, api.schemes)),
  ...fromIntegrations,
  ...[...api.stages.values()].flatMap(stageFeatures),
  ...[...api.resources.values()].map((resource): FeatureUse => ({ id: 'resources', at: resource.origin })),
  ...[...api.functions.values()].flatMap(({ operations, settings }) => {
    const at = api.operations.get(operations[0] ?? '')?.integration.origin ?? api.origin;
    return uses(at, [
      ['function.keep-warm', settings.keepWarm !== undefined],
      ['function.reserved', settings.reservedConcurrency !== undefined],
      ['function.rollout', settings.rollout !== undefined],
    ]);
  }),
  ...uses(errorsAt, [['errors.gateway', api.errors.schema !== undefined]]),
  ...uses(api.cors?.origin ?? api.origin, [['cors', api.cors !== undefined]]),
  ...uses(api.origin, [
    ['observability.access-log', api.observability.accessLog === 'json'],
    ['observability.tracing', api.observability.tracing],
    ['observability.metrics', api.observability.metrics],
  ]),
];

const uses = (at: FeatureUse['at'], rows: readonly (readonly [FeatureId, boolean])[]): readonly FeatureUse[] =>
  rows.flatMap(([id, used]) => (used ? [{ id, at }] : []));

const operationFeatures = (operation: Operation, schemes: ReadonlyMap<string, SecurityScheme>): readonly FeatureUse[] => {
  const { path, policy, body, parameters, security } = operation;
  const contents = [...(body?.contents ?? []), ...operation.responses.flatMap((response) => response.contents)];
  return [
    ...uses(operation.origin, [
      ['route.trace', operation.method === 'TRACE'],
      ['route.mixed-segment', path.segments.some((segment) => segment.kind === 'mixed')],
      ['route.greedy', path.segments.some((segment) => segment.kind === 'variable' && segment.greedy)],
      ['validation.parameters', parameters.length > 0],
      ['limits.types', policy.limits.types !== undefined],
      ['timeout', true],
      ['version', policy.version !== undefined],
      ['headers.request', policy.headers.request.remove.length + policy.headers.request.set.size > 0],
      ['headers.response', policy.headers.response.remove.length + policy.headers.response.set.size > 0],
      ['body.binary', contents.some(({ kind }) => kind === 'binary' || kind === 'multipart')],
      ['callbacks', operation.callbacks.length > 0],
      ['grants', policy.uses.length > 0],
    ]),
    ...(body ? uses(body.origin, [['validation.body', body.contents.some(({ schema }) => schema !== undefined)], ['limits.body', true]]) : []),
    ...(policy.throttle ? uses(policy.throttle.origin, [[`throttle.${policy.throttle.per}`, true]]) : []),
    ...(policy.cache ? uses(policy.cache.origin, [['cache', true], ['cache.key.principal', policy.cache.key.some(({ kind }) => kind !== 'parameter')]]) : []),
    ...security.flatMap((requirement) => requirement.all.map(({ scheme }): FeatureUse => ({ id: checkFeature(schemes.get(scheme)), at: requirement.origin }))),
    ...uses(security[0]?.origin ?? operation.origin, [['auth.alternatives', security.length > 1], ['auth.combined', security.some(({ all }) => all.length > 1)]]),
  ];
};

const checkFeature = (scheme: SecurityScheme | undefined): FeatureId => {
  switch (scheme?.check?.kind) {
    case 'jwt':
      return 'auth.jwt';
    case 'user-pool':
      return 'auth.user-pool';
    case 'function':
      return 'auth.function';
    case 'introspection':
      return 'auth.introspection';
    case 'plans':
      return 'auth.api-key';
    case 'iam':
      return 'auth.iam';
    case 'client-certificate':
      return 'auth.mutual-tls';
    case undefined:
      return 'auth.unchecked';
  }
};

const stageFeatures = (stage: Stage): readonly FeatureUse[] => uses(stage.origin, [
  ['cache', stage.cacheSize !== undefined],
  ['cache.renewal', stage.cacheSize !== undefined],
  ['stage.domain', stage.domain !== undefined],
  ['stage.waf', stage.waf],
  ['stage.variables', stage.variables.size > 0],
  ['throttle.stage', stage.throttle !== undefined],
]);
