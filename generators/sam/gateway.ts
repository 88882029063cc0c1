import { pascal } from '../../src/base/text.js';
import type { Api } from '../../src/ir/index.js';
import { accessLogFormat, accessLogGroup } from '../kit/aws/access-log.js';
import type { Definition } from '../kit/aws/definition-rest.js';
import { binaryTypes } from '../kit/aws/definition-rest.js';
import { cacheKeyOf, caches } from '../kit/aws/cache.js';
import { aboutKeys, plansOf } from '../kit/aws/plans.js';
import { routesOf } from '../kit/aws/routes.js';
import { deployedThrottles, keyThrottles, routeThrottles } from '../kit/aws/throttles.js';
import type { CloudObject } from '../kit/aws/cloud-text.js';
import { Commented, Tagged, type YamlValue } from '../kit/yaml.js';
import { endpointSettings } from './domain.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';
import { condition, noValue, ofStage, stageThrottle, stageVariables } from './stages.js';

export const restGateway = (api: Api, definition: Definition, ids: LogicalIds): Resources => ({
  [ids.api]: {
    Type: 'AWS::Serverless::Api',
    Properties: {
      Name: new Tagged('!Sub', `${api.name}-\${${ids.stage}}`),
      StageName: new Tagged('!Ref', ids.stage),
      // Without it the translator makes a second stage named "Stage".
      OpenApiVersion: '3.0.1',
      EndpointConfiguration: { Type: 'REGIONAL' },
      FailOnWarnings: true,
      TracingEnabled: api.observability.tracing,
      ...(binaryTypes(api).length > 0 ? { BinaryMediaTypes: binaryTypes(api).map((type) => type.replaceAll('/', '~1')) } : {}),
      ...accessLog(api, 'AccessLogSetting', 'rest'),
      ...endpointSettings(api),
      ...cacheCluster(api),
      MethodSettings: restSettings(api),
      ...stageVariables(api, 'Variables'),
      DefinitionBody: toYaml(definition.body, ids),
    },
  },
  ...logGroup(api, ids),
  ...(api.observability.accessLog === 'json' ? accountLogs : {}),
  ...usagePlans(api, ids),
});

export const httpGateway = (api: Api, definition: CloudObject, ids: LogicalIds): Resources => ({
  [ids.api]: {
    Type: 'AWS::Serverless::HttpApi',
    Properties: {
      StageName: new Tagged('!Ref', ids.stage),
      ...endpointSettings(api),
      FailOnWarnings: true,
      ...accessLog(api, 'AccessLogSettings', 'http'),
      DefaultRouteSettings: { ...stageThrottle(api), DetailedMetricsEnabled: api.observability.metrics },
      ...httpThrottles(api, definition),
      ...(api.cors ? {
        CorsConfiguration: {
          AllowOrigins: [...api.cors.origins], AllowMethods: [...api.cors.methods], AllowHeaders: [...api.cors.headers],
          ...(api.cors.expose.length > 0 ? { ExposeHeaders: [...api.cors.expose] } : {}),
          AllowCredentials: api.cors.credentials, MaxAge: api.cors.maxAgeSeconds,
        },
      } : {}),
      ...stageVariables(api, 'StageVariables'),
      DefinitionBody: toYaml(definition, ids),
    },
  },
  ...logGroup(api, ids),
});

const limits = ({ rate, burst }: { readonly rate: number; readonly burst: number }) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

/** Settings by method. Where the stage has a cache, each method says whether its answers are kept: what is not said is kept too. */
const restSettings = (api: Api): YamlValue => {
  const shared = { MetricsEnabled: api.observability.metrics, DataTraceEnabled: false };
  const kept = caches(api);
  const throttles = new Map(routeThrottles(api).map((throttle) => [`${throttle.method} ${throttle.path}`, throttle]));
  const routes = routesOf(api).flatMap((route): YamlValue[] => {
    const { operation: { method, policy }, path } = route;
    const throttle = throttles.get(`${method} ${path}`);
    const key = kept ? cacheKeyOf(api, route) : undefined;
    const cached = key !== undefined && 'names' in key;
    if (!throttle && !cached) return [];
    return [{
      ResourcePath: `/${path.replaceAll('/', '~1')}`, HttpMethod: method, ...shared, ...(throttle ? limits(throttle) : stageThrottle(api)),
      ...(cached ? { CachingEnabled: new Tagged('!If', [condition('CacheSize'), true, false]), CacheTtlInSeconds: policy.cache?.ttlSeconds ?? 0, CacheDataEncrypted: true } : kept ? { CachingEnabled: false } : {}),
    }];
  });
  return [{ ResourcePath: '/*', HttpMethod: '*', ...shared, ...stageThrottle(api), ...(kept ? { CachingEnabled: false } : {}) }, ...routes];
};

const cacheCluster = (api: Api): { readonly [key: string]: YamlValue } => (caches(api) ? {
  CacheClusterEnabled: new Tagged('!If', [condition('CacheSize'), true, false]),
  CacheClusterSize: new Tagged('!If', [condition('CacheSize'), ofStage('CacheSize'), noValue]),
} : {});

const httpThrottles = (api: Api, definition: CloudObject): { readonly [key: string]: YamlValue } => {
  const routes = deployedThrottles(api, definition);
  if (routes.length === 0) return {};
  return { RouteSettings: Object.fromEntries(routes.map(({ path, method, ...throttle }) => [`${method} ${path}`, { ...limits(throttle), DetailedMetricsEnabled: api.observability.metrics }])) };
};

const accessLog = (api: Api, property: string, kind: 'rest' | 'http'): { readonly [key: string]: YamlValue } =>
  api.observability.accessLog === 'json' ? { [property]: { DestinationArn: new Tagged('!GetAtt', 'ApiLogs.Arn'), Format: accessLogFormat(kind) } } : {};

const logGroup = (api: Api, ids: LogicalIds): Resources => api.observability.accessLog === 'json' ? {
  ApiLogs: {
    Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete',
    Properties: { LogGroupName: toYaml(accessLogGroup(api.name), ids), RetentionInDays: Math.max(30, ...[...api.functions.values()].map(({ settings }) => settings.logRetentionDays)) },
  },
} : {};

/** REST APIs write logs with a role of the account's, one for each region: made only where the account has none yet. */
const accountLogs: Resources = {
  AccountLogs: {
    Type: 'AWS::ApiGateway::Account',
    Condition: 'CreateAccountLogRole',
    Properties: { CloudWatchRoleArn: new Tagged('!GetAtt', 'AccountLogRole.Arn') },
  },
  AccountLogRole: {
    Type: 'AWS::IAM::Role',
    Condition: 'CreateAccountLogRole',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      ManagedPolicyArns: [new Tagged('!Sub', 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    },
  },
};

/** What one key may ask of single routes. */
const methodThrottles = (api: Api): { readonly [key: string]: YamlValue } => {
  const throttles = keyThrottles(api);
  return throttles.length === 0 ? {} : { Throttle: Object.fromEntries(throttles.map(({ path, method, rate, burst }) => [`${path}/${method}`, { RateLimit: rate, BurstLimit: burst }])) };
};

/** Usage plans of schemes with keys. */
const usagePlans = (api: Api, ids: LogicalIds): Resources => Object.fromEntries(plansOf(api).flatMap(({ id, plan }): (readonly [string, YamlValue])[] => {
  const logical = pascal(id);
  const name = new Tagged('!Sub', `${api.name}-\${${ids.stage}}-${id.replace(/[^A-Za-z0-9_-]/g, '-')}`);
  return [
    [`${logical}UsagePlan`, new Commented(aboutKeys, {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        UsagePlanName: name,
        ApiStages: [{ ApiId: new Tagged('!Ref', ids.api), Stage: new Tagged('!Ref', `${ids.api}.Stage`), ...methodThrottles(api) }],
        Throttle: { RateLimit: plan.rate, BurstLimit: plan.burst },
        ...(plan.quota ? { Quota: { Limit: plan.quota.limit, Period: plan.quota.per.toUpperCase() } } : {}),
      },
    })],
    [`${logical}Key`, { Type: 'AWS::ApiGateway::ApiKey', Properties: { Name: name, Enabled: true } }],
    [`${logical}PlanKey`, { Type: 'AWS::ApiGateway::UsagePlanKey', Properties: { KeyId: new Tagged('!Ref', `${logical}Key`), KeyType: 'API_KEY', UsagePlanId: new Tagged('!Ref', `${logical}UsagePlan`) } }],
  ];
}));
