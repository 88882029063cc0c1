import { at } from '../../base/origin.js';
import { nearest } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Operation, Version } from '../../ir/index.js';
import { datedRoute, upgradesTo } from '../../ir/versions.js';
import { operationRule, routeOf } from '../rule.js';

const chain = defineDiagnostic<{ route: string; why: string }>({
  code: 'version/chain',
  level: 'error',
  summary: 'an older version whose next version cannot be it',
  message: ({ route, why }) => `${route} says by which operation it is replaced, and ${why}`,
  help: () => 'Name in `replacedBy` the `operationId` of the next version: one version follows each, and dates rise along them.',
});

const backend = defineDiagnostic<{ route: string; other: string }>({
  code: 'version/backend',
  level: 'error',
  summary: 'an older version where there is no handler to do its work',
  message: ({ route, other }) => `${route} is done by the code of the next version, and ${other} is not done by a handler`,
  help: () => 'Take the request and the answer of a function with the normalised payload in both versions, or give the older version an integration of its own, without `replacedBy`.',
});

const routed = defineDiagnostic<{ route: string; why: string }>({
  code: 'version/header',
  level: 'error',
  summary: 'a route that answers several versions, and cannot tell which',
  message: ({ route, why }) => `${route} answers older versions by a header, and ${why}`,
  help: () => 'Declare the header as a parameter that need not be there, give each version its own `date` and the same path variables, and let `default` be one of the dates.',
});

const day = defineDiagnostic<{ key: string; value: string }>({
  code: 'version/day',
  level: 'error',
  summary: 'a day of a version that is in no calendar',
  message: ({ key, value }) => `\`${key}\` is ${value}, and there is no such day`,
  help: () => 'Write a day of the calendar, as 2026-01-15.',
});

const days = ['date', 'default', 'deprecated', 'sunset'] as const;
const exists = (value: string): boolean => {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

/** Takes a request and answers it, in code. */
const handled = ({ integration: { backend: behind, flow } }: Operation): boolean => behind.kind === 'function' && behind.payload === 'normalised' && !behind.task && flow.kind === 'wait';

const variables = ({ path }: Operation): string => path.text.match(/\{[^}]+\}/g)?.sort().join() ?? '';

export const versions = operationRule([chain, backend, routed, day], (operation, report, { operations }) => {
  const { version } = operation.policy;
  if (!version) return;
  const route = routeOf(operation);
  for (const key of days) {
    const value = version[key];
    if (value !== undefined && !exists(value)) report(day({ key, value }, at(version.origin, key)));
  }
  if (version.replacedBy !== undefined) {
    const why = wrongChain(operation, version, operations);
    const [newer] = upgradesTo(operations, operation);
    const other = [operation, newer].find((each) => each && !handled(each));
    if (why !== undefined) report(chain({ route, why }, at(version.origin, 'replacedBy')));
    else if (other) report(backend({ route, other: routeOf(other) }, at(version.origin, 'replacedBy'), [{ at: other.integration.origin, message: 'this one' }]));
  }
  const why = wrongHeader(operation, version, operations);
  if (why !== undefined) report(routed({ route, why }, at(version.origin, 'header')));
});

type Operations = ReadonlyMap<string, Operation>;

const wrongChain = (operation: Operation, { replacedBy = '', date }: Version, operations: Operations): string | undefined => {
  const next = operations.get(replacedBy);
  if (!next) {
    const near = nearest(replacedBy, operations.keys());
    return `there is no operation \`${replacedBy}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`;
  }
  if (next === operation || upgradesTo(operations, next).includes(operation)) return 'so it is replaced by itself in the end';
  const later = next.policy.version?.date;
  if (date !== undefined && later !== undefined && later <= date) return `\`${replacedBy}\` is of ${later}, which is not later than ${date}`;
  const rival = [...operations.values()].find((each) => each !== operation && each.policy.version?.replacedBy === replacedBy);
  return rival ? `\`${rival.id}\` is replaced by the same one` : undefined;
};

const wrongHeader = (operation: Operation, { header, date, default: pinned }: Version, operations: Operations): string | undefined => {
  const predecessors = [...operations.values()].filter((each) => upgradesTo(operations, each).includes(operation));
  // Where the chain is wrong, that has been told.
  if (header === undefined || predecessors.length === 0 || upgradesTo(operations, operation).some((each) => predecessors.includes(each))) return undefined;
  const undated = [operation, ...predecessors].find(({ policy }) => policy.version?.date === undefined);
  if (undated) return `\`${undated.id}\` has no date`;
  const route = datedRoute(operations, operation);
  const declared = operation.parameters.find((parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === route?.header);
  if (!declared) return `\`${header}\` is none of its parameters`;
  if (declared.required && pinned !== undefined && pinned !== date) return `\`${header}\` must be there, so that nobody gets the default`;
  const dates = [date, ...predecessors.map(({ policy }) => policy.version?.date)];
  if (pinned !== undefined && !dates.includes(pinned)) return `its default, ${pinned}, is the date of no version`;
  const other = predecessors.find((each) => variables(each) !== variables(operation));
  if (other) return `${other.path.text} has other path variables than ${operation.path.text}`;
  const foreign = predecessors.find(({ method }) => method !== operation.method);
  return foreign ? `\`${foreign.id}\` has another method` : undefined;
};
