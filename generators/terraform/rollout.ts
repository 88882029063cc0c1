import { words } from '../../src/base/text.js';
import type { Rollout } from '../../src/ir/index.js';
import { alarmFacts, configurationOf, predefinedName, wayBack, type Configuration } from '../kit/aws/rollout.js';
import { block, call, hcl, hclMap, Label, nested, noted, text, type Block, type HclValue } from '../kit/hcl.js';
import type { Unit } from './units.js';

/** `rollout.tf`: functions whose new version takes over step by step, which CodeDeploy does, by their alias. */
export const rolloutBlocks = (units: readonly Unit[]): Block[] => {
  const rollouts = rolloutsOf(units);
  if (rollouts.length === 0) return [];
  const configurations = [...new Map(rollouts.flatMap(([, rollout]) => (predefinedName(rollout) === undefined ? [configurationOf(rollout)] : [])).map((one) => [one.name, one])).values()];
  return [
    block('locals', [], {
      rollouts: noted('How a new version of a function takes over, and what takes it back: errors a minute, or milliseconds.', hclMap(rollouts.map(([key, rollout]) => [key, entry(rollout)]))),
      rollout_alarms: hcl`merge([for key, rollout in local.rollouts : { for name, alarm in rollout.alarms : ${text`${hcl`key`}-${hcl`name`}`} => merge(alarm, { function = key }) }]...)`,
    }),
    block('resource', ['aws_lambda_alias', 'gradual'], {
      for_each: hcl`local.rollouts`,
      name: 'live',
      description: 'The versions that are called, and how often each; CodeDeploy moves it',
      function_name: hcl`aws_lambda_function.this[each.key].function_name`,
      function_version: hcl`aws_lambda_function.this[each.key].version`,
      lifecycle: nested({ ignore_changes: [hcl`function_version`, hcl`routing_config`] }),
    }),
    block('resource', ['aws_cloudwatch_metric_alarm', 'rollout'], {
      for_each: hcl`local.rollout_alarms`,
      alarm_name: text`${hcl`local.name`}-${hcl`each.key`}`,
      namespace: 'AWS/Lambda',
      metric_name: hcl`each.value.metric`,
      dimensions: {
        FunctionName: hcl`aws_lambda_function.this[each.value.function].function_name`,
        Resource: text`${hcl`aws_lambda_function.this[each.value.function].function_name`}:live`,
      },
      statistic: hcl`each.value.statistic`,
      extended_statistic: hcl`each.value.percentile`,
      threshold: hcl`each.value.above`,
      comparison_operator: 'GreaterThanThreshold',
      period: 60,
      evaluation_periods: 1,
      treat_missing_data: 'notBreaching',
    }),
    ...role,
    block('resource', ['aws_codedeploy_app', 'this'], { name: hcl`local.name`, compute_platform: 'Lambda' }),
    ...configurations.map(configurationBlock),
    block('resource', ['aws_codedeploy_deployment_group', 'functions'], {
      for_each: hcl`local.rollouts`,
      app_name: hcl`aws_codedeploy_app.this.name`,
      deployment_group_name: hcl`each.key`,
      deployment_config_name: hcl`each.value.configuration`,
      service_role_arn: hcl`aws_iam_role.rollout.arn`,
      deployment_style: nested({ deployment_option: 'WITH_TRAFFIC_CONTROL', deployment_type: 'BLUE_GREEN' }),
      alarm_configuration: nested({
        enabled: hcl`length(each.value.alarms) > 0`,
        alarms: hcl`[for name, alarm in each.value.alarms : aws_cloudwatch_metric_alarm.rollout[${text`${hcl`each.key`}-${hcl`name`}`}].alarm_name]`,
      }),
      auto_rollback_configuration: nested({ enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] }),
      depends_on: [hcl`aws_iam_role_policy_attachment.rollout`],
    }),
    start,
  ];
};

type Keyed = readonly [key: string, rollout: Rollout];

const rolloutsOf = (units: readonly Unit[]): Keyed[] => units.flatMap(({ key, rollout }): Keyed[] => (rollout ? [[key, rollout]] : []));

const labelOf = ({ name }: Configuration): Label => new Label(words(name).join('_').toLowerCase());

const entry = (rollout: Rollout): HclValue => {
  const name = predefinedName(rollout);
  return {
    configuration: name === undefined ? hcl`aws_codedeploy_deployment_config.${labelOf(configurationOf(rollout))}.deployment_config_name` : `CodeDeployDefault.Lambda${name}`,
    alarms: hclMap(rollout.alarms.map(alarmFacts).map(({ name: alarm, metric, statistic, above }): [string, HclValue] => [
      words(alarm).join('-').toLowerCase(), { metric, statistic: statistic === 'Sum' ? statistic : null, percentile: statistic === 'Sum' ? null : statistic, above },
    ])),
  };
};

const configurationBlock = (configuration: Configuration): Block => {
  const { name, kind, minutes, percent } = configuration;
  return block('resource', ['aws_codedeploy_deployment_config', labelOf(configuration).name], {
    deployment_config_name: text`${hcl`local.name`}-${name}`,
    compute_platform: 'Lambda',
    traffic_routing_config: nested({
      type: kind === 'canary' ? 'TimeBasedCanary' : 'TimeBasedLinear',
      [`time_based_${kind}`]: nested({ interval: minutes, percentage: percent }),
    }),
  });
};

const role: readonly Block[] = [
  block('data', ['aws_iam_policy_document', 'assume_codedeploy'], {
    statement: nested({ actions: ['sts:AssumeRole'], principals: nested({ type: 'Service', identifiers: ['codedeploy.amazonaws.com'] }) }),
  }),
  block('resource', ['aws_iam_role', 'rollout'], {
    name: text`${hcl`local.name`}-rollout`,
    assume_role_policy: hcl`data.aws_iam_policy_document.assume_codedeploy.json`,
  }),
  block('resource', ['aws_iam_role_policy_attachment', 'rollout'], {
    role: hcl`aws_iam_role.rollout.name`,
    policy_arn: text`arn:${hcl`data.aws_partition.current.partition`}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited`,
  }),
];

/** Terraform has no resource that is a deployment; the first version of all has nothing to take over from. */
const start = block('resource', ['terraform_data', 'rollout'], {
  for_each: hcl`local.rollouts`,
  triggers_replace: hcl`aws_lambda_function.this[each.key].version`,
  provisioner: nested({
    command: '[ "$CURRENT" = "$TARGET" ] || aws deploy create-deployment --region "$REGION" --cli-input-json "$DEPLOYMENT"',
    environment: {
      REGION: hcl`data.aws_region.current.id`,
      CURRENT: hcl`aws_lambda_alias.gradual[each.key].function_version`,
      TARGET: hcl`aws_lambda_function.this[each.key].version`,
      DEPLOYMENT: call('jsonencode', {
        applicationName: hcl`aws_codedeploy_app.this.name`,
        deploymentGroupName: hcl`aws_codedeploy_deployment_group.functions[each.key].deployment_group_name`,
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: {
            content: call('jsonencode', {
              version: 0,
              Resources: [{
                function: {
                  Type: 'AWS::Lambda::Function',
                  Properties: {
                    Name: hcl`aws_lambda_function.this[each.key].function_name`,
                    Alias: hcl`aws_lambda_alias.gradual[each.key].name`,
                    CurrentVersion: hcl`aws_lambda_alias.gradual[each.key].function_version`,
                    TargetVersion: hcl`aws_lambda_function.this[each.key].version`,
                  },
                },
              }],
            }),
          },
        },
      }),
    },
  }, 'local-exec'),
}, 'A new version is handed over by CodeDeploy, which the AWS CLI is asked to begin; `apply` does not wait for the end.');

/** How a version is taken back by hand. */
export const rolloutOutputs = (units: readonly Unit[]): Block[] => (rolloutsOf(units).length === 0
  ? []
  : wayBack.map(({ name, what, command }) => block('output', [name.replaceAll(' ', '_')], { description: what, value: command })));
