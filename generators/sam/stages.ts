import { pascal } from '../../src/base/text.js';
import type { Api, Stage } from '../../src/ir/index.js';
import { defaultThrottle, stageVariableNames } from '../kit/aws/throttles.js';
import { Tagged, type YamlValue } from '../kit/yaml.js';
import type { LogicalIds } from './names.js';

type Yaml = { readonly [key: string]: YamlValue };

/** What some stages have and others lack: a column of the stages' table, and a condition that tells where it is filled. */
const columns: { readonly [name: string]: (stage: Stage) => string | undefined } = {
  BasePath: ({ basePath }) => basePath?.replace(/^\/|\/$/g, ''),
  CacheSize: ({ cacheSize }) => (cacheSize === undefined ? undefined : String(cacheSize)),
  Domain: ({ domain }) => domain,
  Firewall: ({ waf }) => (waf ? 'yes' : undefined),
};
export type Column = 'BasePath' | 'CacheSize' | 'Domain' | 'Firewall';

/** Some of it has a meaning on one kind of API only, or with something else. */
const asked = (api: Api, column: Column): boolean => (column === 'BasePath' ? has(api, 'Domain') : column === 'Domain' || api.protocol.kind === 'rest');

/** Whether any stage has it. */
export const has = (api: Api, column: Column): boolean => asked(api, column) && [...api.stages.values()].some((stage) => (columns[column]?.(stage) ?? '') !== '');

/** The name of the condition that holds where a stage has it. */
export const condition = (column: Column): string => `Has${column}`;

/** What the stage that is deployed has there. */
export const ofStage = (column: string, ids: Pick<LogicalIds, 'stage'> = { stage: 'Stage' }): YamlValue => new Tagged('!FindInMap', ['Stages', new Tagged('!Ref', ids.stage), column]);

export const noValue = new Tagged('!Ref', 'AWS::NoValue');

const used = (api: Api): Column[] => (Object.keys(columns) as Column[]).filter((column) => has(api, column));
const variableColumn = (name: string): string => `Variable${pascal(name)}`;

/** Values that differ by stage: one template serves all, and the stage picks its column. */
export const stageMappings = (api: Api): Yaml =>
  Object.fromEntries([...api.stages.values()].map((stage) => [stage.name, {
    ThrottlingRateLimit: stage.throttle?.rate ?? defaultThrottle.rate,
    ThrottlingBurstLimit: stage.throttle?.burst ?? defaultThrottle.burst,
    ...Object.fromEntries(used(api).map((column) => [column, columns[column]?.(stage) ?? ''])),
    ...Object.fromEntries(stageVariableNames(api).map((name) => [variableColumn(name), stage.variables.get(name) ?? ''])),
  }]));

/** What a stage leaves out is absent there; the service takes nothing empty. */
export const stageConditions = (api: Api, ids: LogicalIds): Yaml =>
  Object.fromEntries([...used(api), ...stageVariableNames(api).map(variableColumn)].map((column) => [`Has${column}`, new Tagged('!Not', [new Tagged('!Equals', [ofStage(column, ids), ''])])]));

export const stageVariables = (api: Api, property: string): Yaml => {
  const names = stageVariableNames(api);
  if (names.length === 0) return {};
  return { [property]: Object.fromEntries(names.map((name) => [name, new Tagged('!If', [`Has${variableColumn(name)}`, ofStage(variableColumn(name)), noValue])])) };
};

export const stageThrottle = (api: Api): Yaml => (api.stages.size === 0
  ? { ThrottlingRateLimit: defaultThrottle.rate, ThrottlingBurstLimit: defaultThrottle.burst }
  : { ThrottlingRateLimit: ofStage('ThrottlingRateLimit'), ThrottlingBurstLimit: ofStage('ThrottlingBurstLimit') });
