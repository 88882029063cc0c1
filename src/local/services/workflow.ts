import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../base/json.js';
import type { Clock } from '../clock.js';
import { arnOf } from './address.js';
import { ServiceFailure } from './failure.js';
import { StateError } from './state-paths.js';
import { runMachine, unserved } from './states.js';

export type RunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
export interface Run {
  readonly arn: string;
  readonly name: string;
  /** JSON text, as it was given. */
  readonly input: string;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly status: RunStatus;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface WorkflowSettings { readonly name: string; readonly definition?: JsonObject | undefined; readonly type: 'standard' | 'express' }

export interface Workflow {
  readonly settings: WorkflowSettings;
  readonly start: (input: string, name?: string) => { readonly run: Run; readonly finished: Promise<Run> };
  readonly runs: () => readonly Run[];
  readonly clear: () => void;
}

/** What is deployed for a workflow without a definition. */
const nothing: JsonObject = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };
/** How long an express run may take. */
const expressMs = 300_000;
const inputBytes = 262_144;

/** A state machine and its runs. */
export const createWorkflow = (settings: WorkflowSettings, clock: Clock, task: (resource: string, input: Json) => Promise<Json>): Workflow => {
  const { name: machine, definition = nothing, type } = settings;
  const runs = new Map<string, { run: Run; readonly finished: Promise<Run> }>();
  const lacking = unserved(definition);
  const limit = type === 'express' ? expressMs : Infinity;
  const seconds = Number(definition['TimeoutSeconds'] ?? Infinity);

  const perform = async (run: Run, input: Json): Promise<Run> => {
    const context = { Execution: { Id: run.arn, Name: run.name, Input: input, StartTime: new Date(run.startedAt).toISOString() }, StateMachine: { Id: arnOf('states', `stateMachine:${machine}`), Name: machine } };
    const work = runMachine(definition, input, { clock, task, context });
    const longest = Math.min(limit, seconds * 1000);
    const late = longest === Infinity ? [] : [clock.wait(longest).then(() => { throw new StateError('States.Timeout', ''); })];
    try {
      const output = await Promise.race([work, ...late]);
      return { ...run, status: 'SUCCEEDED', stoppedAt: clock.now(), output: JSON.stringify(output) };
    } catch (error) {
      const { error: code, reason } = error instanceof StateError ? error : new StateError('States.Runtime', error instanceof Error ? error.message : String(error));
      return { ...run, status: code === 'States.Timeout' ? 'TIMED_OUT' : 'FAILED', stoppedAt: clock.now(), error: code, cause: reason };
    }
  };

  return {
    settings,
    start: (text, asked) => {
      if (lacking.length > 0) throw new ServiceFailure('InvalidDefinition', `The definition of ${machine} has what is not served here: ${lacking.join(', ')}.`);
      if (asked !== undefined && !/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/u.test(asked)) throw new ServiceFailure('InvalidName', `Invalid Name: '${asked}'`);
      let input: Json;
      try {
        input = JSON.parse(text === '' ? '{}' : text) as Json;
      } catch {
        throw new ServiceFailure('InvalidExecutionInput', 'The input is no JSON.');
      }
      if (Buffer.byteLength(text) > inputBytes) throw new ServiceFailure('ValidationException', 'The input is larger than one may be.');
      const before = asked === undefined || type === 'express' ? undefined : runs.get(asked);
      // The same start again, while it runs, is the same run (API reference, StartExecution).
      if (before && before.run.status === 'RUNNING' && before.run.input === text) return before;
      if (before) throw new ServiceFailure('ExecutionAlreadyExists', `Execution Already Exists: '${before.run.arn}'`);
      const name = asked ?? randomUUID();
      const run: Run = { name, input: text, startedAt: clock.now(), status: 'RUNNING', arn: arnOf('states', type === 'express' ? `express:${machine}:${name}:${randomUUID()}` : `execution:${machine}:${name}`) };
      const finished = perform(run, input).then((ended) => {
        entry.run = ended;
        return ended;
      });
      const entry = { run, finished };
      runs.set(type === 'express' ? run.arn : name, entry);
      return entry;
    },
    runs: () => [...runs.values()].map(({ run }) => run),
    clear: () => runs.clear(),
  };
};
