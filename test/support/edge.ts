import { compare } from '../../src/base/order.js';
import { words } from '../../src/base/text.js';
import { canonical } from './cloud-names.js';
import { inside, resourcesOf, samResourcesOf, type Fields, type Targets } from './targets.js';

/** What a deployment would be, in the words of neither tool. */
export interface Edge {
  /** What the gateway is imported from. */
  readonly definition: Fields;
  /** Per route (`GET /orders`): requests a second, at once, and how long an answer is kept. */
  readonly limits: Fields;
  readonly stages: Fields;
  readonly gateway: Fields;
  readonly functions: Fields;
  /** How a new version of a function takes over, and what takes it back. */
  readonly rollouts: Fields;
  /** Who may call what: function → requests, as they end the ARN. */
  readonly permissions: Fields;
  /** What the gateway's own calls may do, by operation. */
  readonly calls: Fields;
  readonly plans: Fields;
  /** Plans that a key belongs to. */
  readonly keys: Fields;
  readonly sources: Fields;
  readonly queues: Fields;
  readonly tables: Fields;
}

type Entry = readonly [string, unknown];
const fields = (entries: Iterable<Entry>): Fields => Object.fromEntries([...entries].map(([key, value]) => [key, defined(value)] as const).sort(([a], [b]) => compare(a, b)));
/** Without what is absent, however that is said. */
const defined = (value: unknown): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && item !== null)) : value);
const sorted = (items: unknown): unknown[] => [...(items as unknown[] | undefined ?? [])].sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
const group = (pairs: readonly (readonly [string, string])[]): Fields => fields([...new Set(pairs.map(([key]) => key))].map((key) => [key, sorted(pairs.filter(([other]) => other === key).map(([, item]) => item))]));
const label = (text: string, last: string): string => words(text).map((word) => word.toLowerCase()).filter((word, index, all) => index < all.length - 1 || word !== last).join(' ');
const functionIn = (reference: unknown): string => /^‹function (.*?)\.\w+›$/.exec(String(reference))?.[1] ?? '';
/** `TimeBasedCanary`, minutes and per cent, in either tool's words. */
const routing = (given: unknown): unknown[] => {
  const [type, ...numbers] = Object.values(given as Fields);
  return [type, ...numbers.flatMap((block) => Object.values((asList(block)[0] ?? {})))];
};
const asList = (value: unknown): Fields[] => (Array.isArray(value) ? value as Fields[] : value === undefined || value === null ? [] : [value as Fields]);

const keys = (schema: unknown): Fields => fields(asList(schema).map(({ KeyType, AttributeName }) => [String(KeyType), AttributeName]));

export const samEdge = ({ sam: target }: Targets): Edge => {
  const plain = canonical.sam(target);
  const read = (type: string): readonly (readonly [string, Fields])[] => samResourcesOf(target, type).map(([id, properties]) => [id, plain(properties) as Fields]);
  const [api] = [...read('AWS::Serverless::Api'), ...read('AWS::Serverless::HttpApi')].map(([, properties]) => properties);
  const settings = asList(api?.['MethodSettings']).filter(({ ResourcePath }) => ResourcePath !== '/*');
  const functions = read('AWS::Serverless::Function');
  const archive = (properties: Fields | undefined): string => String(properties?.['CodeUri']).replace('../build/', '');
  const logs = new Map(read('AWS::Logs::LogGroup').map(([id, { RetentionInDays }]) => [id, RetentionInDays]));
  return {
    definition: plain(target.definition) as Fields,
    limits: fields([
      ...settings.map((one): Entry => [`${String(one['HttpMethod'])} ${String(one['ResourcePath']).slice(1).replaceAll('~1', '/')}`, { rate: one['ThrottlingRateLimit'], burst: one['ThrottlingBurstLimit'], ttl: one['CacheTtlInSeconds'] }]),
      ...Object.entries(api?.['RouteSettings'] as Fields | undefined ?? {}).map(([route, one]): Entry => [route, { rate: inside(one, 'ThrottlingRateLimit'), burst: inside(one, 'ThrottlingBurstLimit') }]),
    ]),
    stages: fields(Object.entries((inside(target.template, 'Mappings', 'Stages') ?? {}) as Fields).map(([stage, one]) => [stage, {
      rate: inside(one, 'ThrottlingRateLimit'), burst: inside(one, 'ThrottlingBurstLimit'), cache: inside(one, 'CacheSize') === undefined || inside(one, 'CacheSize') === '' ? undefined : Number(inside(one, 'CacheSize')),
      variables: fields(Object.keys((api?.['Variables'] ?? api?.['StageVariables'] ?? {}) as Fields).map((name) => [name, inside(one, `Variable${name.replace(/_/g, '')}`) || undefined])),
    }])),
    gateway: fields(Object.entries({
      accessLog: JSON.parse(String(inside(api, 'AccessLogSetting', 'Format') ?? inside(api, 'AccessLogSettings', 'Format') ?? 'null')) as unknown,
      tracing: api?.['TracingEnabled'], strict: api?.['FailOnWarnings'],
      metrics: settings[0]?.['MetricsEnabled'] ?? inside(api, 'DefaultRouteSettings', 'DetailedMetricsEnabled'),
      cors: fields(Object.entries(api?.['CorsConfiguration'] as Fields | undefined ?? {}).map(([key, value]) => [words(key).join('_').toLowerCase(), value])),
      logRetention: logs.get('ApiLogs'),
    })),
    functions: fields(functions.map(([id, one]) => [archive(one), {
      runtime: one['Runtime'], architecture: (one['Architectures'] as string[])[0], memory: one['MemorySize'], timeout: one['Timeout'], concurrency: one['ReservedConcurrentExecutions'], warm: inside(one, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions'),
      tracing: one['Tracing'], retention: logs.get(`${id}Logs`), environment: fields(Object.entries((inside(one, 'Environment', 'Variables') ?? {}) as Fields)),
      grants: sorted(asList(one['Policies']).filter((policy) => typeof policy === 'object').flatMap((policy) => asList(policy['Statement']).map(({ Action, Resource }) => ({ actions: sorted(Action), resources: sorted(asList(Resource)) })))),
    }])),
    rollouts: fields(samResourcesOf(target, 'AWS::Serverless::Function').flatMap(([, one]): Entry[] => {
      const preference = one['DeploymentPreference'] as Fields | undefined;
      if (preference === undefined) return [];
      const own = samResourcesOf(target, 'AWS::CodeDeploy::DeploymentConfig').find(([id]) => id === inside(preference, 'Type', 'Ref'))?.[1];
      const ids = asList(preference['Alarms']).map(({ Ref: id }) => id);
      const alarms = samResourcesOf(target, 'AWS::CloudWatch::Alarm').filter(([id]) => ids.includes(id)).map(([, alarm]) => [
        alarm['MetricName'], alarm['Statistic'] ?? alarm['ExtendedStatistic'], alarm['Threshold'], alarm['ComparisonOperator'], alarm['Period'], alarm['EvaluationPeriods'], alarm['TreatMissingData'],
      ]);
      return [[archive(one), { way: own === undefined ? `CodeDeployDefault.Lambda${String(preference['Type'])}` : routing(own['TrafficRoutingConfig']), alarms: sorted(alarms) }]];
    })),
    permissions: group(read('AWS::Lambda::Permission').map(([, one]) => [functionIn(one['FunctionName']), String(one['SourceArn']).replace(/^.*?‹api›\//, '')])),
    calls: fields(read('AWS::IAM::Role').filter(([, one]) => inside(one, 'Policies', 0, 'PolicyName') === 'call').map(([id, one]) => [label(id, 'role'), asList(inside(one, 'Policies', 0, 'PolicyDocument', 'Statement')).map(({ Action, Resource }) => ({ actions: sorted(Action), resources: sorted(Resource) }))])),
    plans: fields(read('AWS::ApiGateway::UsagePlan').map(([id, one]) => [label(id.replace(/UsagePlan$/, ''), ''), {
      rate: inside(one, 'Throttle', 'RateLimit'), burst: inside(one, 'Throttle', 'BurstLimit'), quota: inside(one, 'Quota', 'Limit'), per: inside(one, 'Quota', 'Period'),
      routes: fields(Object.entries((inside(one, 'ApiStages', 0, 'Throttle') ?? {}) as Fields).map(([route, limit]) => [route, [inside(limit, 'RateLimit'), inside(limit, 'BurstLimit')]])),
    }])),
    keys: fields(samResourcesOf(target, 'AWS::ApiGateway::UsagePlanKey').map(([, one]) => [label(String(inside(one, 'UsagePlanId', 'Ref')).replace(/UsagePlan$/, ''), ''), one['KeyType']])),
    sources: fields(functions.flatMap(([, one]) => Object.values((one['Events'] ?? {}) as Fields).map((event): Entry => [archive(one), {
      from: inside(event, 'Properties', 'Queue') ?? inside(event, 'Properties', 'Stream') ?? inside(event, 'Properties', 'Topic') ?? inside(event, 'Properties', 'EventBusName'), events: inside(event, 'Properties', 'Pattern'), batch: inside(event, 'Properties', 'BatchSize'), reports: inside(event, 'Properties', 'FunctionResponseTypes'),
    }]))),
    queues: fields(read('AWS::SQS::Queue').map(([id, one]) => [label(id.replace('Queue', ''), ''), { visibility: one['VisibilityTimeout'], fifo: one['FifoQueue'], encrypted: one['SqsManagedSseEnabled'], retention: one['MessageRetentionPeriod'], redrive: one['RedrivePolicy'] }])),
    tables: fields(read('AWS::DynamoDB::Table').map(([id, one]) => [label(id, 'table'), {
      billing: one['BillingMode'], key: keys(one['KeySchema']), attributes: sorted(asList(one['AttributeDefinitions']).map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType])),
      indexes: asList(one['GlobalSecondaryIndexes']).map(({ IndexName, KeySchema, Projection }) => [IndexName, keys(KeySchema), inside(Projection, 'ProjectionType')]),
      recovery: inside(one, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled'), encrypted: inside(one, 'SSESpecification', 'SSEEnabled'),
    }])),
  };
};

export const terraformEdge = ({ terraform: target }: Targets): Edge => {
  const plain = canonical.terraform(target);
  const read = (type: string): readonly (readonly [string, Fields])[] => resourcesOf(target, type).map(([name, body]) => [name, plain(body) as Fields]);
  const one = (type: string, name = 'this'): Fields | undefined => read(type).find(([other]) => other === name)?.[1];
  const stage = one('aws_api_gateway_stage') ?? one('aws_apigatewayv2_stage');
  const routes = one('aws_api_gateway_method_settings', 'routes');
  const functions = Object.entries((plain(target.locals['functions']) ?? {}) as Fields) as (readonly [string, Fields])[];
  const methodRoute = (path: string): string => path.replace(/^(?:~1\/)?(.*?)\/?([A-Z]+)$/, (_, rest: string, method: string) => `${method} /${rest}`);
  const plan = one('aws_api_gateway_usage_plan');
  return {
    definition: plain(target.definition) as Fields,
    limits: fields([
      ...Object.entries((routes?.['for_each'] ?? {}) as Fields).map(([path, limit]): Entry => [methodRoute(path), { rate: inside(limit, 'rate'), burst: inside(limit, 'burst'), ttl: inside(limit, 'cache_ttl') }]),
      ...asList(stage?.['route_settings']).map((limit): Entry => [String(limit['route_key']), { rate: limit['throttling_rate_limit'], burst: limit['throttling_burst_limit'] }]),
    ]),
    stages: fields([...target.stages].map(([name, values]) => [name, { rate: inside(values, 'throttle', 'rate'), burst: inside(values, 'throttle', 'burst'), cache: values['cache_size'], variables: fields(Object.entries((values['stage_variables'] ?? {}) as Fields)) }])),
    gateway: fields(Object.entries({
      accessLog: inside(stage, 'access_log_settings', 0, 'format') ?? null,
      tracing: stage?.['xray_tracing_enabled'], strict: inside(one('aws_api_gateway_rest_api') ?? one('aws_apigatewayv2_api'), 'fail_on_warnings'),
      metrics: inside(routes, 'settings', 0, 'metrics_enabled') ?? inside(stage, 'default_route_settings', 0, 'detailed_metrics_enabled'),
      cors: fields(Object.entries((inside(one('aws_apigatewayv2_api'), 'cors_configuration', 0) ?? {}) as Fields)),
      logRetention: inside(one('aws_cloudwatch_log_group', 'api'), 'retention_in_days'),
    })),
    functions: fields(functions.map(([, each]) => [String(each['archive']), {
      runtime: each['runtime'], architecture: each['architecture'], memory: each['memory_size'], timeout: each['timeout'], concurrency: each['reserved_concurrency'], warm: each['provisioned_concurrency'],
      tracing: inside(one('aws_lambda_function'), 'tracing_config', 0, 'mode'), retention: each['log_retention'], environment: fields(Object.entries((each['environment'] ?? {}) as Fields)),
      grants: sorted(asList(each['grants']).map(({ actions, resources }) => ({ actions: sorted(actions), resources: sorted(resources) }))),
    }])),
    rollouts: fields(Object.entries((plain(target.locals['rollouts']) ?? {}) as Fields).map(([key, each]) => {
      const own = /^‹aws_codedeploy_deployment_config\.(\w+)\./.exec(String(inside(each, 'configuration')))?.[1];
      const alarm = one('aws_cloudwatch_metric_alarm', 'rollout');
      return [String(functions.find(([name]) => name === key)?.[1]['archive']), {
        way: own === undefined ? inside(each, 'configuration') : routing(inside(one('aws_codedeploy_deployment_config', own), 'traffic_routing_config', 0)),
        alarms: sorted(Object.values(inside(each, 'alarms') as Fields).map((facts) => [
          inside(facts, 'metric'), inside(facts, 'statistic') ?? inside(facts, 'percentile'), inside(facts, 'above'), alarm?.['comparison_operator'], alarm?.['period'], alarm?.['evaluation_periods'], alarm?.['treat_missing_data'],
        ])),
      }];
    })),
    permissions: group(functions.flatMap(([, { archive, callers }]) => (callers as string[]).map((request) => [String(archive), request] as const))),
    calls: fields(Object.entries((plain(target.locals['calls']) ?? {}) as Fields).map(([name, call]) => [label(name, 'call'), [{ actions: sorted(inside(call, 'actions')), resources: sorted(inside(call, 'resources')) }]])),
    plans: fields(Object.entries((plan?.['for_each'] ?? {}) as Fields).map(([name, each]) => [label(name, ''), {
      rate: inside(each, 'rate'), burst: inside(each, 'burst'), quota: inside(each, 'quota', 'limit'), per: inside(each, 'quota', 'period'),
      routes: fields(asList(inside(plan, 'api_stages', 0, 'throttle')).map((limit) => [String(limit['path']), [limit['rate_limit'], limit['burst_limit']]])),
    }])),
    keys: fields(one('aws_api_gateway_usage_plan_key')?.['for_each'] === undefined ? [] : Object.keys((plan?.['for_each'] ?? {}) as Fields).map((name) => [label(name, ''), one('aws_api_gateway_usage_plan_key')?.['key_type']])),
    sources: fields([
      ...read('aws_lambda_event_source_mapping').map(([, each]): Entry => [functionIn(each['function_name']), { from: each['event_source_arn'], batch: each['batch_size'], reports: each['function_response_types'] }]),
      ...read('aws_sns_topic_subscription').map(([, each]): Entry => [functionIn(each['endpoint']), { from: each['topic_arn'] }]),
      ...read('aws_cloudwatch_event_target').map(([name, each]): Entry => [functionIn(each['arn']), { from: inside(one('aws_cloudwatch_event_rule', name), 'event_bus_name'), events: inside(one('aws_cloudwatch_event_rule', name), 'event_pattern') }]),
    ]),
    queues: fields(read('aws_sqs_queue').map(([name, each]) => [label(name, ''), { visibility: each['visibility_timeout_seconds'], fifo: each['fifo_queue'], encrypted: each['sqs_managed_sse_enabled'], retention: each['message_retention_seconds'], redrive: each['redrive_policy'] }])),
    tables: fields(read('aws_dynamodb_table').map(([name, each]) => [label(name, ''), {
      billing: each['billing_mode'], key: defined({ HASH: each['hash_key'], RANGE: each['range_key'] }), attributes: sorted(asList(each['attribute']).map((attribute) => [attribute['name'], attribute['type']])),
      indexes: asList(each['global_secondary_index']).map((index) => [index['name'], defined({ HASH: index['hash_key'], RANGE: index['range_key'] }), index['projection_type']]),
      recovery: inside(each, 'point_in_time_recovery', 0, 'enabled'), encrypted: inside(each, 'server_side_encryption', 0, 'enabled'),
    }])),
  };
};
