import { pascal } from '../../src/base/text.js';
import type { Alarm, Api, FunctionSettings } from '../../src/ir/index.js';
import { alarmFacts, configurationOf, predefinedName, rolledOut, wayBack, type Configuration } from '../kit/aws/rollout.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';

const alarmId = (id: string, alarm: Alarm): string => `${id}${alarmFacts(alarm).name}`;

/** How a function's new version takes over, and what takes it back. */
export const deploymentPreference = (id: string, { rollout }: FunctionSettings): { readonly [key: string]: YamlValue } => {
  if (!rollout) return {};
  return {
    DeploymentPreference: {
      Type: predefinedName(rollout) ?? new Tagged('!Ref', configurationOf(rollout).name),
      ...(rollout.alarms.length > 0 ? { Alarms: rollout.alarms.map((alarm) => new Tagged('!Ref', alarmId(id, alarm))) } : {}),
    },
  };
};

/** The alarms of a function, and its way of rollout where CodeDeploy does not have it already. */
export const rolloutResources = (id: string, { rollout }: FunctionSettings): Resources => {
  if (!rollout) return {};
  const configuration = configurationOf(rollout);
  return {
    ...(predefinedName(rollout) === undefined ? { [configuration.name]: configurationResource(configuration) } : {}),
    ...Object.fromEntries(rollout.alarms.map((alarm) => [alarmId(id, alarm), alarmResource(id, alarm)])),
  };
};

const configurationResource = ({ kind, minutes, percent }: Configuration): YamlValue => {
  const [type, interval, percentage] = kind === 'canary' ? ['TimeBasedCanary', 'CanaryInterval', 'CanaryPercentage'] as const : ['TimeBasedLinear', 'LinearInterval', 'LinearPercentage'] as const;
  return {
    Type: 'AWS::CodeDeploy::DeploymentConfig',
    Properties: { ComputePlatform: 'Lambda', TrafficRoutingConfig: { Type: type, [type]: { [interval]: minutes, [percentage]: percent } } },
  };
};

const alarmResource = (id: string, alarm: Alarm): YamlValue => {
  const { metric, statistic, above } = alarmFacts(alarm);
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/Lambda',
      Dimensions: [{ Name: 'FunctionName', Value: new Tagged('!Ref', id) }, { Name: 'Resource', Value: new Tagged('!Sub', `\${${id}}:live`) }],
      MetricName: metric,
      ...(statistic === 'Sum' ? { Statistic: statistic } : { ExtendedStatistic: statistic }),
      Threshold: above,
      ComparisonOperator: 'GreaterThanThreshold',
      Period: 60,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    },
  };
};

/** How a version is taken back by hand. */
export const rolloutOutputs = (api: Api): { readonly [key: string]: YamlValue } => (rolledOut(api.functions.values())
  ? Object.fromEntries(wayBack.map(({ name, what, command }) => [pascal(name), { Description: what, Value: command }]))
  : {});
