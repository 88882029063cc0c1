import { defineDiagnostic } from '../../diagnostics/define.js';
import { facets } from '../../expressions/walk.js';
import type { Api, Operation } from '../../ir/index.js';
import { operationRule, routeOf } from '../rule.js';

const untracked = defineDiagnostic<{ route: string }>({
  code: 'design/untracked-202',
  level: 'note',
  summary: 'work that is accepted, and no way to follow it',
  message: ({ route }) => `${route} answers 202, and tells nobody how to follow the work`,
  help: () => 'Name the operation that reports on it with `async.status`, declare a `Location` header, or call back.',
});

const noKey = defineDiagnostic<{ route: string }>({
  code: 'design/no-idempotency-key',
  level: 'note',
  summary: 'a creation that a repeated request does twice',
  message: ({ route }) => `${route} creates something, and a caller who tries again creates it twice`,
  help: () => 'Declare an `Idempotency-Key` header.',
});

const noSunset = defineDiagnostic<{ route: string }>({
  code: 'design/no-sunset',
  level: 'note',
  summary: 'a deprecated operation that does not say until when it is there',
  message: ({ route }) => `${route} is deprecated, and does not say until when it is there`,
  help: () => 'Add `version: { sunset: … }` with the day.',
});

/** Whether the caller can ask again, or is called. */
const canBeFollowed = ({ integration, responses, callbacks }: Operation, { schemas }: Api): boolean =>
  callbacks.length > 0
  || (integration.flow.kind === 'accept' && integration.flow.status !== undefined)
  || responses.some(({ status, headers, contents }) => status === 202 && (
    headers.some(({ name }) => /^(operation-)?location$|^link$/i.test(name))
    || contents.some(({ schema }) => schema !== undefined && facets(schema, schemas).some((facet) => [...(facet.properties?.keys() ?? [])].some((name) => /(id|url|uri|href|links?)$/i.test(name))))));

export const lifeCycle = operationRule([untracked, noKey, noSunset], (operation, report, api) => {
  const { method, responses, parameters, deprecated, policy, integration: { flow }, origin } = operation;
  const route = routeOf(operation);
  if (responses.some(({ status }) => status === 202) && !canBeFollowed(operation, api)) report(untracked({ route }, origin));
  const creates = method === 'POST' && responses.some(({ status }) => status === 201);
  const keyed = parameters.some(({ in: place, name }) => place === 'header' && /idempotency|request-id/i.test(name)) || (flow.kind === 'accept' && flow.idempotencyKey !== undefined);
  if (creates && !keyed) report(noKey({ route }, origin));
  const announced = policy.version?.sunset !== undefined || responses.some(({ headers }) => headers.some(({ name }) => name.toLowerCase() === 'sunset'));
  if (deprecated && !announced) report(noSunset({ route }, origin));
});
