import { layout, entryExport, resourceVariable } from '../../src/emit/layout.js';
import type { Api, FunctionSettings, Grant, Resource, Worker } from '../../src/ir/index.js';
import { cloud, type CloudObject, type CloudValue } from '../kit/aws/cloud-text.js';
import { statement } from '../kit/aws/grants.js';
import { routesOf, type Route } from '../kit/aws/routes.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import { bundleFolder } from '../bundle/index.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';

export type Resources = Record<string, YamlValue>;

/** Statements of a function's resource policy share 20,480 bytes; past this many routes one statement serves for all. */
const mostStatements = 30;

/** The functions behind operations: each with its log group, its alias, its grants, and the permission to be called by its routes. */
export const functionResources = (api: Api, ids: LogicalIds): Resources => {
  const resources: Resources = {};
  const routes = new Map(routesOf(api).map((route) => [route.operation.id, route]));
  for (const [name, unit] of api.functions) {
    const id = ids.function(name);
    const operations = unit.operations.flatMap((operation) => api.operations.get(operation) ?? []);
    const uses = operations.flatMap(({ policy }) => policy.uses);
    resources[id] = lambda(api, ids, layout.entry(name), id, unit.settings, uses, {
      AutoPublishAlias: 'live',
      AutoPublishAliasAllProperties: true,
      ...(unit.settings.keepWarm?.kind === 'provisioned' ? { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: unit.settings.keepWarm.count } } : {}),
    });
    resources[`${id}Logs`] = logGroup(id, unit.settings);
    Object.assign(resources, permissions(ids, id, name, unit.operations.flatMap((operation) => routes.get(operation) ?? [])));
  }
  return resources;
};

/** Authorizer functions, called by the gateway's authorizers alone. */
export const authorizerResources = (api: Api, ids: LogicalIds): Resources => {
  const resources: Resources = {};
  for (const [name, { settings }] of api.authorizers) {
    const id = ids.authorizer(name);
    resources[id] = lambda(api, ids, layout.authorizerEntry(name), id, settings, [], {});
    resources[`${id}Logs`] = logGroup(id, settings);
    resources[`${id}Permission`] = permission(new Tagged('!GetAtt', `${id}.Arn`), `\${${ids.api}}/authorizers/*`);
  }
  return resources;
};

/** Workers, fed by what operations accepted. A batch reports what failed of it, so that the rest is not done twice. */
export const workerResources = (api: Api, ids: LogicalIds): Resources => {
  const resources: Resources = {};
  for (const [name, worker] of api.workers) {
    const id = ids.worker(name);
    const source = api.resources.get(worker.source);
    if (!source) continue;
    const uses = worker.operations.flatMap((operation) => api.operations.get(operation)?.policy.uses ?? []);
    resources[id] = lambda(api, ids, layout.workerEntry(name), id, worker.settings, uses, { Events: toYaml(feed(worker, source), ids) });
    resources[`${id}Logs`] = logGroup(id, worker.settings);
  }
  return resources;
};

const feed = (worker: Worker, source: Resource): CloudObject => {
  const arn = cloud`${{ cloud: 'resource-arn', name: worker.source }}`;
  switch (source.kind) {
    case 'queue': return { Work: { Type: 'SQS', Properties: { Queue: arn, BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] } } };
    case 'stream': return { Work: { Type: 'Kinesis', Properties: { Stream: arn, StartingPosition: 'TRIM_HORIZON', BisectBatchOnFunctionError: true, MaximumRetryAttempts: 5, FunctionResponseTypes: ['ReportBatchItemFailures'] } } };
    case 'topic': return { Work: { Type: 'SNS', Properties: { Topic: arn } } };
    case 'bus': return { Work: { Type: 'EventBridgeRule', Properties: { EventBusName: cloud`${{ cloud: 'resource-name', name: worker.source }}`, Pattern: { 'detail-type': [...worker.operations] } } } };
    default: return {};
  }
};

const lambda = (api: Api, ids: LogicalIds, entry: string, id: string, settings: FunctionSettings, uses: readonly Grant[], more: { readonly [key: string]: YamlValue }): YamlValue => {
  const used = new Map(uses.flatMap(({ resource }) => (api.resources.has(resource) ? [[resource, api.resources.get(resource) as Resource] as const] : [])));
  const policies = [...new Map(uses.map((grant) => [`${grant.resource}\n${grant.access}`, grant])).values()].flatMap(({ resource, access }) => {
    const target = used.get(resource);
    return (target && statement(target, access)) ?? [];
  });
  return {
    Type: 'AWS::Serverless::Function',
    Properties: {
      CodeUri: `../${bundleFolder(entry)}`,
      Handler: `index.${entryExport}`,
      Runtime: settings.runtime,
      Architectures: [settings.architecture],
      MemorySize: settings.memoryMb,
      Timeout: Math.max(1, Math.ceil(settings.timeoutMs / 1000)),
      Tracing: api.observability.tracing ? 'Active' : 'PassThrough',
      LoggingConfig: { LogGroup: new Tagged('!Ref', `${id}Logs`), LogFormat: 'JSON' },
      ...(settings.reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: settings.reservedConcurrency }),
      ...(used.size === 0 ? {} : { Environment: { Variables: Object.fromEntries([...used].sort().map(([name, resource]) => [resourceVariable(name), toYaml(known(resource), ids)])) } }),
      ...(policies.length === 0 ? {} : { Policies: [{ Version: '2012-10-17', Statement: toYaml(policies, ids) }] }),
      ...more,
    },
  };
};

/** What the code behind an operation knows a resource by: its name, URL or ARN, as the service's client wants it. */
const known = (resource: Resource): CloudValue => {
  const { name } = resource;
  switch (resource.kind) {
    case 'http': return resource.url;
    case 'queue': return cloud`${{ cloud: 'resource-url', name }}`;
    case 'topic': case 'workflow': return cloud`${{ cloud: 'resource-arn', name }}`;
    default: return cloud`${{ cloud: 'resource-name', name }}`;
  }
};

const logGroup = (id: string, settings: FunctionSettings): YamlValue => ({
  Type: 'AWS::Logs::LogGroup',
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
  Properties: { LogGroupName: new Tagged('!Sub', `/aws/lambda/\${AWS::StackName}-${id}`), RetentionInDays: settings.logRetentionDays },
});

const permissions = (ids: LogicalIds, id: string, name: string, routes: readonly Route[]): Resources => {
  const target = new Tagged('!Ref', `${ids.function(name)}.Alias`);
  if (routes.length > mostStatements) return { [`${id}Permission`]: permission(target, `\${${ids.api}}/*/*`) };
  return Object.fromEntries(routes.map(({ operation, arnPath }, index) => [
    `${id}Permission${routes.length === 1 ? '' : index + 1}`,
    permission(target, `\${${ids.api}}/*/${operation.method}${arnPath.replaceAll('${', '${!')}`),
  ]));
};

const permission = (target: YamlValue, source: string): YamlValue => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: target,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: new Tagged('!Sub', `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:${source}`),
  },
});
