import { kebab } from '../base/text.js';
import type { OperationShape } from '../expressions/scope.js';
import type { Report } from '../diagnostics/collect.js';
import type { Alarm, FunctionSettings, FunctionUnit, Operation, Rollout } from '../ir/index.js';
import { parseDuration } from '../language/values.js';
import type { Facts } from '../language/bound.js';
import { functionNameCollision } from './gateway-diagnostics.js';

type Split = 'operation' | 'resource' | 'command-query' | 'api';

/** What a function is called, and in words for what; two for different things must not meet in one name. */
export interface FunctionName { readonly name: string; readonly what: string }

/** Which function serves an operation, if one does: its group, itself, or what the split makes of it. */
export const functionNameOf = (operation: OperationShape, facts: Facts, split: Split): FunctionName => {
  const settings = facts.map('function');
  const alone: FunctionName = { name: operation.fileName, what: `the operation \`${operation.id}\`` };
  if (settings?.boolean('isolate') === true) return alone;
  const group = settings?.text('group');
  if (group !== undefined) return { name: kebab(group), what: `the group \`${group}\`` };
  switch (split) {
    case 'operation':
      return alone;
    case 'resource': {
      const first = operation.path.segments.find((segment) => segment.kind === 'literal');
      const name = first?.kind === 'literal' ? kebab(first.text) : '';
      return { name: name === '' ? 'root' : name, what: name === '' ? 'the operations at the root' : `the resource \`${name}\`` };
    }
    case 'command-query':
      return operation.method === 'GET' || operation.method === 'HEAD' ? { name: 'queries', what: 'the reads' } : { name: 'commands', what: 'the writes' };
    case 'api':
      return { name: 'api', what: 'the whole API' };
  }
};

export const splitOf = (gateway: Facts): Split => gateway.map('functions')?.choice('split', ['operation', 'resource', 'command-query', 'api']) ?? 'operation';

/** Settings of one function; `fallbackMs` is how long it may run when nobody says. */
export const settingsOf = (facts: Facts | undefined, fallbackMs: number): FunctionSettings => {
  const reservedConcurrency = facts?.number('reservedConcurrency');
  const keepWarm = facts?.map('keepWarm');
  const provisioned = keepWarm?.number('provisioned');
  const rollout = facts?.map('rollout');
  return {
    runtime: facts?.text('runtime') ?? 'nodejs22.x',
    architecture: facts?.choice('architecture', ['arm64', 'x86_64']) ?? 'arm64',
    memoryMb: facts?.number('memory') ?? 256,
    timeoutMs: facts?.duration('timeout') ?? fallbackMs,
    logRetentionDays: Math.max(1, Math.round((facts?.duration('logRetention') ?? 30 * 86_400_000) / 86_400_000)),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    ...(provisioned !== undefined ? { keepWarm: { kind: 'provisioned', count: provisioned } } : keepWarm?.boolean('snapStart') === true ? { keepWarm: { kind: 'snap-start' } } : {}),
    ...(rollout ? { rollout: rolloutOf(rollout) } : {}),
  };
};

const rolloutOf = (facts: Facts): Rollout => ({
  strategy: facts.choice('strategy', ['all-at-once', 'canary', 'linear']) ?? 'all-at-once',
  percent: facts.number('percent') ?? 10,
  intervalMs: facts.duration('interval') ?? 300_000,
  alarms: facts.has('alarms') ? facts.texts('alarms').map(alarmOf) : [{ kind: 'errors' }],
});

const alarmOf = (text: string): Alarm => {
  const [, percentile, above] = /^p([0-9.]+) > (.+)$/.exec(text) ?? [];
  return percentile === undefined || above === undefined ? { kind: 'errors' } : { kind: 'latency', percentile: Number(percentile), aboveMs: parseDuration(above) ?? 0 };
};

/** What several operations ask of the one function that serves them: the most that any of them asks. */
const together = (all: readonly FunctionSettings[]): FunctionSettings => {
  const [first, ...rest] = all;
  if (!first) return settingsOf(undefined, 10_000);
  return rest.reduce<FunctionSettings>((one, other) => ({
    ...other,
    ...one,
    memoryMb: Math.max(one.memoryMb, other.memoryMb),
    timeoutMs: Math.max(one.timeoutMs, other.timeoutMs),
    logRetentionDays: Math.max(one.logRetentionDays, other.logRetentionDays),
    ...(one.reservedConcurrency === undefined || other.reservedConcurrency === undefined ? {} : { reservedConcurrency: Math.max(one.reservedConcurrency, other.reservedConcurrency) }),
  }), first);
};

/** An operation that a function serves, with what it asks of that function. */
export interface Served { readonly operation: Operation; readonly name: FunctionName; readonly facts: Facts }

/** The functions and what each serves, in the order of the operations. */
export const lowerFunctions = (served: readonly Served[], report: Report): ReadonlyMap<string, FunctionUnit> => {
  const units = new Map<string, Served[]>();
  for (const each of served) {
    if (each.operation.integration.backend.kind !== 'function') continue;
    const others = units.get(each.name.name);
    const first = others?.[0];
    if (first && first.name.what !== each.name.what) {
      report(functionNameCollision({ name: each.name.name, one: first.name.what, other: each.name.what }, each.operation.origin, [{ at: first.operation.origin, message: `${first.name.what} is here` }]));
    }
    units.set(each.name.name, [...(others ?? []), each]);
  }
  return new Map([...units].map(([name, its]) => [name, {
    name,
    operations: its.map(({ operation }) => operation.id),
    settings: together(its.map(({ operation, facts }) => settingsOf(facts.map('function'), operation.policy.timeoutMs))),
  }]));
};
