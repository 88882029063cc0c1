import { compare } from '../../src/base/order.js';
import { list } from '../../src/base/text.js';
import type { Api } from '../../src/ir/index.js';
import { httpDefinition } from '../kit/aws/definition-http.js';
import { restDefinition } from '../kit/aws/definition-rest.js';
import { safeText } from '../kit/aws/models.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import { clientRateResources } from './client-rates.js';
import { backingResources } from './backing.js';
import { apiUrl, domainOutputs, domainResources, edgeParameters, edgeRules, firewallResources } from './domain.js';
import { functionResources, type Resources } from './functions.js';
import { httpGateway, restGateway } from './gateway.js';
import { withGlobals } from './globals.js';
import { claimIds, type LogicalIds } from './names.js';
import { roleResources } from './roles.js';
import { nest, type Nested } from './nest.js';
import { resourceCount } from './resource-count.js';
import { rolloutOutputs } from './rollout.js';
import { stageConditions, stageMappings } from './stages.js';
import { workerFunctions } from './workers.js';

export interface Template {
  readonly value: YamlValue;
  /** Functions that have no room in it. */
  readonly nested: readonly Nested[];
  /** Of the template itself. */
  readonly resources: number;
  /** Schema keywords that its models could not hold. */
  readonly lost: readonly string[];
}

/** The SAM template of an API, as plain data. */
export const template = (api: Api): Template => {
  const ids = claimIds(api);
  const rest = api.protocol.kind === 'rest' ? restDefinition(api) : undefined;
  const functions = [...functionResources(api, ids), ...workerFunctions(api, ids)];
  const { resources, nested } = nest(Object.assign({
    ...(rest ? restGateway(api, rest, ids) : httpGateway(api, httpDefinition(api), ids)),
    ...domainResources(api, ids),
    ...firewallResources(api, ids),
    ...clientRateResources(api, ids),
    ...roleResources(api, ids),
  } satisfies Resources, ...functions.flatMap(({ own, permissions }) => [own, permissions]), backingResources(api, ids)), functions.map(({ own }) => own));
  const logsByAccount = api.protocol.kind === 'rest' && api.observability.accessLog === 'json';
  const conditions = {
    ...(api.stages.size > 0 ? stageConditions(api, ids) : {}),
    ...(logsByAccount ? { CreateAccountLogRole: new Tagged('!Equals', [new Tagged('!Ref', 'AccountLogging'), 'create']) } : {}),
  };
  const rules = edgeRules(api, ids);
  return {
    nested,
    resources: resourceCount(resources),
    lost: rest ? [...rest.lost].sort() : [],
    value: {
      AWSTemplateFormatVersion: '2010-09-09',
      Transform: 'AWS::Serverless-2016-10-31',
      Description: description(api),
      Parameters: parameters(api, ids, logsByAccount),
      ...(Object.keys(rules).length > 0 ? { Rules: rules } : {}),
      ...(api.stages.size > 0 ? { Mappings: { Stages: stageMappings(api) } } : {}),
      ...(Object.keys(conditions).length > 0 ? { Conditions: conditions } : {}),
      ...withGlobals(resources),
      Outputs: {
        ApiUrl: { Description: 'Where the API answers', Value: apiUrl(api, ids) },
        ApiId: { Description: 'The id of the API, for other stacks and for the command line', Value: new Tagged('!Ref', ids.api) },
        ...domainOutputs(api),
        ...rolloutOutputs(api),
      },
    },
  };
};

/** At most 1,024 bytes, one line. */
const description = (api: Api): string => {
  const title = api.title.replace(/\s+/g, ' ').slice(0, 200);
  return safeText(title) ? title : api.name;
};

const parameters = (api: Api, ids: LogicalIds, logsByAccount: boolean): { readonly [key: string]: YamlValue } => {
  const stages = [...api.stages.keys()];
  return {
    [ids.stage]: {
      Type: 'String',
      Description: stages.length > 0 ? `Which stage this is: ${list(stages, 'or')}` : 'Name of the stage',
      Default: stages[0] ?? 'dev',
      ...(stages.length > 0 ? { AllowedValues: stages } : { AllowedPattern: '[A-Za-z0-9_-]{1,128}' }),
    },
    ...(logsByAccount ? {
      AccountLogging: {
        Type: 'String',
        Description: 'REST APIs log with a role that belongs to the account and region: `create` it here, or use the one that is `present`',
        Default: 'present', AllowedValues: ['present', 'create'],
      },
    } : {}),
    ...edgeParameters(api, ids),
    ...Object.fromEntries([...ids.parameters].sort(([a], [b]) => compare(a, b)).map(([id, { name, what, list: several, default: usual }]) => [id, {
      Type: several ? 'CommaDelimitedList' : 'String',
      Description: what ?? `ARN of what the document calls ${JSON.stringify(name.slice(0, 200))}`,
      ...(name.startsWith('arn:') && what === undefined ? { Default: name } : usual === undefined ? {} : { Default: usual }),
    }])),
  };
};
