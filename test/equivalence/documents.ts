import type { Fields } from '../support/targets.js';

/** What no document of `specs/` has: the smallest that has it. */
const document = (gateway: Fields, operation: Fields = {}, more: Fields = {}): Fields => ({
  openapi: '3.1.0', info: { title: 'Shop', version: '1' }, security: [], 'x-gateway': gateway,
  paths: { '/things/{id}': { get: { operationId: 'getThing', parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 9 } }], responses: { 200: { description: 'Fine.' }, 202: { description: 'Taken.' } }, ...operation } } },
  ...more,
});

const accepted = (kind: string): Fields => document(
  { protocol: 'rest', resources: { work: { kind } } },
  { 'x-gateway': { async: { through: 'work', acknowledge: 202 } }, requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { a: { type: 'string', maxLength: 9 } } } } } } },
);

export const documents: readonly (readonly [string, Fields])[] = [
  ...(['rest', 'http'] as const).map((protocol) => [`${protocol}: resources of somebody else`, document({
    protocol,
    resources: { jobs: { kind: 'queue', existing: 'JobsQueue' }, notes: { kind: 'table', key: { partition: 'id' }, existing: 'arn:aws:dynamodb:eu-west-1:123456789012:table/notes' }, news: { kind: 'topic', existing: 'NewsTopic' }, facts: { kind: 'bus', existing: 'FactsBus' }, files: { kind: 'bucket', existing: 'FilesBucket' }, clicks: { kind: 'stream', existing: 'ClicksStream' } },
  }, { 'x-gateway': { uses: [{ jobs: 'publish' }, { notes: 'read' }, { news: 'publish' }, { facts: 'publish' }, { files: 'read' }, { clicks: 'publish' }] } })] as const),
  ['a resource of each kind that is used in each way', document({
    resources: { jobs: { kind: 'queue', fifo: true }, notes: { kind: 'table', key: { partition: 'id', sort: 'at' }, indexes: { byOwner: { partition: 'owner', sort: 'at' } } }, files: { kind: 'bucket' }, clicks: { kind: 'stream' } },
  }, { 'x-gateway': { uses: [{ jobs: 'consume' }, { notes: 'write' }, { files: 'write' }, { clicks: 'publish' }] } })],
  ['settings of functions', document({ functions: { runtime: 'nodejs20.x', architecture: 'x86_64', memory: 1024, logRetention: '90d', split: 'api', keepWarm: { provisioned: 2 } } }, { 'x-gateway': { timeout: '7s', function: { memory: 2048, reservedConcurrency: 7 } } })],
  ...([['linear', 10, '3m', ['errors']], ['canary', 25, '90s', ['p99.9 > 2s', 'errors']], ['linear', 20, '1h', []], ['all-at-once', 10, '5m', ['p50 > 1s']]] as const).map(([strategy, percent, interval, alarms]) =>
    [`new versions: ${strategy}, ${percent} per cent, ${interval}`, document({ functions: { rollout: { strategy, percent, interval, alarms } } })] as const),
  ['nothing recorded', document({ protocol: 'rest', observability: { accessLog: 'none', tracing: false, metrics: false } })],
  ['three stages that differ', document({ protocol: 'http', stages: { dev: { variables: { LEVEL: 'debug', ONLY_HERE: 'x' } }, test: {}, prod: { variables: { LEVEL: 'warn' }, throttle: { rate: 7, burst: 9 } } } })],
  ['text that either tool could take for its own', document({ protocol: 'rest' }, {
    responses: { 200: { description: 'Fine.', content: { 'application/json': { examples: { one: { value: { text: '${AWS::Region} ${var.stage} %{ if true } $${x} {{resolve:ssm:x}} "\\\' é 🙂' } } } } } } }, 'x-gateway': { integration: { mock: { status: 200, example: 'one' } } },
  })],
  ...['queue', 'topic', 'bus'].map((kind) => [`work put off through a ${kind}`, accepted(kind)] as const),
];
