import { doc, get, policy, post, type Row } from './documents.js';

const rest = { 'x-gateway': { protocol: 'rest' } };
const throttle = (more: object = {}) => policy({ throttle: { rate: 50, burst: 100, ...more } } as never, {}, rest);
const free = policy({ throttle: null }, {}, rest);
const q = (name: string) => ({ in: 'query', name, schema: { type: 'string' } });
const cache = (more: object = {}) => policy({ cache: { ttl: '60s', key: ['query.a'], ...more } } as never, { parameters: [q('a'), q('b')] }, rest);
const body = (types: readonly string[] | undefined, limits: object = {}) => post({
  requestBody: { content: { 'application/json': { schema: { type: 'object' } }, 'text/plain': { schema: { type: 'string' } } } },
  'x-gateway': { limits: { ...limits, ...(types ? { types } : {}) } },
} as never);
const resources = { jobs: { kind: 'queue' }, others: { kind: 'queue' }, notices: { kind: 'topic' }, data: { kind: 'table', key: { partition: 'id' } }, legacy: { kind: 'http', url: 'https://legacy.example.com' }, old: { kind: 'http', url: 'https://old.example.com' } };
const served = (facts: object, operation: object = {}) => post({ responses: { 200: { description: 'Done.' }, 202: { description: 'Later.' }, 201: { description: 'Made.' } }, ...operation, 'x-gateway': facts } as never, { 'x-gateway': { protocol: 'rest', resources } } as never);
const later = (more: object = {}) => served({ async: { through: 'jobs', ...more } }, { parameters: [{ in: 'header', name: 'Idempotency-Key', schema: { type: 'string' } }] });
const now = served({}, { parameters: [{ in: 'header', name: 'Idempotency-Key', schema: { type: 'string' } }] });
const state = (id: string) => ({ [`/${id}/{id}`]: { get: { operationId: id, security: [], parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string' } }], responses: { 200: { description: 'Done.' } } } } });
const followed = (status: string) => doc({ ...state('a'), ...state('b'), '/jobs': { post: { operationId: 'startJob', security: [], responses: { 202: { description: 'Later.' } }, 'x-gateway': { async: { through: 'jobs', status } } } } } as never, { 'x-gateway': { resources } } as never);
const still = (example: string) => get({ responses: { 200: { description: 'Done.', content: { 'text/plain': { examples: { a: { value: 'A' }, b: { value: 'B' } } } } } }, 'x-gateway': { integration: { mock: { status: 200, example } } } });

const action = (input: object, name = 'GetParameter') => ({ service: 'ssm', protocol: 'json', target: 'AmazonSSM', action: name, input, grant: { on: ['notices'] } });

export const policies: readonly Row[] = [
  ['a throttle comes', free, throttle(), ['risky throttle-added']],
  ['a throttle goes', throttle(), free, ['risky throttle-removed']],
  ['a lower rate', throttle(), throttle({ rate: 40 }), ['risky throttle-lowered']],
  ['a higher rate and a lower burst', throttle(), throttle({ rate: 60, burst: 80 }), ['risky throttle-lowered']],
  ['a higher rate', throttle(), throttle({ rate: 60 }), ['safe throttle-raised']],
  ['counted per client', throttle(), throttle({ per: 'client' }), ['risky throttle-scope-changed']],
  ['told to wait longer', throttle(), throttle({ retryAfter: '5s' }), ['safe retry-after-changed']],
  ['no change: a profile for what it says', throttle(), policy({ profile: 'cheap' }, {}, { 'x-gateway': { protocol: 'rest', profiles: { cheap: { throttle: { rate: 50, burst: 100 } } } } }), []],
  ['a lower rate by the profile', policy({ profile: 'cheap' }, {}, { 'x-gateway': { profiles: { cheap: { throttle: { rate: 50, burst: 100 } } } } }), policy({ profile: 'cheap' }, {}, { 'x-gateway': { profiles: { cheap: { throttle: { rate: 5, burst: 100 } } } } }), ['risky throttle-lowered']],
  ['a shorter timeout', policy({ timeout: '10s' }), policy({ timeout: '5s' }), ['risky timeout-lowered']],
  ['a longer timeout', policy({ timeout: '5s' }), policy({ timeout: '10s' }), ['safe timeout-raised']],
  ['no change: the default timeout is written', get(), policy({ timeout: '10s' }), []],
  ['smaller bodies', body(undefined, { body: '64KB' }), body(undefined, { body: '32KB' }), ['breaking body-limit-lowered']],
  ['larger bodies', body(undefined, { body: '64KB' }), body(undefined, { body: '1MB' }), ['safe body-limit-raised']],
  ['no change: the same size in another unit', body(undefined, { body: '1MB' }), body(undefined, { body: '1024KB' }), []],
  ['a media type is refused', body(undefined), body(['application/json']), ['breaking accepted-types-narrowed']],
  ['a media type is taken', body(['application/json']), body(undefined), ['safe accepted-types-widened']],
  ['a cache comes', policy({}, { parameters: [q('a'), q('b')] }, rest), cache(), ['risky cache-added']],
  ['a cache goes', cache(), policy({}, { parameters: [q('a'), q('b')] }, rest), ['risky cache-removed']],
  ['a part of the key goes', cache({ key: ['query.a', 'query.b'] }), cache(), ['breaking cache-key-part-removed']],
  ['a part of the key comes', cache(), cache({ key: ['query.a', 'query.b'] }), ['safe cache-key-part-added']],
  ['no change: the order of the key', cache({ key: ['query.a', 'query.b'] }), cache({ key: ['query.b', 'query.a'] }), []],
  ['a longer life', cache(), cache({ ttl: '120s' }), ['risky cache-ttl-raised']],
  ['a shorter life', cache(), cache({ ttl: '30s' }), ['safe cache-ttl-lowered']],
  ['other caches may keep it', cache({ control: 'private' }), cache({ control: 'public' }), ['risky cache-control-changed']],
  ['one answer for every caller', cache(), cache({ shared: true }), ['risky cache-shared']],
  ['a header is taken out', get(), policy({ headers: { response: { remove: ['server'] } } }), ['risky header-edits-changed']],
  ['a domain error becomes another status', policy({ errors: { map: { Missing: 404 } } }), policy({ errors: { map: { Missing: 410 } } }), ['breaking error-status-changed']],
  ['a domain error has a status', get(), policy({ errors: { map: { Missing: 404 } } }), ['safe error-mapping-added']],
  ['a domain error has none', policy({ errors: { map: { Missing: 404 } } }), get(), ['risky error-mapping-removed']],
  ['one grant more', served({ uses: [{ data: 'read' }] }), served({ uses: [{ data: 'read' }, { data: 'write' }] }), ['risky grant-added']],
  ['one grant less', served({ uses: [{ data: 'read' }, { data: 'write' }] }), served({ uses: [{ data: 'read' }] }), ['safe grant-removed']],
  ['another backend', served({}), served({ integration: { http: 'legacy' } }), ['risky backend-changed']],
  ['another service over HTTP', served({ integration: { http: 'legacy' } }), served({ integration: { http: 'old' } }), ['risky backend-changed']],
  ['another path of the backend', served({ integration: { http: 'legacy', path: '/a' } }), served({ integration: { http: 'legacy', path: '/b' } }), ['risky backend-input-changed']],
  ['a message is put off', served({ integration: { queue: 'jobs' } }), served({ integration: { queue: 'jobs', delay: '10s' } }), ['risky backend-input-changed']],
  ['another event', served({}), served({ integration: { function: { payload: 'raw' } } }), ['risky payload-changed']],
  ['a payload that the gateway makes', served({}), served({ integration: { function: { payload: 'gateway' } } }), ['risky payload-changed']],
  ['another input of an action', served({ integration: action({ Name: 'a' }) }), served({ integration: action({ Name: 'b' }) }), ['risky backend-input-changed']],
  ['another action', served({ integration: action({}) }), served({ integration: action({}, 'ListParameters') }), ['risky backend-changed']],
  ['another example', still('a'), still('b'), ['risky static-answer-changed']],
  ['another mapping of the request', served({ integration: { queue: 'jobs' }, request: { id: '$context.requestId' } }), served({ integration: { queue: 'jobs' }, request: { key: '$context.requestId' } }), ['risky request-mapping-changed']],
  ['no change: the order of a mapping', served({ integration: { queue: 'jobs' }, request: { a: 1, b: '$context.requestId' } }), served({ integration: { queue: 'jobs' }, request: { b: '$context.requestId', a: 1 } }), []],
  ['another mapping of the answer', served({ integration: { http: 'legacy' }, responses: { 200: { body: { a: 1 } } } }), served({ integration: { http: 'legacy' }, responses: { 200: { body: { a: 2 } } } }), ['risky response-mapping-changed']],
  ['the work is done later', now, later(), ['breaking async-on']],
  ['the work is waited for', later(), now, ['breaking async-off']],
  ['another acknowledgement', later(), later({ acknowledge: 201 }), ['breaking async-acknowledge-changed']],
  ['another carrier', later(), later({ through: 'others' }), ['risky async-carrier-changed']],
  ['the request is checked by a function', later(), later({ by: 'function' }), ['risky async-carrier-changed']],
  ['another carrier of what a function checks', later({ by: 'function' }), later({ by: 'function', through: 'others' }), ['risky async-carrier-changed']],
  ['no change: what a function checks', later({ by: 'function' }), later({ by: 'function' }), []],
  ['followed by another operation', followed('a'), followed('b'), ['risky async-tracking-changed']],
  ['told apart by a key', later(), later({ idempotencyKey: '$request.header.Idempotency-Key' }), ['risky async-idempotency-changed']],
  ['tried more often', later({ retry: { attempts: 3 } }), later({ retry: { attempts: 6 } }), ['safe async-retry-changed', 'risky resource-changed']],
];
