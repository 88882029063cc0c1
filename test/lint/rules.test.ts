import { describe, expect, it } from 'vitest';
import { rules } from '../../src/lint/rules.js';
import { lowerSpec } from '../language/support.js';

interface Spec { readonly root?: object; readonly operation?: object; readonly method?: string; readonly path?: string; readonly schemas?: object; readonly schemes?: object }
const done = { 200: { description: 'Done.' } };
const spec = ({ root = { security: [] }, operation = {}, method = 'get', path = '/a', schemas, schemes }: Spec): string => JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  ...root,
  paths: { [path]: { [method]: { operationId: 'a', responses: done, ...operation } } },
  components: { ...(schemas ? { schemas } : {}), ...(schemes ? { securitySchemes: schemes } : {}) },
});
const judged = async (given: Spec): Promise<readonly string[]> => (await lowerSpec({ stdin: spec(given) })).diagnostics.map(({ code, level }) => `${level} ${code}`);

const bearer = { type: 'http', scheme: 'bearer', 'x-gateway': { issuer: 'https://id.example.com', audience: ['a'] } };
const secured = { root: { security: [{ user: [] }] }, schemes: { user: bearer } };
const body = (schema: object): object => ({ requestBody: { required: true, content: { 'application/json': { schema } } } });
const gateway = (value: object): object => ({ 'x-gateway': value });

describe('rules', () => {
  it.each<[string, Spec, readonly string[]]>([
    ['a plain, open read', {}, []],
    ['a document without a word on security is told so once', { root: {} }, ['warning auth/unstated']],
    ['a gateway without a word on security, that changes something', { root: gateway({}), method: 'post' }, ['error auth/mutation-open']],
    ['a gateway without a word on security, that only reads', { root: gateway({}) }, ['warning auth/unstated']],
    ['a secured cache with a claim in its key', { ...secured, operation: gateway({ cache: { ttl: '1m', key: ['claim.tenant'] } }) }, []],
    ['a secured cache that is shared by statement', { ...secured, operation: gateway({ cache: { ttl: '1m', shared: true } }) }, []],
    ['an anonymous alternative makes a cache no secret', { ...secured, root: { security: [{ user: [] }, {}] }, operation: gateway({ cache: { ttl: '1m' } }) }, []],
    ['a header that needs no declaration in a cache key', { operation: gateway({ cache: { ttl: '1m', key: ['header.Accept-Language'] } }) }, []],
    ['path variables are always in a cache key', { path: '/a/{id}', operation: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], ...gateway({ cache: { ttl: '1m' } }) } }, []],
    ['29 seconds on a REST API', { root: { security: [], ...gateway({ protocol: 'rest' }) }, operation: gateway({ timeout: '29s' }) }, []],
    ['30 seconds on a REST API', { root: { security: [], ...gateway({ protocol: 'rest' }) }, operation: gateway({ timeout: '30s' }) }, ['error time/over-gateway-limit']],
    ['30 seconds on an HTTP API', { operation: gateway({ timeout: '30s' }) }, []],
    ['an inherited throttle counts', { method: 'post' }, []],
    ['no bounds in a document without policy', { method: 'post', operation: body({ type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } }) }, ['note load/unbounded']],
    ['no bounds in a document with policy', { method: 'post', operation: { ...body({ type: 'object', properties: { a: { type: 'string' } } }), ...gateway({ timeout: '5s' }) } }, ['warning load/unbounded']],
    ['bounds by enum, format and a closed pattern', { method: 'post', operation: body({ type: 'object', properties: { a: { type: 'string', enum: ['x'] }, b: { type: 'string', format: 'uuid' }, c: { type: 'string', pattern: '^[a-z]{2,8}$' } } }) }, []],
    ['repeated parts that match the same text', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: '^([a-z0-9]+-?)+$' }) }, ['warning schema/slow-pattern']],
    ['repeated parts that do not', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }) }, []],
    ['repeated parts within one another', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: `^${'('.repeat(200)}a+${')+'.repeat(200)}$` }) }, ['warning schema/slow-pattern']],
    ['groups within one another that end in one way', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: `^${'(?:'.repeat(100)}a${')'.repeat(100)}+$` }) }, []],
    ['groups within one another, so many that nobody reads them', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: `^${'(?:'.repeat(6000)}a${')'.repeat(6000)}+$` }) }, ['warning schema/slow-pattern']],
    ['parts of which one is another twice', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: '^(a|aa)+$' }) }, ['warning schema/slow-pattern']],
    ['a pattern that may end whatever comes', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: '(a|aa)+' }) }, []],
    ['repeated parts of the older grammar', { method: 'post', operation: body({ type: 'string', maxLength: 9, pattern: '^([\\w-.]+-?)+\\-$' }) }, ['warning schema/slow-pattern']],
    ['an open pattern is no bound', { method: 'post', operation: body({ type: 'string', pattern: '^[a-z]+$' }) }, ['note load/unbounded']],
    ['an ad-hoc 202 with an id to ask by', { method: 'post', operation: { responses: { 202: { description: 'Taken.', content: { 'application/json': { schema: { type: 'object', properties: { jobId: { type: 'string' } } } } } } } } }, []],
    ['a sunset by header', { operation: { deprecated: true, responses: { 200: { description: 'Done.', headers: { Sunset: { schema: { type: 'string' } } } } } } }, []],
    ['an http server on this machine', { root: { security: [], servers: [{ url: 'http://localhost:3000' }] } }, []],
    ['an authorizer that remembers nothing may look anywhere', { root: { security: [{ user: [] }] }, schemes: { user: { type: 'http', scheme: 'bearer', 'x-gateway': { function: 'check', identity: ['$request.header.X-A'], cacheTtl: '0s' } } } }, []],
    ['an unused weak scheme', { schemes: { old: { type: 'http', scheme: 'basic' } } }, []],
  ])('%s', async (_, given, want) => expect(await judged(given)).toEqual(want));

  it('reports a schema once, however many operations take it', async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`/p${index}`, { put: { responses: done, ...body({ $ref: '#/components/schemas/Open' }) } }]));
    const { diagnostics } = await lowerSpec({ stdin: JSON.stringify({
      openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [], paths: many,
      components: { schemas: { Open: { type: 'object', properties: { a: { type: 'string' }, self: { $ref: '#/components/schemas/Open' } } } } },
    }) });
    expect(diagnostics.map(({ code, at }) => `${code} ${at.pointer}`)).toEqual(['load/unbounded /components/schemas/Open']);
  });

  it('have codes of their own', () => {
    const codes = rules.flatMap(({ diagnostics }) => diagnostics.map(({ definition }) => definition.code));
    expect(new Set(codes).size).toBe(codes.length);
  });
});
