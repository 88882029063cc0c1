import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/base/json.js';
import { testClock } from '../../../src/local/clock.js';
import { StateError } from '../../../src/local/services/state-paths.js';
import { createWorkflow } from '../../../src/local/services/workflow.js';

const one = (state: object): JsonObject => ({ StartAt: 'A', States: { A: { End: true, ...state } } as JsonObject });
const runOf = (definition: JsonObject, task: (resource: string, input: Json) => Promise<Json> = () => Promise.resolve(null), type: 'standard' | 'express' = 'standard') => {
  const clock = testClock(() => 0);
  const workflow = createWorkflow({ name: 'w', type, definition }, clock, task);
  return { clock, workflow, run: async (input: Json) => {
    const { status, output, error, cause } = await workflow.start(JSON.stringify(input)).finished;
    return status === 'SUCCEEDED' ? (JSON.parse(output ?? 'null') as Json) : [error, cause];
  } };
};
const choice = (rule: object): JsonObject => ({ StartAt: 'A', States: { A: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' }, Yes: { Type: 'Pass', Result: 'yes', End: true }, No: { Type: 'Pass', Result: 'no', End: true } } as JsonObject });

describe('a workflow', () => {
  it.each<[string, JsonObject, Json, Json]>([
    ['a pass', one({ Type: 'Pass' }), { a: 1 }, { a: 1 }],
    ['a result at its place', one({ Type: 'Pass', Result: 2, ResultPath: '$.b.c' }), { a: 1 }, { a: 1, b: { c: 2 } }],
    ['a result that is dropped', one({ Type: 'Pass', Result: 2, ResultPath: null }), { a: 1 }, { a: 1 }],
    ['paths in and out', one({ Type: 'Pass', InputPath: '$.a', OutputPath: '$.b' }), { a: { b: 3 } }, 3],
    ['parameters', one({ Type: 'Pass', Parameters: { 'a.$': '$.x[0]', 'all.$': '$.x[*]', fixed: 1, deep: { 'name.$': '$$.StateMachine.Name' } } }), { x: [1, 2] }, { a: 1, all: [1, 2], fixed: 1, deep: { name: 'w' } }],
    ['functions', one({ Type: 'Pass', Parameters: { 'a.$': "States.Format('{}-{}', $.x, States.ArrayLength(States.Array(1, 'b')))", 'b.$': 'States.MathAdd($.n, 2)', 'c.$': "States.StringToJson('{\"q\":1}')" } }), { x: 'v', n: 1 }, { a: 'v-2', b: 3, c: { q: 1 } }],
    ['branches', one({ Type: 'Parallel', Branches: [one({ Type: 'Pass', Result: 1 }), one({ Type: 'Pass' })] }), 'in', [1, 'in']],
    ['a map', one({ Type: 'Map', ItemsPath: '$.xs', MaxConcurrency: 2, ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'k.$': '$.k' }, ItemProcessor: one({ Type: 'Pass' }) }), { xs: ['a', 'b', 'c'], k: 1 }, [{ i: 0, v: 'a', k: 1 }, { i: 1, v: 'b', k: 1 }, { i: 2, v: 'c', k: 1 }]],
    ['a failure', one({ Type: 'Fail', Error: 'Mine', CausePath: '$.why' }), { why: 'so' }, ['Mine', 'so']],
    ['a path to nowhere', one({ Type: 'Pass', InputPath: '$.a.b' }), {}, ['States.ParameterPathFailure', expect.any(String) as unknown as string]],
    ['a number', choice({ Variable: '$.n', NumericGreaterThan: 3 }), { n: 4 }, 'yes'],
    ['a number of another type', choice({ Variable: '$.n', NumericGreaterThan: 3 }), { n: '4' }, 'no'],
    ['a pattern', choice({ Variable: '$.n', StringMatches: 'a*.t?xt' }), { n: 'abc.t?xt' }, 'yes'],
    ['what is there', choice({ And: [{ Variable: '$.a', IsPresent: true }, { Not: { Variable: '$.b', IsPresent: true } }] }), { a: null }, 'yes'],
    ['one of two', choice({ Or: [{ Variable: '$.a', BooleanEquals: true }, { Variable: '$.a', StringEqualsPath: '$.b' }] }), { a: 'x', b: 'x' }, 'yes'],
    ['a time', choice({ Variable: '$.a', TimestampLessThan: '2026-01-01T01:00:00+01:00' }), { a: '2025-12-31T23:59:59Z' }, 'yes'],
  ])('has %s', async (_, definition, input, want) => {
    expect(await runOf(definition).run(input)).toEqual(want);
  });

  it('tries again by the clock, catches by name, and leaves the error where it is told to', async () => {
    let calls = 0;
    const task = { Type: 'Task', Resource: 'x', Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 10, MaxAttempts: 2 }], Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'B' }] };
    const { clock, workflow } = runOf({ StartAt: 'A', States: { A: { ...task, Next: 'B' }, B: { Type: 'Pass', End: true } } as JsonObject }, () => {
      calls += 1;
      throw new StateError('Busy', 'later');
    });
    const { finished } = workflow.start('{"a":1}');
    const settle = () => new Promise((resolve) => { setImmediate(resolve); });
    for (const [ms, want] of [[9_999, 1], [1, 2], [19_999, 2], [1, 3]] as const) {
      await settle();
      clock.advance(ms);
      await settle();
      expect(calls).toBe(want);
    }
    expect(JSON.parse((await finished).output ?? '')).toEqual({ a: 1, error: { Error: 'Busy', Cause: 'later' } });
  });

  it('waits by the clock, and knows a start again while it runs', async () => {
    const { clock, workflow } = runOf(one({ Type: 'Wait', SecondsPath: '$.s' }));
    const { finished, run } = workflow.start('{"s":60}', 'n');
    expect(workflow.start('{"s":60}', 'n').run.arn).toBe(run.arn);
    expect(() => workflow.start('{"s":61}', 'n')).toThrow(expect.objectContaining({ code: 'ExecutionAlreadyExists' }));
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(workflow.runs()[0]?.status).toBe('RUNNING');
    clock.advance(60_000);
    expect((await finished).status).toBe('SUCCEEDED');
    expect(() => workflow.start('{"s":60}', 'n')).toThrow(expect.objectContaining({ code: 'ExecutionAlreadyExists' }));
  });

  it('does not run longer than it may', async () => {
    const { clock, workflow } = runOf(one({ Type: 'Wait', Seconds: 600 }), undefined, 'express');
    const { finished } = workflow.start('{}');
    await new Promise((resolve) => { setImmediate(resolve); });
    clock.advance(300_000);
    expect((await finished).status).toBe('TIMED_OUT');
  });

  it.each<[string, JsonObject, string]>([
    ['another query language', { ...one({ Type: 'Pass' }), QueryLanguage: 'JSONata' }, 'JSONata'],
    ['a type that nobody knows', one({ Type: 'Loop' }), 'the type Loop of A'],
    ['a distributed map', one({ Type: 'Map', ItemReader: {}, ItemProcessor: one({ Type: 'Pass' }) }), 'the distributed map of A'],
    ['a callback, inside of a branch', one({ Type: 'Parallel', Branches: [one({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' })] }), 'the callback that A waits for'],
  ])('is refused by name with %s', (_, definition, name) => {
    expect(() => runOf(definition).workflow.start('{}')).toThrow(expect.objectContaining({ code: 'InvalidDefinition', message: expect.stringContaining(name) as string }));
  });
  it.each([['a name with a space', 'a b', '{}', 'InvalidName'], ['an input that is no JSON', 'n', '{', 'InvalidExecutionInput']])('refuses %s', (_, name, input, code) => {
    expect(() => runOf(one({ Type: 'Pass' })).workflow.start(input, name)).toThrow(expect.objectContaining({ code }));
  });
});
