import { words } from '../../src/base/text.js';
import type { Fields, Targets } from './targets.js';

/** What only a deployment knows, as `‹queue inbox.arn›` in the output of both tools. */
type Canonical<Target> = (target: Target) => (value: unknown) => unknown;

const kinds: Readonly<Record<string, { readonly kind: string; readonly ref: string }>> = {
  'AWS::SQS::Queue': { kind: 'queue', ref: 'url' }, 'AWS::SNS::Topic': { kind: 'topic', ref: 'arn' }, 'AWS::DynamoDB::Table': { kind: 'table', ref: 'name' },
  'AWS::Events::EventBus': { kind: 'bus', ref: 'name' }, 'AWS::Kinesis::Stream': { kind: 'stream', ref: 'name' }, 'AWS::Serverless::StateMachine': { kind: 'workflow', ref: 'arn' },
  'AWS::S3::Bucket': { kind: 'bucket', ref: 'name' }, 'AWS::IAM::Role': { kind: 'role', ref: 'name' }, 'AWS::Serverless::Function': { kind: 'function', ref: 'name' },
};
const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': 'partition', 'AWS::Region': 'region', 'AWS::AccountId': 'account', 'AWS::URLSuffix': 'suffix', Stage: 'stage', Api: 'api',
  'data.aws_partition.current.partition': 'partition', 'data.aws_region.current.id': 'region', 'data.aws_caller_identity.current.account_id': 'account', 'data.aws_partition.current.dns_suffix': 'suffix',
  'var.stage': 'stage',
};
const types: Readonly<Record<string, string>> = {
  aws_sqs_queue: 'queue', aws_sns_topic: 'topic', aws_dynamodb_table: 'table', aws_cloudwatch_event_bus: 'bus', aws_kinesis_stream: 'stream', aws_sfn_state_machine: 'workflow', aws_s3_bucket: 'bucket',
};
const plainName = (text: string, kind: string): string => words(text).map((word) => word.toLowerCase()).filter((word) => word !== kind).join(' ');
/** Where a digit ends a word is lost in Pascal case. */
const inputName = (text: string): string => plainName(text, '').replaceAll(' ', '');

const each = (value: unknown, rule: (value: unknown) => unknown): unknown => {
  const said = rule(value);
  if (said !== undefined) return said;
  if (Array.isArray(value)) return value.map((item) => each(item, rule));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item, rule)])) : value;
};

const samNames: Canonical<Targets['sam']> = ({ resources }) => {
  const reference = (text: string): string => {
    const known = Object.hasOwn(pseudo, text) ? pseudo[text] : undefined;
    if (known !== undefined) return `‹${known}›`;
    const [id = '', attribute] = text.split('.');
    const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
    const { kind, ref } = kinds[resource?.Type ?? ''] ?? { kind: 'input', ref: '' };
    if (!resource) return `‹input ${inputName(id)}›`;
    const name = kind === 'function' ? String(resource.Properties['CodeUri']).replace('../build/', '') : plainName(id, kind);
    return `‹${kind} ${name}.${attribute === undefined ? ref : attribute.replace(/^(?:Queue|Topic|Stream)?([A-Z])(.*)/, (_, first: string, rest: string) => first.toLowerCase() + rest)}›`;
  };
  const rule = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
    const [[name, argument]] = Object.entries(value) as [[string, unknown]];
    if (name === 'Ref') return reference(String(argument));
    if (name === 'Fn::GetAtt') return reference(Array.isArray(argument) ? argument.join('.') : String(argument));
    if (name === 'Fn::Select') {
      const [index, split] = argument as [number, { 'Fn::Split': [string, unknown] }];
      return `‹part ${Number(index)} by ${split['Fn::Split'][0]} of ${String(each(split['Fn::Split'][1], rule)).slice(1, -1)}›`;
    }
    if (name !== 'Fn::Sub') return undefined;
    const [text, given] = Array.isArray(argument) ? argument as [string, Fields] : [String(argument), {}];
    return text.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, inner: string) => (literal ? `\${${inner}}` : Object.hasOwn(given, inner) ? String(each(given[inner], rule)) : reference(inner)));
  };
  return (value) => each(value, rule);
};

const terraformNames: Canonical<Targets['terraform']> = ({ locals }) => {
  const functions = locals['functions'] as Readonly<Record<string, Fields>> | undefined;
  const reference = (code: string): string => {
    if (Object.hasOwn(pseudo, code)) return `‹${pseudo[code]}›`;
    const [, key, attribute] = /^aws_lambda_alias\.(?:live|gradual)\["([^"]+)"\]\.(\w+)$/.exec(code) ?? [];
    if (key !== undefined) return `‹function ${String(functions?.[key]?.['archive'])}.${attribute === 'arn' ? 'alias' : attribute}›`;
    const [, role] = /^aws_iam_role\.calls\["([^"]+)-call"\]\.arn$/.exec(code) ?? [];
    if (role !== undefined) return `‹role ${plainName(role, '')}.arn›`;
    const [, by, list, index] = /^split\("(.)", var\.(\w+)\)\[(\d+)\]$/.exec(code) ?? [];
    if (list !== undefined) return `‹part ${index} by ${by} of input ${inputName(list)}›`;
    const [, input] = /^var\.(\w+)$/.exec(code) ?? [];
    if (input !== undefined) return `‹input ${inputName(input)}›`;
    const [, type = '', name = '', last = ''] = /^(aws_\w+)\.(\w+)\.(\w+)$/.exec(code) ?? [];
    if (/^aws_api_gateway_rest_api|^aws_apigatewayv2_api/.test(type)) return '‹api›';
    return Object.hasOwn(types, type) ? `‹${types[type]} ${plainName(name, types[type] ?? '')}.${last === 'bucket' ? 'name' : last}›` : `‹${code}›`;
  };
  return (value) => each(value, (item) => (typeof item === 'string' ? item.replace(/‹([^›]*)›/g, (_, code: string) => reference(code)) : undefined));
};

export const canonical = { sam: samNames, terraform: terraformNames };
