import type { Alarm, Api, FunctionSettings, Rollout } from '../../src/ir/index.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';
import type { LogicalIds } from './names.js';

/** Minutes that CodeDeploy has configurations for, with steps of ten per cent (CodeDeploy user guide, predefined configurations for Lambda). */
const predefined = { canary: [5, 10, 15, 30], linear: [1, 2, 3, 10] } as const;
/** The longest interval of a configuration, in minutes. */
const longestInterval = 2_880;

const minutesOf = ({ intervalMs }: Rollout): number => Math.min(longestInterval, Math.max(1, Math.ceil(intervalMs / 60_000)));

/** What CodeDeploy calls the way of a rollout; nothing where it has no name for it. */
const predefinedName = (rollout: Rollout): string | undefined => {
  const { strategy, percent } = rollout;
  if (strategy === 'all-at-once') return 'AllAtOnce';
  const minutes = minutesOf(rollout);
  if (percent !== 10 || !(predefined[strategy] as readonly number[]).includes(minutes)) return undefined;
  return strategy === 'canary' ? `Canary10Percent${minutes}Minutes` : `Linear10PercentEvery${minutes}Minute${minutes === 1 ? '' : 's'}`;
};

const configId = (rollout: Rollout): string => `${rollout.strategy === 'canary' ? 'Canary' : 'Linear'}${rollout.percent}PercentEach${minutesOf(rollout)}Minutes`;

const alarmId = (id: string, alarm: Alarm): string => (alarm.kind === 'errors' ? `${id}Errors` : `${id}Slow${String(alarm.percentile).replace('.', 'x')}`);

/** How a function's new version takes over, and what takes it back. */
export const deploymentPreference = (id: string, { rollout }: FunctionSettings): { readonly [key: string]: YamlValue } => {
  if (!rollout) return {};
  return {
    DeploymentPreference: {
      Type: predefinedName(rollout) ?? new Tagged('!Ref', configId(rollout)),
      ...(rollout.alarms.length > 0 ? { Alarms: rollout.alarms.map((alarm) => new Tagged('!Ref', alarmId(id, alarm))) } : {}),
    },
  };
};

/** The alarms of functions, and the ways of rollout that CodeDeploy does not have already. */
export const rolloutResources = (api: Api, ids: LogicalIds): Resources => {
  const resources: Resources = {};
  for (const [name, { settings: { rollout } }] of api.functions) {
    if (!rollout) continue;
    const id = ids.function(name);
    if (predefinedName(rollout) === undefined) resources[configId(rollout)] = config(rollout);
    for (const alarm of rollout.alarms) resources[alarmId(id, alarm)] = alarmResource(id, alarm);
  }
  return resources;
};

const config = (rollout: Rollout): YamlValue => {
  const [kind, interval, percentage] = rollout.strategy === 'canary' ? ['TimeBasedCanary', 'CanaryInterval', 'CanaryPercentage'] as const : ['TimeBasedLinear', 'LinearInterval', 'LinearPercentage'] as const;
  return {
    Type: 'AWS::CodeDeploy::DeploymentConfig',
    Properties: { ComputePlatform: 'Lambda', TrafficRoutingConfig: { Type: kind, [kind]: { [interval]: minutesOf(rollout), [percentage]: rollout.percent } } },
  };
};

/** Of the alias, in whose traffic the new version has its share. */
const alarmResource = (id: string, alarm: Alarm): YamlValue => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace: 'AWS/Lambda',
    Dimensions: [{ Name: 'FunctionName', Value: new Tagged('!Ref', id) }, { Name: 'Resource', Value: new Tagged('!Sub', `\${${id}}:live`) }],
    ...(alarm.kind === 'errors'
      ? { MetricName: 'Errors', Statistic: 'Sum', Threshold: 0 }
      : { MetricName: 'Duration', ExtendedStatistic: `p${alarm.percentile}`, Threshold: alarm.aboveMs }),
    ComparisonOperator: 'GreaterThanThreshold',
    Period: 60,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  },
});
