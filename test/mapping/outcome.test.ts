import { expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { outcomeOf, type FaultName } from '../../src/ir/outcome.js';
import type { ServiceCall, Template } from '../../src/ir/index.js';

const outcome = (call: ServiceCall, status: number, body: Json, input: Readonly<Record<string, Json>> = {}) =>
  outcomeOf({ kind: 'service', call, resource: 'r', input: new Map(Object.entries(input).map(([name, value]): [string, Template] => [name, { kind: 'literal', value }])) }, { status, body });

it.each<[string, ServiceCall, number, Json, FaultName, Record<string, Json>?]>([
  ['an event that was not taken', 'put-event', 200, { FailedEntryCount: 1 }, 'failed'],
  ['a run that failed', 'run-and-wait', 200, { status: 'FAILED', output: '{}' }, 'failed'],
  ['a run that was given up', 'run-and-wait', 200, { status: 'TIMED_OUT' }, 'late'],
  ['an item that is not there', 'get-item', 200, {}, 'missing'],
  ['a run of that name', 'start-run', 400, { __type: 'ExecutionAlreadyExists' }, 'repeated'],
  ['an item that is there already', 'put-item', 400, { __type: 'x#ConditionalCheckFailedException' }, 'conflict', { condition: 'absent' }],
  ['an item that is to be there', 'update-item', 400, { __type: 'x#ConditionalCheckFailedException' }, 'missing', { condition: 'present' }],
  ['an object that is not there', 'get-object', 404, '<Code>NoSuchKey</Code>', 'missing'],
  ['an object that may not be known', 'get-object', 403, '<Code>AccessDenied</Code>', 'missing'],
  ['an object that may not be written', 'put-object', 403, '<Code>AccessDenied</Code>', 'failed'],
  ['too much', 'put-record', 400, { __type: 'ProvisionedThroughputExceededException' }, 'busy'],
  ['an argument that is refused', 'send-message', 400, { Error: { Code: 'InvalidParameterValue' } }, 'refused'],
  ['an outage', 'publish', 500, {}, 'busy'],
])('%s is a fault', (_, call, status, body, fault, input) => expect(outcome(call, status, body, input)).toEqual({ kind: 'fault', fault }));

it.each<[string, ServiceCall, Json, Json]>([
  ['a reply', 'send-message', { MessageId: 'm' }, { MessageId: 'm' }],
  ['an item', 'get-item', { Item: {} }, { Item: {} }],
  ['the output of a run, taken out of its record', 'run-and-wait', { status: 'SUCCEEDED', output: '{"a":1}' }, { a: 1 }],
])('%s is what mappings see', (_, call, body, seen) => expect(outcome(call, 200, body)).toEqual({ kind: 'done', body: seen }));
