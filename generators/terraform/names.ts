import { sha256 } from '../../src/base/digest.js';
import { words } from '../../src/base/text.js';
import type { Api, Resource } from '../../src/ir/index.js';
import { guardsOf } from '../kit/aws/guards.js';
import { callRoles } from '../kit/aws/service-roles.js';
import type { Parameter } from '../kit/aws/cloud-text.js';
import { type Expression, hcl, Label, text } from '../kit/hcl.js';

/** Labels of blocks and keys of functions: each claimed once, looked up by the keys of the IR. */
export interface Names {
  /** Keys of `local.functions`, by kind. */
  readonly function: (name: string) => string;
  readonly worker: (name: string) => string;
  readonly workerLabel: (name: string) => Label;
  /** The queue of what a worker failed to do for good. */
  readonly workerDeadLetters: (name: string) => Label;
  readonly authorizer: (name: string) => string;
  /** The alias that callers of a function name, by its key; and all of them, by key. */
  readonly alias: (key: string) => Label;
  readonly aliases: Label;
  readonly resource: (name: string) => ResourceNames;
  /** Key of `local.calls`: the role in which the gateway calls a service for an operation. */
  readonly call: (operation: string) => string;
  /** The variable that a value from outside (an ARN, a user pool) is given by. */
  readonly variable: (parameter: Parameter) => Label;
  /** All variables asked for so far, with what each is for. */
  readonly variables: ReadonlyMap<string, Parameter>;
  /** What names in the cloud begin with, before the stage. */
  readonly prefix: string;
  readonly api: { readonly id: Expression; readonly executionArn: Expression };
}
export interface ResourceNames { readonly label: Label; readonly arn: Expression; readonly name: Expression; readonly url: Expression; readonly account: Expression }

/** Names of functions and roles have at most 64 characters: the API's part, the stage's, and the key's. */
const longestName = 64;
const longestPrefix = 24;

export const claimNames = (api: Api): Names => {
  const longestStage = Math.max(...[...api.stages.keys()].map(({ length }) => length), 4);
  const prefix = shorten(api.name, longestPrefix);
  const room = Math.max(longestName - prefix.length - longestStage - 2, 16);
  // Roles are named by these too, beside two of their own.
  const keys = claims((key) => shorten(key, room), ['account-logs', 'rollout']);
  const functions = keys.all(api.functions.keys(), '');
  const workers = keys.all(api.workers.keys(), '-worker');
  const authorizers = keys.all([...api.authorizers.keys(), ...guardsOf(api).map(({ name }) => name)], '-authorizer');
  const calls = new Map(callRoles(api).map(({ operation: { id, fileName } }) => [id, keys.one(`${fileName}-call`)]));
  const labels = claims(snake);
  const workerLabels = claims(snake).all(api.workers.keys(), '');
  const resources = labels.all(api.resources.keys(), '');
  const variableNames = claims(snake, ['base_path', 'cache_size', 'certificate_arn', 'create_account_log_role', 'domain', 'stage', 'stage_variables', 'tags', 'throttle', 'web_acl', 'web_acl_arn']);
  const known = new Map<string, Label>();
  const variables = new Map<string, Parameter>();
  const variable = (parameter: Parameter): Label => {
    const { name, what } = parameter;
    const before = known.get(name);
    if (before) return before;
    const label = new Label(variableNames.one(`${name.startsWith('arn:') ? name.split(':').slice(2).join(' ') : name}${what === undefined ? ' arn' : ''}`));
    known.set(name, label);
    variables.set(label.name, parameter);
    return label;
  };
  const gradual = new Set([...api.functions].flatMap(([name, { settings }]) => (settings.rollout ? [functions.get(name)] : [])));
  const gateway = new Label(api.protocol.kind === 'rest' ? 'aws_api_gateway_rest_api.this' : 'aws_apigatewayv2_api.this');
  const lookUp = (map: ReadonlyMap<string, string>) => (name: string): string => map.get(name) ?? 'missing';
  return {
    prefix, variable, variables,
    alias: (key) => new Label(hcl`aws_lambda_alias.${new Label(gradual.has(key) ? 'gradual' : 'live')}[${key}]`.code),
    aliases: new Label(gradual.size > 0 ? 'local.aliases' : 'aws_lambda_alias.live'),
    api: { id: hcl`${gateway}.id`, executionArn: hcl`${gateway}.execution_arn` },
    function: lookUp(functions), worker: lookUp(workers), authorizer: lookUp(authorizers), call: lookUp(calls),
    workerLabel: (name) => new Label(workerLabels.get(name) ?? 'missing'),
    workerDeadLetters: (name) => new Label(`${workerLabels.get(name) ?? 'missing'}_worker_dead_letters`),
    resource: (name) => {
      const resource = api.resources.get(name);
      const label = new Label(resources.get(name) ?? 'missing');
      if (!resource) return { label, arn: hcl`null`, name: hcl`null`, url: hcl`null`, account: hcl`null` };
      return resource.existing === undefined ? created(resource.kind, label) : given(resource.kind, label, hcl`var.${variable({ name: resource.existing })}`);
    },
  };
};

const types: Readonly<Record<Exclude<Resource['kind'], 'http'>, string>> = {
  table: 'aws_dynamodb_table', queue: 'aws_sqs_queue', topic: 'aws_sns_topic', bus: 'aws_cloudwatch_event_bus',
  stream: 'aws_kinesis_stream', workflow: 'aws_sfn_state_machine', bucket: 'aws_s3_bucket',
};

const created = (kind: Resource['kind'], label: Label): ResourceNames => {
  const at = new Label(`${kind === 'http' ? 'null' : types[kind]}.${label.name}`);
  const name = kind === 'bucket' ? hcl`${at}.bucket` : hcl`${at}.name`;
  return { label, arn: hcl`${at}.arn`, name, url: kind === 'queue' ? hcl`${at}.url` : name, account: hcl`data.aws_caller_identity.current.account_id` };
};

/** What is someone else's is known by its ARN; name and URL are parts of it (service authorization reference, resource types). */
const given = (kind: Resource['kind'], label: Label, arn: Expression): ResourceNames => {
  const part = (index: number): Expression => hcl`split(":", ${arn})[${index}]`;
  const account = part(4);
  switch (kind) {
    case 'table': case 'stream': case 'bus': {
      const name = hcl`split("/", ${arn})[1]`;
      return { label, arn, name, url: name, account };
    }
    case 'workflow': return { label, arn, name: part(6), url: part(6), account };
    case 'queue': return { label, arn, name: part(5), url: hcl`${text`https://sqs.${part(3)}.${hcl`data.aws_partition.current.dns_suffix`}/${part(4)}/${part(5)}`}`, account };
    default: return { label, arn, name: part(5), url: part(5), account };
  }
};

const claims = (shape: (name: string) => string, reserved: readonly string[] = []) => {
  const taken = new Set<string>(reserved);
  const one = (wanted: string): string => {
    const base = shape(wanted) || 'item';
    let name = base;
    for (let suffix = 2; taken.has(name.toLowerCase()); suffix++) name = `${base}_${suffix}`;
    taken.add(name.toLowerCase());
    return name;
  };
  return { one, all: (names: Iterable<string>, suffix: string): ReadonlyMap<string, string> => new Map([...names].sort().map((name) => [name, one(name.endsWith(suffix) ? name : `${name}${suffix}`)])) };
};

const snake = (name: string): string => words(name).map((word) => word.toLowerCase()).join('_').replace(/^(?=[0-9])/, 'n');

/** A name that is too long keeps its beginning, and a digest of the whole tells it from others. */
export const shorten = (name: string, most: number): string =>
  (name.length <= most ? name : `${name.slice(0, most - 9)}-${sha256(name).slice(0, 8)}`);
