import { pascal } from '../../src/base/text.js';
import type { Api, Check } from '../../src/ir/index.js';
import { accessLogFormat, accessLogGroup } from '../kit/aws/access-log.js';
import type { Definition } from '../kit/aws/definition-rest.js';
import { binaryTypes } from '../kit/aws/definition-rest.js';
import { defaultThrottle, routeThrottles, stageVariableNames } from '../kit/aws/throttles.js';
import type { CloudObject } from '../kit/aws/cloud-text.js';
import { Commented, Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';

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
      MethodSettings: restThrottles(api),
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
      FailOnWarnings: true,
      ...accessLog(api, 'AccessLogSettings', 'http'),
      DefaultRouteSettings: { ...stageThrottle(api), DetailedMetricsEnabled: api.observability.metrics },
      ...httpThrottles(api),
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

/** Values that differ by stage: one template serves all, and the stage picks its column. */
export const stageMappings = (api: Api): { readonly [key: string]: YamlValue } => {
  const names = stageVariableNames(api);
  return Object.fromEntries([...api.stages.values()].map((stage) => [stage.name, {
    ThrottlingRateLimit: stage.throttle?.rate ?? defaultThrottle.rate,
    ThrottlingBurstLimit: stage.throttle?.burst ?? defaultThrottle.burst,
    ...Object.fromEntries(names.map((name) => [mappingKey(name), stage.variables.get(name) ?? ''])),
  }]));
};

/** A variable that a stage leaves out is absent there; the service takes no empty ones. */
export const stageConditions = (api: Api, ids: LogicalIds): { readonly [key: string]: YamlValue } =>
  Object.fromEntries(stageVariableNames(api).map((name) => [`Has${mappingKey(name)}`, new Tagged('!Not', [new Tagged('!Equals', [ofStage(ids, mappingKey(name)), ''])])]));

const mappingKey = (name: string): string => `Variable${pascal(name)}`;
const ofStage = (ids: Pick<LogicalIds, 'stage'>, key: string): YamlValue => new Tagged('!FindInMap', ['Stages', new Tagged('!Ref', ids.stage), key]);

const stageVariables = (api: Api, property: string): { readonly [key: string]: YamlValue } => {
  const names = stageVariableNames(api);
  if (names.length === 0) return {};
  return { [property]: Object.fromEntries(names.map((name) => [name, new Tagged('!If', [`Has${mappingKey(name)}`, ofStage({ stage: 'Stage' }, mappingKey(name)), new Tagged('!Ref', 'AWS::NoValue')])])) };
};

const stageThrottle = (api: Api): { readonly [key: string]: YamlValue } => api.stages.size === 0
  ? { ThrottlingRateLimit: defaultThrottle.rate, ThrottlingBurstLimit: defaultThrottle.burst }
  : { ThrottlingRateLimit: ofStage({ stage: 'Stage' }, 'ThrottlingRateLimit'), ThrottlingBurstLimit: ofStage({ stage: 'Stage' }, 'ThrottlingBurstLimit') };

const limits = ({ rate, burst }: { readonly rate: number; readonly burst: number }) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

const restThrottles = (api: Api): YamlValue => [
  { ResourcePath: '/*', HttpMethod: '*', MetricsEnabled: api.observability.metrics, DataTraceEnabled: false, ...stageThrottle(api) },
  ...routeThrottles(api).map(({ path, method, ...throttle }) => ({ ResourcePath: `/${path.replaceAll('/', '~1')}`, HttpMethod: method, MetricsEnabled: api.observability.metrics, DataTraceEnabled: false, ...limits(throttle) })),
];

const httpThrottles = (api: Api): { readonly [key: string]: YamlValue } => {
  const routes = routeThrottles(api);
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

const planned = (check: Check | undefined): check is Check & { kind: 'plans' } => check?.kind === 'plans';

/** Usage plans of schemes with keys. The keys themselves are given out to clients, not deployed. */
const usagePlans = (api: Api, ids: LogicalIds): Resources => {
  const resources: Resources = {};
  for (const { check } of api.schemes.values()) {
    if (!planned(check)) continue;
    for (const plan of check.plans) {
      resources[`${pascal(plan.name)}UsagePlan`] = new Commented(`Give clients keys of this plan with \`aws apigateway create-usage-plan-key\`.`, {
        Type: 'AWS::ApiGateway::UsagePlan',
        Properties: {
          UsagePlanName: new Tagged('!Sub', `${api.name}-\${${ids.stage}}-${plan.name.replace(/[^A-Za-z0-9_-]/g, '-')}`),
          ApiStages: [{ ApiId: new Tagged('!Ref', ids.api), Stage: new Tagged('!Ref', `${ids.api}.Stage`) }],
          Throttle: { RateLimit: plan.rate, BurstLimit: plan.burst },
          ...(plan.quota ? { Quota: { Limit: plan.quota.limit, Period: plan.quota.per.toUpperCase() } } : {}),
        },
      });
    }
  }
  return resources;
};
