import { pascal } from '../../src/base/text.js';
import type { Parameter } from '../kit/aws/cloud-text.js';
import { guardsOf } from '../kit/aws/guards.js';
import { callRoles } from '../kit/aws/service-roles.js';
import type { Api, Resource } from '../../src/ir/index.js';

/** Logical ids of the template: alphanumeric, each claimed once, looked up by the keys of the IR. */
export interface LogicalIds {
  readonly api: string;
  readonly stage: string;
  /** Parameters that only some stages have a use for. */
  readonly certificate: string;
  readonly webAcl: string;
  readonly function: (name: string) => string;
  readonly worker: (name: string) => string;
  readonly authorizer: (name: string) => string;
  /** The role in which the gateway calls a service for an operation. */
  readonly role: (operation: string) => string;
  /** What `Ref` or `Sub` names for a resource's ARN, name, URL and account. */
  readonly resource: (name: string) => { readonly id: string; readonly arn: string; readonly name: string | ArnPart; readonly url: string | readonly Piece[]; readonly account: string | ArnPart };
  /** The parameter that a value from outside (an ARN, a user pool) is given by. */
  readonly parameter: (parameter: Parameter) => string;
  /** All parameters asked for so far, with what each is for. */
  readonly parameters: ReadonlyMap<string, Parameter>;
}

/** A part of an ARN that is only known when the stack is deployed. */
export interface ArnPart { readonly arn: string; readonly separator: ':' | '/'; readonly index: number }

/** What a text is put together from: itself, the name of what `Ref` or `Sub` knows, or a part of an ARN. */
export type Piece = string | { readonly variable: string } | ArnPart;

export const claimIds = (api: Api): LogicalIds => {
  const taken = new Set<string>(['api', 'stage', 'apilogs', 'stages', 'certificatearn', 'webaclarn', 'apidomain', 'apimapping', 'firewallassociation', 'clientrates', 'clientratesassociation']);
  const claim = (wanted: string): string => {
    const base = wanted.replace(/[^A-Za-z0-9]/g, '').slice(0, 200) || 'Item';
    let id = base;
    for (let suffix = 2; taken.has(id.toLowerCase()); suffix++) id = `${base}${suffix}`;
    taken.add(id.toLowerCase());
    return id;
  };
  const claimAll = (names: Iterable<string>, suffix: string): ReadonlyMap<string, string> => new Map([...names].sort().map((name) => [name, claim(pascal(name).endsWith(suffix) ? pascal(name) : `${pascal(name)}${suffix}`)]));
  const functions = claimAll(api.functions.keys(), 'Function');
  const workers = claimAll(api.workers.keys(), 'Worker');
  const authorizers = claimAll([...api.authorizers.keys(), ...guardsOf(api).map(({ name }) => name)], 'Authorizer');
  const resources = new Map([...api.resources].map(([name, resource]) => [name, claim(`${pascal(name)}${pascal(resource.kind)}`)]));
  const roles = claimAll(callRoles(api).map(({ operation }) => operation.id), 'Role');
  const parameters = new Map<string, Parameter>();
  const parameterIds = new Map<string, string>();
  const parameter = (asked: Parameter): string => {
    const { name, what } = asked;
    const known = parameterIds.get(name);
    if (known !== undefined) return known;
    const id = claim(`${pascal(name.startsWith('arn:') ? name.split(':').slice(2).join(' ') : name)}${what === undefined ? 'Arn' : ''}`);
    parameterIds.set(name, id);
    parameters.set(id, asked);
    return id;
  };
  const lookUp = (map: ReadonlyMap<string, string>) => (name: string): string => map.get(name) ?? 'Missing';
  return {
    api: 'Api', stage: 'Stage', certificate: 'CertificateArn', webAcl: 'WebAclArn', parameters, parameter,
    function: lookUp(functions), worker: lookUp(workers), authorizer: lookUp(authorizers), role: lookUp(roles),
    resource: (name) => {
      const resource = api.resources.get(name);
      const id = resources.get(name) ?? 'Missing';
      if (resource?.existing !== undefined) {
        const given = parameter({ name: resource.existing });
        return { id: given, arn: given, name: nameIn(resource.kind, given), url: resource.kind === 'queue' ? queueUrl(given) : given, account: { arn: given, separator: ':', index: 4 } };
      }
      return { id, ...attributes(resource?.kind ?? 'bus', id), account: 'AWS::AccountId' };
    },
  };
};

/** Where the name stands in the ARN of somebody else's resource (service authorization reference, resource types). */
const nameIn = (kind: Resource['kind'], arn: string): ArnPart => {
  switch (kind) {
    case 'table': case 'stream': case 'bus': return { arn, separator: '/', index: 1 };
    case 'workflow': return { arn, separator: ':', index: 6 };
    default: return { arn, separator: ':', index: 5 };
  }
};

/** The URL of somebody else's queue, whose ARN is known (Amazon SQS developer guide, queue identifiers). */
const queueUrl = (arn: string): readonly Piece[] => {
  const part = (index: number): ArnPart => ({ arn, separator: ':', index });
  return ['https://sqs.', part(3), '.', { variable: 'AWS::URLSuffix' }, '/', part(4), '/', part(5)];
};

/** What `Ref` gives differs by type: a name, an ARN or a URL (CloudFormation resource reference, return values). */
const attributes = (kind: Resource['kind'], id: string): { arn: string; name: string; url: string } => {
  switch (kind) {
    case 'queue': return { arn: `${id}.Arn`, name: `${id}.QueueName`, url: id };
    case 'topic': return { arn: id, name: `${id}.TopicName`, url: id };
    case 'workflow': return { arn: id, name: `${id}.Name`, url: id };
    case 'bus': return { arn: `${id}.Arn`, name: `${id}.Name`, url: id };
    default: return { arn: `${id}.Arn`, name: id, url: id };
  }
};
