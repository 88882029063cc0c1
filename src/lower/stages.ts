import { builtin } from '../base/origin.js';
import type { Stage } from '../ir/index.js';
import type { Facts } from '../language/bound.js';

/** `x-gateway.stages`, by name; one called `prod` where the document names none. */
export const lowerStages = (gateway: Facts): ReadonlyMap<string, Stage> => {
  const written = (gateway.map('stages')?.maps() ?? []).map(([name, facts]) => [name, lowerStage(name, facts)] as const);
  return new Map(written.length > 0 ? written : [['prod', { origin: builtin, name: 'prod', variables: new Map(), waf: false }]]);
};

const lowerStage = (name: string, facts: Facts): Stage => {
  const variables = facts.map('variables');
  const domain = facts.text('domain');
  const basePath = facts.text('basePath');
  const cacheSize = facts.number('cacheSize');
  const rate = facts.map('throttle')?.number('rate');
  const burst = facts.map('throttle')?.number('burst');
  return {
    origin: facts.origin,
    name,
    variables: new Map((variables?.keys() ?? []).map((key) => [key, variables?.text(key) ?? ''])),
    ...(domain === undefined ? {} : { domain }),
    ...(basePath === undefined ? {} : { basePath }),
    ...(cacheSize === undefined ? {} : { cacheSize }),
    waf: facts.boolean('waf') ?? false,
    ...(rate === undefined || burst === undefined ? {} : { throttle: { rate, burst } }),
  };
};

/** Every name that some stage gives a value. */
export const variableNames = (stages: ReadonlyMap<string, Stage>): ReadonlySet<string> =>
  new Set([...stages.values()].flatMap((stage) => [...stage.variables.keys()]));
