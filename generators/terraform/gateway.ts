import type { Api } from '../../src/ir/index.js';
import { accessLogFormat, accessLogGroup } from '../kit/aws/access-log.js';
import type { CloudObject, CloudText } from '../kit/aws/cloud-text.js';
import { truststoreOf } from '../kit/aws/certificates.js';
import { cacheKeyOf, caches } from '../kit/aws/cache.js';
import { routesOf } from '../kit/aws/routes.js';
import { deployedThrottles, routeThrottles, stageVariableNames } from '../kit/aws/throttles.js';
import { block, call, hcl, hclMap, nested, noted, text, type Block, type HclBody, type HclValue } from '../kit/hcl.js';
import type { Names } from './names.js';
import { toHcl } from './print.js';

/** `openapi.tf`: what the API is imported from. One text, so that one digest tells of every change. */
export const definitionBlocks = (body: CloudObject, names: Names): Block[] => [block('locals', [], { openapi: call('jsonencode', toHcl(body, names)) })];

/** `api.tf` of a REST API. */
export const restBlocks = (api: Api, names: Names): Block[] => [
  block('resource', ['aws_api_gateway_rest_api', 'this'], {
    name: hcl`local.name`,
    body: hcl`local.openapi`,
    fail_on_warnings: true,
    ...endpoint(api),
    endpoint_configuration: nested({ types: ['REGIONAL'] }),
    lifecycle: nested({ create_before_destroy: true }),
  }),
  block('resource', ['aws_api_gateway_deployment', 'this'], {
    rest_api_id: hcl`aws_api_gateway_rest_api.this.id`,
    triggers: noted('A deployment is a copy: every change of the definition needs a new one.', { redeployment: hcl`sha1(local.openapi)` }),
    lifecycle: nested({ create_before_destroy: true }),
  }),
  block('resource', ['aws_api_gateway_stage', 'this'], {
    rest_api_id: hcl`aws_api_gateway_rest_api.this.id`,
    deployment_id: hcl`aws_api_gateway_deployment.this.id`,
    stage_name: hcl`var.stage`,
    variables: stageVariableNames(api).length > 0 ? hcl`var.stage_variables` : undefined,
    xray_tracing_enabled: api.observability.tracing,
    ...(caches(api) ? { cache_cluster_enabled: hasCache, cache_cluster_size: hcl`var.cache_size` } : {}),
    ...accessLog(api, 'rest'),
    ...(logged(api) ? { depends_on: [hcl`aws_api_gateway_account.this`] } : {}),
  }),
  ...methodSettings(api),
  ...logGroup(api, names),
  ...(logged(api) ? accountLogs : []),
];

/** `api.tf` of an HTTP API, which deploys its changes by itself. */
export const httpBlocks = (api: Api, body: CloudObject, names: Names): Block[] => {
  const throttles = deployedThrottles(api, body);
  const { title, version } = body['info'] as { readonly title: CloudText; readonly version: string };
  return [
    block('resource', ['aws_apigatewayv2_api', 'this'], {
      name: noted('The import takes name and version from the definition; they must agree, or every plan has a change.', toHcl(title, names)),
      version,
      protocol_type: 'HTTP',
      body: hcl`local.openapi`,
      fail_on_warnings: true,
      ...endpoint(api),
      ...(api.cors ? {
        cors_configuration: nested({
          allow_origins: [...api.cors.origins],
          allow_methods: [...api.cors.methods],
          allow_headers: [...api.cors.headers],
          expose_headers: api.cors.expose.length > 0 ? [...api.cors.expose] : undefined,
          allow_credentials: api.cors.credentials,
          max_age: api.cors.maxAgeSeconds,
        }),
      } : {}),
    }),
    block('resource', ['aws_apigatewayv2_stage', 'this'], {
      api_id: hcl`aws_apigatewayv2_api.this.id`,
      name: hcl`var.stage`,
      auto_deploy: true,
      stage_variables: stageVariableNames(api).length > 0 ? hcl`var.stage_variables` : undefined,
      ...accessLog(api, 'http'),
      // A limit that is left out is taken for 0, and everything for too much.
      default_route_settings: nested({ ...stageLimits, detailed_metrics_enabled: api.observability.metrics }),
      ...(throttles.length > 0 ? { route_settings: throttles.map(({ path, method, rate, burst }) => nested({
        route_key: `${method} ${path}`,
        throttling_rate_limit: rate,
        throttling_burst_limit: burst,
        detailed_metrics_enabled: api.observability.metrics,
      })) } : {}),
    }),
    ...logGroup(api, names),
  ];
};

/** With client certificates the API answers on its domain alone, for its own host name asks for none. */
const endpoint = (api: Api): HclBody => (truststoreOf(api) ? { disable_execute_api_endpoint: true } : {});

const stageLimits = { throttling_rate_limit: hcl`var.throttle.rate`, throttling_burst_limit: hcl`var.throttle.burst` };

const hasCache = hcl`var.cache_size != null`;

const ofStage = (more: HclBody): HclBody => ({
  rest_api_id: hcl`aws_api_gateway_rest_api.this.id`,
  stage_name: hcl`aws_api_gateway_stage.this.stage_name`,
  ...more,
});

/**
 * Settings by method. Those of a route stand in place of the stage's, and so have to say all of it again. Where the stage
 * has a cache, each says whether answers are kept: what is not said is kept too.
 */
const methodSettings = (api: Api): Block[] => {
  const shared = { metrics_enabled: api.observability.metrics, data_trace_enabled: false };
  const kept = caches(api);
  const throttles = new Map(routeThrottles(api).map((throttle) => [`${throttle.method} ${throttle.path}`, throttle]));
  const routes = routesOf(api).flatMap((route): (readonly [string, HclValue])[] => {
    const { operation: { method, policy }, path } = route;
    const throttle = throttles.get(`${method} ${path}`);
    const key = kept ? cacheKeyOf(api, route) : undefined;
    const ttl = key !== undefined && 'names' in key ? policy.cache?.ttlSeconds : undefined;
    if (!throttle && ttl === undefined) return [];
    return [[methodPath(path, method), { rate: throttle?.rate ?? hcl`var.throttle.rate`, burst: throttle?.burst ?? hcl`var.throttle.burst`, ...(kept ? { cache_ttl: ttl ?? null } : {}) }]];
  });
  return [
    block('resource', ['aws_api_gateway_method_settings', 'all'], ofStage({
      method_path: '*/*',
      settings: nested({ ...shared, ...stageLimits, ...(kept ? { caching_enabled: false } : {}) }),
    })),
    ...(routes.length === 0 ? [] : [block('resource', ['aws_api_gateway_method_settings', 'routes'], { for_each: hclMap(routes), ...ofStage({
      method_path: hcl`each.key`,
      settings: nested({
        ...shared,
        throttling_rate_limit: hcl`each.value.rate`,
        throttling_burst_limit: hcl`each.value.burst`,
        ...(kept ? {
          caching_enabled: hcl`${hasCache} && each.value.cache_ttl != null`,
          cache_ttl_in_seconds: hcl`each.value.cache_ttl`,
          cache_data_encrypted: true,
          require_authorization_for_cache_control: true,
        } : {}),
      }),
    }) })]),
  ];
};

/** Without the slash it begins with; the root is written in its escaped form. */
const methodPath = (path: string, method: string): string => `${path === '/' ? '~1' : path.slice(1)}/${method}`;

const logged = (api: Api): boolean => api.observability.accessLog === 'json';

const accessLog = (api: Api, kind: 'rest' | 'http') => (logged(api) ? {
  access_log_settings: nested({ destination_arn: hcl`aws_cloudwatch_log_group.api.arn`, format: call('jsonencode', JSON.parse(accessLogFormat(kind)) as Readonly<Record<string, string>>) }),
} : {});

const logGroup = (api: Api, names: Names): Block[] => (logged(api) ? [block('resource', ['aws_cloudwatch_log_group', 'api'], {
  name: toHcl(accessLogGroup(api.name), names),
  retention_in_days: Math.max(30, ...[...api.functions.values()].map(({ settings }) => settings.logRetentionDays)),
})] : []);

/** REST APIs write logs with a role of the account's, one for each region: made only where asked for. */
const accountLogs: readonly Block[] = [
  block('data', ['aws_iam_policy_document', 'assume_api_gateway'], {
    statement: nested({ actions: ['sts:AssumeRole'], principals: nested({ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }) }),
  }),
  block('resource', ['aws_iam_role', 'account_logs'], {
    count: hcl`var.create_account_log_role ? 1 : 0`,
    name: text`${hcl`local.name`}-account-logs`,
    assume_role_policy: hcl`data.aws_iam_policy_document.assume_api_gateway.json`,
  }),
  block('resource', ['aws_iam_role_policy_attachment', 'account_logs'], {
    count: hcl`var.create_account_log_role ? 1 : 0`,
    role: hcl`aws_iam_role.account_logs[0].name`,
    policy_arn: text`arn:${hcl`data.aws_partition.current.partition`}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
  }),
  block('resource', ['aws_api_gateway_account', 'this'], {
    count: hcl`var.create_account_log_role ? 1 : 0`,
    cloudwatch_role_arn: hcl`aws_iam_role.account_logs[0].arn`,
    depends_on: [hcl`aws_iam_role_policy_attachment.account_logs`],
  }),
];
