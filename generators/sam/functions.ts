import { layout, entryExport } from '../../src/emit/layout.js';
import type { Api, FunctionSettings } from '../../src/ir/index.js';
import { callers, needsOf, type Needs } from '../kit/aws/needs.js';
import { routesOf, type Route } from '../kit/aws/routes.js';
import { guardsOf, guardNeeds } from '../kit/aws/guards.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import { bundleFolder } from '../bundle/index.js';
import type { LogicalIds } from './names.js';
import { toYaml } from './print.js';
import { deploymentPreference, rolloutResources } from './rollout.js';

export type Resources = Record<string, YamlValue>;

/** One function: itself with its log group, alarms and grants, and what lets others call it. */
export interface FunctionResources { readonly own: Resources; readonly permissions: Resources }

/** The functions behind operations, and behind authorizers, in this order. */
export const functionResources = (api: Api, ids: LogicalIds): FunctionResources[] => [...operationFunctions(api, ids), ...authorizers(api, ids)];

const operationFunctions = (api: Api, ids: LogicalIds): FunctionResources[] => {
  const routes = new Map(routesOf(api).map((route) => [route.operation.id, route]));
  return [...api.functions].map(([name, unit]) => {
    const id = ids.function(name);
    return {
      own: {
        [id]: lambda(api, ids, layout.entry(name), id, unit.settings, needsOf(api, unit.operations), {
          AutoPublishAlias: 'live',
          AutoPublishAliasAllProperties: true,
          ...deploymentPreference(id, unit.settings),
          ...(unit.settings.keepWarm?.kind === 'snap-start' ? { SnapStart: { ApplyOn: 'PublishedVersions' } } : {}),
          ...(unit.settings.keepWarm?.kind === 'provisioned' ? { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: unit.settings.keepWarm.count } } : {}),
        }),
        [`${id}Logs`]: logGroup(id, unit.settings),
        ...rolloutResources(id, unit.settings),
      },
      permissions: permissions(ids, id, name, unit.operations.flatMap((operation) => routes.get(operation) ?? [])),
    };
  });
};

/** Called by the gateway's authorizers alone. */
const authorizers = (api: Api, ids: LogicalIds): FunctionResources[] => [
  ...[...api.authorizers].map(([name, { settings }]) => ({ name, settings, needs: needsOf(api, []) })),
  ...guardsOf(api).map((guard) => ({ name: guard.name, settings: guard.settings, needs: guardNeeds(guard) })),
].map(({ name, settings, needs }) => {
  const id = ids.authorizer(name);
  return {
    own: { [id]: lambda(api, ids, layout.authorizerEntry(name), id, settings, needs, {}), [`${id}Logs`]: logGroup(id, settings) },
    permissions: { [`${id}Permission`]: permission(new Tagged('!GetAtt', `${id}.Arn`), `\${${ids.api}}/authorizers/*`) },
  };
});

/** A function, with what it is given. */
export const lambda = (api: Api, ids: LogicalIds, entry: string, id: string, settings: FunctionSettings, { environment, statements }: Needs, more: { readonly [key: string]: YamlValue }): YamlValue => {
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
      ...(environment.length === 0 ? {} : { Environment: { Variables: Object.fromEntries(environment.map(([name, value]) => [name, toYaml(value, ids)])) } }),
      ...(statements.length === 0 ? {} : { Policies: [{ Version: '2012-10-17', Statement: toYaml(statements, ids) }] }),
      ...more,
    },
  };
};

export const logGroup = (id: string, settings: FunctionSettings): YamlValue => ({
  Type: 'AWS::Logs::LogGroup',
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Delete',
  Properties: { LogGroupName: new Tagged('!Sub', `/aws/lambda/\${AWS::StackName}-${id}`), RetentionInDays: settings.logRetentionDays },
});

const permissions = (ids: LogicalIds, id: string, name: string, routes: readonly Route[]): Resources => {
  const target = new Tagged('!Ref', `${ids.function(name)}.Alias`);
  return Object.fromEntries(callers(routes).map((caller, index, all) => [
    `${id}Permission${all.length === 1 ? '' : index + 1}`,
    permission(target, `\${${ids.api}}/*/${caller.replaceAll('${', '${!')}`),
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
