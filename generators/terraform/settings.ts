import { sortBy } from '../../src/base/order.js';
import { list } from '../../src/base/text.js';
import type { Api, Stage } from '../../src/ir/index.js';
import { cacheSizes, caches } from '../kit/aws/cache.js';
import { defaultThrottle, stageVariableNames } from '../kit/aws/throttles.js';
import { block, call, hcl, hclMap, Label, nested, text, type Block, type HclBody } from '../kit/hcl.js';
import { apiUrl, edgeOutputs, edgeValues, edgeVariables } from './edge.js';
import type { Names } from './names.js';
import { rolloutOutputs } from './rollout.js';
import type { Unit } from './units.js';

/** `versions.tf`. Where the state is kept is for the developer to say, in a file of their own beside it. */
export const versionBlocks = (api: Api): Block[] => [
  block('terraform', [], {
    required_version: '>= 1.5.0',
    required_providers: nested({ aws: { source: 'hashicorp/aws', version: '~> 5.100' } }),
  }, `${deployment(api)}\nState is kept where a \`backend.tf\` of your own beside this file says.`),
  block('provider', ['aws'], {
    default_tags: nested({ tags: call('merge', { Api: api.name, Stage: hcl`var.stage` }, hcl`var.tags`) }),
  }),
];

const deployment = (api: Api): string => {
  const [stage] = api.stages.keys();
  return `Deploy: npm run build && terraform -chdir=infra init && terraform -chdir=infra apply${stage === undefined ? '' : ` -var-file=${stage}.tfvars`}`;
};

/** `main.tf`: what the account and the provider know, and what names begin with. */
export const mainBlocks = (names: Names): Block[] => [
  ...['aws_caller_identity', 'aws_partition', 'aws_region'].map((type) => block('data', [type, 'current'], {})),
  block('locals', [], { name: text`${names.prefix}-${hcl`var.stage`}` }),
];

/** `variables.tf`. A stage has its values in a file of its name. */
export const variableBlocks = (api: Api, names: Names, logsByAccount: boolean): Block[] => {
  const stages = [...api.stages.keys()];
  return [
    block('variable', ['stage'], {
      type: hcl`string`,
      description: stages.length > 0 ? `Which stage this is: ${list(stages, 'or')}` : 'Name of the stage',
      default: stages.length > 1 ? undefined : stages[0] ?? 'dev',
      validation: nested({
        condition: stages.length > 0 ? call('contains', stages, hcl`var.stage`) : hcl`can(regex("^[A-Za-z0-9_-]{1,20}$", var.stage))`,
        error_message: stages.length > 0 ? 'The document has no such stage.' : 'A stage has a short name of letters, digits, underscores and dashes.',
      }),
    }),
    ...(stageVariableNames(api).length > 0 ? [block('variable', ['stage_variables'], {
      type: hcl`map(string)`,
      description: 'What the stage tells the API and its functions',
      default: {},
    })] : []),
    block('variable', ['throttle'], {
      type: hcl`object({ rate = number, burst = number })`,
      description: 'Requests a second, and at once, on each route that has no limit of its own',
      default: { ...defaultThrottle },
    }),
    ...(caches(api) ? [block('variable', ['cache_size'], {
      type: hcl`number`,
      description: 'Size of the cache of answers in GB; none keeps no answers',
      default: null,
      validation: nested({
        condition: hcl`contains([${new Label(cacheSizes.join(', '))}], coalesce(var.cache_size, ${cacheSizes[0] ?? 0}))`,
        error_message: 'A cache has one of the sizes that API Gateway offers.',
      }),
    })] : []),
    ...edgeVariables(api),
    ...([...api.resources.values()].some(({ kind, existing }) => kind === 'table' && existing === undefined) ? [block('variable', ['deletion_protection'], {
      type: hcl`bool`,
      description: 'Whether tables refuse to be deleted; apply `false` before they are to go',
      default: true,
    })] : []),
    ...(logsByAccount ? [block('variable', ['create_account_log_role'], {
      type: hcl`bool`,
      description: 'REST APIs log with a role that belongs to the account and region: make it here, if there is none',
      default: false,
    })] : []),
    ...sortBy(names.variables, ([label]) => label).map(([label, { name, what, list: several, default: usual }]) => block('variable', [label], {
      type: several ? hcl`list(string)` : hcl`string`,
      description: what ?? `ARN of what the document calls ${name.slice(0, 200)}`,
      default: name.startsWith('arn:') && what === undefined ? name : usual,
    })),
    block('variable', ['tags'], { type: hcl`map(string)`, description: 'Tags of every resource, beside the API and the stage', default: {} }),
  ];
};

/** `<stage>.tfvars`: what differs from stage to stage; the archives are the same. */
export const stageValues = (api: Api, stage: Stage): HclBody => ({
  stage: stage.name,
  throttle: { rate: stage.throttle?.rate ?? defaultThrottle.rate, burst: stage.throttle?.burst ?? defaultThrottle.burst },
  ...(stageVariableNames(api).length > 0 ? { stage_variables: hclMap([...stage.variables]) } : {}),
  ...(caches(api) && stage.cacheSize !== undefined ? { cache_size: stage.cacheSize } : {}),
  ...edgeValues(api, stage),
});

/** `outputs.tf`. */
export const outputBlocks = (api: Api, units: readonly Unit[], names: Names): Block[] => [
  block('output', ['api_id'], { description: 'The id of the API, for other configurations and for the command line', value: names.api.id }),
  block('output', ['api_url'], { description: 'Where the API answers', value: apiUrl(api) }),
  ...edgeOutputs(api),
  ...rolloutOutputs(units),
];
