import { layout } from '../../src/emit/layout.js';
import type { Api, FunctionSettings, Rollout } from '../../src/ir/index.js';
import { bundleFolder } from '../bundle/index.js';
import { statement, type Statement } from '../kit/aws/grants.js';
import { guardNeeds, guardsOf } from '../kit/aws/guards.js';
import { callers, needsOf, type Needs } from '../kit/aws/needs.js';
import { routesOf } from '../kit/aws/routes.js';
import { workerNeeds } from '../kit/aws/worker-needs.js';
import type { Names } from './names.js';

/** One function to deploy, whatever calls it. */
export interface Unit {
  /** Key of `local.functions`. */
  readonly key: string;
  /** Its archive in `build/`, without the ending. */
  readonly archive: string;
  readonly settings: FunctionSettings;
  readonly environment: Needs['environment'];
  readonly statements: readonly Statement[];
  /** How a new version takes over, where not at once. */
  readonly rollout?: Rollout;
  /** What of the API may call it, as the end of an ARN of the API. */
  readonly callers: readonly string[];
}

/** Only what answers requests itself is kept warm. */
const unwarmed = ({ keepWarm, ...settings }: FunctionSettings): FunctionSettings => settings;

/** Functions behind routes, authorizers and workers, in this order. */
export const unitsOf = (api: Api, names: Names): Unit[] => {
  const routes = new Map(routesOf(api).map((route) => [route.operation.id, route]));
  const archive = (entry: string): string => bundleFolder(entry).replace(/^build\//, '');
  return [
    ...[...api.functions].map(([name, { operations, settings }]): Unit => ({
      key: names.function(name), archive: archive(layout.entry(name)), settings, ...needsOf(api, operations),
      callers: callers(operations.flatMap((operation) => routes.get(operation) ?? [])).map((request) => `*/${request}`),
      ...(settings.rollout ? { rollout: settings.rollout } : {}),
    })),
    ...[...api.authorizers].map(([name, { settings }]): Unit => ({
      key: names.authorizer(name), archive: archive(layout.authorizerEntry(name)), settings: unwarmed(settings), environment: [], statements: [], callers: ['authorizers/*'],
    })),
    ...guardsOf(api).map((guard): Unit => ({ key: names.authorizer(guard.name), archive: archive(layout.authorizerEntry(guard.name)), settings: guard.settings, ...guardNeeds(guard), callers: ['authorizers/*'] })),
    ...[...api.workers].map(([name, worker]): Unit => {
      const { settings, source } = worker;
      const { environment, statements } = workerNeeds(api, worker);
      const resource = api.resources.get(source);
      const consume = resource && statement(resource, 'consume');
      return { key: names.worker(name), archive: archive(layout.workerEntry(name)), settings: unwarmed(settings), environment, statements: consume ? [consume, ...statements] : statements, callers: [] };
    }),
  ];
};
