import type { Report } from '../../../src/diagnostics/collect.js';
import type { Origin } from '../../../src/base/origin.js';
import type { Api } from '../../../src/ir/index.js';
import { accessOf, usedSchemes } from './access.js';
import { quota } from './diagnostics.js';
import { guardsOf } from './guards.js';
import { needsOf } from './needs.js';
import { routesOf } from './routes.js';

/** One thing of which an account allows so many (API Gateway quotas, Lambda quotas). */
interface Count { readonly what: string; readonly count: number; readonly most: number; readonly instead: string; readonly at: Origin }

/** Bytes of a value that only the deployment knows: an ARN or a URL with an account and a name in it. */
const typicalValue = 100;
/** What is around the actions and resources of a statement. */
const policyFrame = 45;

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

/** Tells what a deployment would be refused for, while it can still be designed otherwise. */
export const judgeQuotas = (target: string, api: Api, report: Report): void => {
  for (const { at, ...count } of counts(api)) if (count.count > count.most) report(quota({ target, ...count }, at));
};

const counts = (api: Api): Count[] => {
  const paths = routesOf(api).map(({ path }) => path);
  const authorizers = usedSchemes([...api.operations.values()].map((operation) => accessOf(api, operation))).length + guardsOf(api).length;
  return [
    api.protocol.kind === 'rest'
      ? { what: 'resources, one for each step of a path', count: nodes(paths), most: 300, instead: 'Divide the document by resource, or have the quota raised.', at: api.origin }
      : { what: 'routes', count: paths.length, most: 300, instead: 'Divide the document by resource, or have the quota raised.', at: api.origin },
    { what: 'authorizers', count: authorizers, most: 10, instead: 'Let schemes share a `function`, or have the quota raised.', at: api.origin },
    ...[...api.stages.values()].map((stage): Count => ({ what: `variables in the stage \`${stage.name}\``, count: stage.variables.size, most: 100, instead: 'Keep them where functions read them.', at: stage.origin })),
    ...(api.protocol.kind === 'http' ? [...api.operations.values()].flatMap((operation): Count[] => operation.security.flatMap(({ all, origin }) => all.map(({ scheme, scopes }) => ({
      what: `scopes of \`${scheme}\` at \`${operation.id}\``, count: scopes.length, most: 10, instead: 'Ask for fewer, broader scopes.', at: origin,
    })))) : []),
    // The hundred that are left are for functions that set none aside.
    { what: 'instances aside for functions', count: sum([...api.functions.values()].map(({ settings }) => settings.reservedConcurrency ?? 0)), most: 900, instead: 'Reserve fewer, or have the account\'s concurrency raised.', at: api.origin },
    ...[...api.functions.values()].flatMap(({ name, operations }): Count[] => {
      const { environment, statements } = needsOf(api, operations);
      const bytes = sum(environment.map(([variable, value]) => variable.length + (typeof value === 'string' ? value.length : typicalValue)));
      const policy = sum(statements.map(({ Action, Resource }) => JSON.stringify(Action).length + (Resource.length * typicalValue) + policyFrame));
      return [{ what: `bytes in the policy of the function \`${name}\``, count: policy, most: 10_240, instead: 'Divide its operations among functions with `functions.split`.', at: api.origin }, { what: `bytes in the environment of the function \`${name}\``, count: bytes, most: 4_096, instead: 'Divide its operations among functions with `functions.split`.', at: api.origin }];
    }),
  ];
};

/** Steps of all paths, each once; the root counts too. */
const nodes = (paths: readonly string[]): number => new Set(paths.flatMap((path) => {
  const steps = path.split('/').filter((step) => step !== '');
  return [...steps.keys(), steps.length].map((length) => `/${steps.slice(0, length).join('/')}`);
})).size;
