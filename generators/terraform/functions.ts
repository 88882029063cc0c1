import { entryExport } from '../../src/emit/layout.js';
import type { Api } from '../../src/ir/index.js';
import { block, hcl, hclMap, nested, noted, text, type Block, type HclValue } from '../kit/hcl.js';
import type { Names } from './names.js';
import { toHcl } from './print.js';
import type { Unit } from './units.js';

/** `functions.tf`: one table of what differs from function to function, and the resources that each of them is. */
export const functionBlocks = (api: Api, units: readonly Unit[], names: Names): Block[] => {
  if (units.length === 0) return [];
  const has = {
    environment: units.some(({ environment }) => environment.length > 0),
    grants: units.some(({ statements }) => statements.length > 0),
    reserved: units.some(({ settings }) => settings.reservedConcurrency !== undefined),
    provisioned: units.some(({ settings }) => settings.keepWarm?.kind === 'provisioned'),
    snapStart: units.some(({ settings }) => settings.keepWarm?.kind === 'snap-start'),
    rollout: units.some(({ rollout }) => rollout),
  };
  const entry = ({ archive, settings, environment, statements, callers }: Unit): HclValue => hclMap(Object.entries({
    archive,
    runtime: settings.runtime,
    architecture: settings.architecture,
    memory_size: settings.memoryMb,
    timeout: Math.max(1, Math.ceil(settings.timeoutMs / 1000)),
    log_retention: settings.logRetentionDays,
    ...(has.reserved ? { reserved_concurrency: settings.reservedConcurrency ?? null } : {}),
    ...(has.provisioned ? { provisioned_concurrency: settings.keepWarm?.kind === 'provisioned' ? settings.keepWarm.count : null } : {}),
    ...(has.snapStart ? { snap_start: settings.keepWarm?.kind === 'snap-start' } : {}),
    callers,
    ...(has.environment ? { environment: environment.length > 0 ? hclMap(environment.map(([name, value]) => [name, toHcl(value, names)])) : null } : {}),
    ...(has.grants ? { grants: statements.map(({ Action, Resource }) => ({ actions: Action, resources: Resource.map((arn) => toHcl(arn, names)) })) } : {}),
  }));
  return [
    block('locals', [], {
      functions: noted('Archives are made by `npm run build`. Callers are requests, as they end an ARN of the API.', hclMap(units.map((unit) => [unit.key, entry(unit)]))),
    }),
    ...roles(api, has.grants),
    logGroups,
    block('resource', ['aws_lambda_function', 'this'], {
      for_each: hcl`local.functions`,
      function_name: text`${hcl`local.name`}-${hcl`each.key`}`,
      role: hcl`aws_iam_role.functions[each.key].arn`,
      handler: `index.${entryExport}`,
      runtime: hcl`each.value.runtime`,
      architectures: [hcl`each.value.architecture`],
      memory_size: hcl`each.value.memory_size`,
      timeout: hcl`each.value.timeout`,
      reserved_concurrent_executions: has.reserved ? hcl`each.value.reserved_concurrency` : undefined,
      filename: archivePath,
      source_code_hash: hcl`filebase64sha256(${archivePath})`,
      publish: true,
      ...(has.environment ? { dynamic: nested({ for_each: hcl`each.value.environment[*]`, content: nested({ variables: hcl`environment.value` }) }, 'environment') } : {}),
      // Also: Lambda makes a group by itself, which nobody empties, where there is none yet.
      logging_config: nested({ log_format: 'JSON', log_group: hcl`aws_cloudwatch_log_group.functions[each.key].name` }),
      tracing_config: nested({ mode: api.observability.tracing ? 'Active' : 'PassThrough' }),
      ...(has.snapStart ? { snap_start: nested({ apply_on: hcl`each.value.snap_start ? "PublishedVersions" : "None"` }) } : {}),
    }),
    ...(has.rollout ? [block('locals', [], { aliases: hcl`merge(aws_lambda_alias.live, aws_lambda_alias.gradual)` })] : []),
    block('resource', ['aws_lambda_alias', 'live'], {
      for_each: has.rollout ? hcl`{ for key, function in aws_lambda_function.this : key => function if !contains(keys(local.rollouts), key) }` : hcl`aws_lambda_function.this`,
      name: 'live',
      description: 'The version that is called; point it at another one to go back',
      function_name: hcl`each.value.function_name`,
      function_version: hcl`each.value.version`,
    }),
    ...(has.provisioned ? [block('resource', ['aws_lambda_provisioned_concurrency_config', 'live'], {
      for_each: hcl`{ for key, function in local.functions : key => function.provisioned_concurrency if function.provisioned_concurrency != null }`,
      function_name: hcl`${names.aliases}[each.key].function_name`,
      qualifier: hcl`${names.aliases}[each.key].name`,
      provisioned_concurrent_executions: hcl`each.value`,
    })] : []),
  ];
};

const archivePath = hcl`${text`${hcl`path.module`}/../build/${hcl`each.value.archive`}.zip`}`;

const logGroups = block('resource', ['aws_cloudwatch_log_group', 'functions'], {
  for_each: hcl`local.functions`,
  name: text`/aws/lambda/${hcl`local.name`}-${hcl`each.key`}`,
  retention_in_days: hcl`each.value.log_retention`,
});

/** Each function has a role of its own: its log group, and what its operations use. */
const roles = (api: Api, grants: boolean): Block[] => [
  block('data', ['aws_iam_policy_document', 'assume_lambda'], {
    statement: nested({ actions: ['sts:AssumeRole'], principals: nested({ type: 'Service', identifiers: ['lambda.amazonaws.com'] }) }),
  }),
  block('resource', ['aws_iam_role', 'functions'], {
    for_each: hcl`local.functions`,
    name: text`${hcl`local.name`}-${hcl`each.key`}`,
    assume_role_policy: hcl`data.aws_iam_policy_document.assume_lambda.json`,
  }),
  block('data', ['aws_iam_policy_document', 'functions'], {
    for_each: hcl`local.functions`,
    statement: nested({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      // The streams of the one group.
      resources: [text`${hcl`aws_cloudwatch_log_group.functions[each.key].arn`}:*`],
    }),
    ...(grants ? { dynamic: nested({ for_each: hcl`each.value.grants`, content: nested({ actions: hcl`statement.value.actions`, resources: hcl`statement.value.resources` }) }, 'statement') } : {}),
  }),
  block('resource', ['aws_iam_role_policy', 'functions'], {
    for_each: hcl`local.functions`,
    name: 'uses',
    role: hcl`aws_iam_role.functions[each.key].name`,
    policy: hcl`data.aws_iam_policy_document.functions[each.key].json`,
  }),
  ...(api.observability.tracing ? [block('resource', ['aws_iam_role_policy_attachment', 'tracing'], {
    for_each: hcl`local.functions`,
    role: hcl`aws_iam_role.functions[each.key].name`,
    policy_arn: text`arn:${hcl`data.aws_partition.current.partition`}:iam::aws:policy/AWSXRayDaemonWriteAccess`,
  })] : []),
];

/** `permissions.tf`: each route may call the function behind it, through its alias, and no other. */
export const permissionBlocks = (units: readonly Unit[], names: Names): Block[] => (units.every(({ callers }) => callers.length === 0) ? [] : [
  block('locals', [], {
    callers: hcl`flatten([for key, function in local.functions : [for request in function.callers : { function = key, request = request }]])`,
  }),
  block('resource', ['aws_lambda_permission', 'api'], {
    for_each: hcl`{ for caller in local.callers : ${text`${hcl`caller.function`} ${hcl`caller.request`}`} => caller }`,
    action: 'lambda:InvokeFunction',
    function_name: hcl`${names.aliases}[each.value.function].function_name`,
    qualifier: hcl`${names.aliases}[each.value.function].name`,
    principal: 'apigateway.amazonaws.com',
    source_arn: text`${names.api.executionArn}/${hcl`each.value.request`}`,
  }),
]);
