import { doc, gateway, get, policy, type Row } from './documents.js';

const cors = (more: object = {}) => gateway({ cors: { origins: ['https://shop.example.com'], ...more } } as never);
const stage = (more: object = {}) => gateway({ protocol: 'rest', stages: { prod: { domain: 'api.example.com', ...more } } } as never);
const resource = (value: object) => gateway({ resources: { it: value } } as never);
const table = (more: object = {}) => resource({ kind: 'table', key: { partition: 'id' }, ...more });
const problem = (properties: object) => get({}, {
  'x-gateway': { errors: { schema: '#/components/schemas/Problem' } },
  components: { schemas: { Problem: { type: 'object', properties } } },
} as never);
const fields = { status: { type: 'integer' }, title: { type: 'string' } };
const failing = (type: string) => get({ responses: { 200: { description: 'Done.' }, 400: { description: 'No.', content: { [type]: { schema: { $ref: '#/components/schemas/Problem' } } } } } }, {
  'x-gateway': { errors: { schema: '#/components/schemas/Problem' } },
  components: { schemas: { Problem: { type: 'object', properties: fields } } },
} as never);
const functions = (value: object) => gateway({ functions: value } as never);
const ok = { 200: { description: 'Done.' } };
const grouped = (one: object, other: object) => doc({
  '/a': { get: { operationId: 'readA', security: [], responses: ok, 'x-gateway': { function: one } } }, '/b': { get: { operationId: 'readB', security: [], responses: ok, 'x-gateway': { function: other } } },
} as never);

export const gateways: readonly Row[] = [
  ['another name', gateway({ name: 'things' }), gateway({ name: 'stuff' }), ['breaking api-renamed']],
  ['another kind of gateway', gateway({ protocol: 'rest' }), gateway({ protocol: 'http' }), ['breaking protocol-changed']],
  ['no change: the kind that `auto` took', get(), gateway({ protocol: 'http' }), []],
  ['nothing is traced', get(), gateway({ observability: { tracing: false } }), ['safe observability-changed']],
  ['errors have a field less', problem({ ...fields, detail: { type: 'string' } }), problem(fields), ['breaking envelope-field-removed']],
  ['errors have a field more', problem(fields), problem({ ...fields, detail: { type: 'string' } }), ['safe envelope-field-added']],
  ['errors in another media type', failing('application/json'), failing('application/problem+json'), ['breaking envelope-media-type-changed', 'breaking response-media-type-removed', 'safe response-media-type-added']],
  ['browsers may call', get(), cors(), ['risky cors-added']],
  ['browsers may not call', cors(), get(), ['breaking cors-removed']],
  ['one origin more', cors(), cors({ origins: ['https://shop.example.com', 'https://app.example.com'] }), ['risky cors-origin-added']],
  ['every origin', cors(), cors({ origins: ['*'] }), ['risky cors-origin-added']],
  ['one origin less', cors({ origins: ['https://shop.example.com', 'https://app.example.com'] }), cors(), ['breaking cors-origin-removed']],
  ['credentials are sent', cors(), cors({ credentials: true }), ['risky cors-credentials-allowed']],
  ['credentials are not sent', cors({ credentials: true }), cors(), ['breaking cors-credentials-refused']],
  ['a header may not be read', cors({ expose: ['x-total'] }), cors(), ['breaking cors-narrowed']],
  ['a method may not be sent', cors({ methods: ['GET', 'PUT'] }), cors({ methods: ['PUT'] }), ['breaking cors-narrowed']],
  ['a header may be read', cors(), cors({ expose: ['x-total'] }), ['safe cors-widened']],
  ['remembered for longer', cors(), cors({ maxAge: '1h' }), ['safe cors-memory-changed']],
  ['a stage comes', stage(), gateway({ protocol: 'rest', stages: { prod: { domain: 'api.example.com' }, dev: {} } }), ['safe stage-added']],
  ['a stage goes', gateway({ protocol: 'rest', stages: { prod: { domain: 'api.example.com' }, dev: {} } }), stage(), ['breaking stage-removed']],
  ['another domain', stage(), stage({ domain: 'things.example.com' }), ['breaking stage-address-changed']],
  ['another base path', stage({ basePath: '/v1' }), stage({ basePath: '/v2' }), ['breaking stage-address-changed']],
  ['another variable', stage({ variables: { LEVEL: 'info' } }), stage({ variables: { LEVEL: 'debug' } }), ['risky stage-variable-changed']],
  ['a firewall goes', stage({ waf: true }), stage(), ['risky stage-firewall-changed']],
  ['a larger cache', stage({ cacheSize: 0.5 }), stage({ cacheSize: 1.6 }), ['safe stage-cache-changed']],
  ['a stage lets less through', stage({ throttle: { rate: 100, burst: 200 } }), stage({ throttle: { rate: 50, burst: 200 } }), ['risky throttle-lowered']],
  ['a resource comes', gateway({}), table(), ['safe resource-added']],
  ['a resource goes', table(), gateway({}), ['breaking resource-removed']],
  ['somebody else’s resource goes', resource({ kind: 'queue', existing: 'arn:aws:sqs:eu-west-1:123456789012:it' }), gateway({}), ['risky resource-changed']],
  ['another key of a table', table(), table({ key: { partition: 'id', sort: 'at' } }), ['breaking resource-replaced']],
  ['another kind', resource({ kind: 'queue' }), resource({ kind: 'topic' }), ['breaking resource-replaced']],
  ['a queue keeps order', resource({ kind: 'queue' }), resource({ kind: 'queue', fifo: true }), ['breaking resource-replaced']],
  ['another type of workflow', resource({ kind: 'workflow' }), resource({ kind: 'workflow', type: 'express' }), ['breaking resource-replaced']],
  ['hidden for longer', resource({ kind: 'queue', visibility: '60s' }), resource({ kind: 'queue', visibility: '90s' }), ['risky resource-changed']],
  ['another address', resource({ kind: 'http', url: 'https://a.example.com' }), resource({ kind: 'http', url: 'https://b.example.com' }), ['risky resource-changed']],
  ['an index comes', table(), table({ indexes: { byName: { partition: 'name' } } }), ['safe resource-index-added']],
  ['an index goes', table({ indexes: { byName: { partition: 'name' } } }), table(), ['breaking resource-index-removed']],
  ['served together', grouped({}, {}), grouped({ group: 'reads' }, { group: 'reads' }), ['risky function-regrouped']],
  ['another runtime', get(), functions({ runtime: 'nodejs20.x' }), ['risky function-runtime-changed']],
  ['another processor', get(), functions({ architecture: 'x86_64' }), ['risky function-runtime-changed']],
  ['fewer at once', policy({ function: { reservedConcurrency: 20 } }), policy({ function: { reservedConcurrency: 10 } }), ['risky function-concurrency-lowered']],
  ['more at once', policy({ function: { reservedConcurrency: 10 } }), policy({ function: { reservedConcurrency: 20 } }), ['safe function-settings-changed']],
  ['more memory', get(), functions({ memory: 512 }), ['safe function-settings-changed']],
];
