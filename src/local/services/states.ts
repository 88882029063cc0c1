import { isObject, own, type Json, type JsonObject } from '../../base/json.js';
import type { Clock } from '../clock.js';
import { ruleFits } from './state-choice.js';
import { evaluatePath, payload, StateError, valueAt, withValue, type Scope } from './state-paths.js';

/**
 * The Amazon States Language with JSONPath, as far as it is served here: all eight types of states, retriers and catchers. The one
 * package that is kept (aws-local-stepfunctions) wants a newer Node than this one, brings clients of the cloud and waits by the
 * machine's clock; the others have not been touched for years.
 */
export interface Surroundings {
  readonly clock: Clock;
  /** Does the work of a `Task`. */
  readonly task: (resource: string, input: Json) => Promise<Json>;
  /** `$$` but for the state. */
  readonly context: JsonObject;
}

const types: readonly string[] = ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'];
const machineIn = (state: JsonObject, name: string): JsonObject | undefined => {
  const value = own(state, name) ?? null;
  return isObject(value) ? value : undefined;
};
const listIn = (state: JsonObject, name: string): readonly JsonObject[] => {
  const value = own(state, name);
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
};
const innerMachines = (state: JsonObject): readonly JsonObject[] => [...listIn(state, 'Branches'), machineIn(state, 'Iterator'), machineIn(state, 'ItemProcessor')].filter((machine) => machine !== undefined);

/** What of a definition is not served here, each by its name. */
export const unserved = (machine: JsonObject): readonly string[] => {
  if (own(machine, 'QueryLanguage') === 'JSONata') return ['JSONata'];
  const states = machineIn(machine, 'States') ?? {};
  return [...new Set(Object.entries(states).flatMap(([name, state]) => {
    if (!isObject(state)) return [`the state ${name}`];
    const type = String(own(state, 'Type'));
    const resource = own(state, 'Resource');
    return [
      ...(types.includes(type) ? [] : [`the type ${type} of ${name}`]),
      ...(own(state, 'QueryLanguage') === 'JSONata' ? ['JSONata'] : []),
      ...(own(state, 'ItemReader') !== undefined || own(state, 'ItemBatcher') !== undefined || own(state, 'ResultWriter') !== undefined ? [`the distributed map of ${name}`] : []),
      ...(typeof resource === 'string' && /\.waitForTaskToken$|:activity:/.test(resource) ? [`the callback that ${name} waits for`] : []),
      ...(own(state, 'Assign') !== undefined ? [`variables, which ${name} assigns`] : []),
      ...innerMachines(state).flatMap(unserved),
    ];
  }))];
};

/** Runs a machine to its end. What fails is a `StateError`. */
export const runMachine = async (machine: JsonObject, given: Json, around: Surroundings): Promise<Json> => {
  let name = String(own(machine, 'StartAt'));
  let input = given;
  for (;;) {
    const state = machineIn(machineIn(machine, 'States') ?? {}, name);
    if (!state) throw new StateError('States.Runtime', `There is no state ${name}`);
    const { output, next } = await runState(name, state, input, around);
    if (next === undefined) return output;
    [name, input] = [next, output];
  }
};

interface Step { readonly output: Json; readonly next: string | undefined }

const runState = async (name: string, state: JsonObject, raw: Json, around: Surroundings): Promise<Step> => {
  const tried = new Map<JsonObject, number>();
  for (;;) {
    const context = { ...around.context, State: { Name: name, EnteredTime: new Date(around.clock.now()).toISOString(), RetryCount: [...tried.values()].reduce((sum, each) => sum + each, 0) } };
    try {
      return await attempt(state, raw, { ...around, context });
    } catch (thrown) {
      const error = thrown instanceof StateError ? thrown : new StateError('States.TaskFailed', thrown instanceof Error ? thrown.message : String(thrown));
      const retrier = listIn(state, 'Retry').find((each) => matches(each, error));
      const attempts = retrier ? tried.get(retrier) ?? 0 : 0;
      if (retrier && attempts < Number(own(retrier, 'MaxAttempts') ?? 3)) {
        tried.set(retrier, attempts + 1);
        const seconds = Number(own(retrier, 'IntervalSeconds') ?? 1) * Number(own(retrier, 'BackoffRate') ?? 2) ** attempts;
        await around.clock.wait(Math.min(seconds, Number(own(retrier, 'MaxDelaySeconds') ?? Infinity)) * 1000);
        continue;
      }
      const catcher = listIn(state, 'Catch').find((each) => matches(each, error));
      if (!catcher) throw error;
      return { output: placed(raw, own(catcher, 'ResultPath'), { Error: error.error, Cause: error.reason }), next: String(own(catcher, 'Next')) };
    }
  }
};

/** A wildcard does not take what no retry can mend. */
const matches = (handler: JsonObject, { error }: StateError): boolean => {
  const names = own(handler, 'ErrorEquals');
  return Array.isArray(names) && (names as readonly Json[]).some((name) => name === error || (name === 'States.ALL' && error !== 'States.Runtime') || (name === 'States.TaskFailed' && error !== 'States.Timeout' && error !== 'States.Runtime'));
};

const placed = (input: Json, path: Json | undefined, result: Json): Json =>
  (path === null ? input : path === undefined || path === '$' ? result : withValue(input, String(path), result));

const attempt = async (state: JsonObject, raw: Json, around: Surroundings): Promise<Step> => {
  const { context, clock } = around;
  const select = (name: string, from: Json): Json => {
    const path = own(state, name);
    return path === null ? {} : path === undefined ? from : valueAt(String(path), { input: from, context });
  };
  const filtered = select('InputPath', raw);
  const shaped = (name: string, from: Json): Json => {
    const template = own(state, name);
    return template === undefined ? from : payload(template, { input: from, context });
  };
  const done = (result: Json): Step => {
    const output = select('OutputPath', placed(raw, own(state, 'ResultPath'), shaped('ResultSelector', result)));
    const next = own(state, 'Next');
    return { output, next: typeof next === 'string' ? next : undefined };
  };
  const scope: Scope = { input: filtered, context };
  switch (own(state, 'Type')) {
    case 'Pass': return done(own(state, 'Result') ?? shaped('Parameters', filtered));
    case 'Task': return done(await limited(state, around, scope, around.task(String(own(state, 'Resource')), shaped('Parameters', filtered))));
    case 'Parallel': return done(await Promise.all(innerMachines(state).map((branch) => runMachine(branch, shaped('Parameters', filtered), around))));
    case 'Map': return done(await mapped(state, scope, around));
    case 'Succeed': return { output: select('OutputPath', filtered), next: undefined };
    case 'Fail': {
      const told = (name: string): string => {
        const path = own(state, `${name}Path`);
        return String(typeof path === 'string' ? evaluatePath(path, scope) : own(state, name) ?? '');
      };
      throw new StateError(told('Error'), told('Cause'));
    }
    case 'Wait': {
      const value = (what: string): Json | undefined => {
        const path = own(state, `${what}Path`);
        return typeof path === 'string' ? valueAt(path, scope) : own(state, what);
      };
      const [seconds, until] = [value('Seconds'), value('Timestamp')];
      await clock.wait(seconds === undefined ? Date.parse(String(until)) - clock.now() : Number(seconds) * 1000);
      return done(filtered);
    }
    case 'Choice': {
      const rule = listIn(state, 'Choices').find((each) => ruleFits(each, scope));
      const next = rule ? own(rule, 'Next') : own(state, 'Default');
      if (typeof next !== 'string') throw new StateError('States.NoChoiceMatched', 'No choice fits the input, and there is no default');
      return { output: select('OutputPath', filtered), next };
    }
    default: throw new StateError('States.Runtime', `States of the type ${String(own(state, 'Type'))} are not served here`);
  }
};

/** A task that takes longer than it may. */
const limited = (state: JsonObject, { clock }: Surroundings, scope: Scope, work: Promise<Json>): Promise<Json> => {
  const path = own(state, 'TimeoutSecondsPath');
  const seconds = typeof path === 'string' ? valueAt(path, scope) : own(state, 'TimeoutSeconds');
  return seconds === undefined ? work : Promise.race([work, clock.wait(Number(seconds) * 1000).then(() => { throw new StateError('States.Timeout', `The task took longer than ${String(seconds)} s`); })]);
};

const mapped = async (state: JsonObject, scope: Scope, around: Surroundings): Promise<Json> => {
  const path = own(state, 'ItemsPath');
  const items = typeof path === 'string' ? valueAt(path, scope) : scope.input;
  if (!Array.isArray(items)) throw new StateError('States.Runtime', 'What a map goes over is no list');
  const [machine] = innerMachines(state);
  const most = Number(own(state, 'MaxConcurrency') ?? 0) || items.length;
  const template = own(state, 'ItemSelector') ?? own(state, 'Parameters');
  const results: Json[] = [];
  for (let from = 0; from < items.length; from += most) {
    results.push(...await Promise.all((items as readonly Json[]).slice(from, from + most).map((value, index) => {
      const context = { ...around.context, Map: { Item: { Index: from + index, Value: value } } };
      return runMachine(machine ?? {}, template === undefined ? value : payload(template, { input: scope.input, context }), { ...around, context });
    })));
  }
  return results;
};
