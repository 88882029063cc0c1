import { describe, expect, it } from 'vitest';
import type { OperationContract } from '../../src/runtime/contract.js';
import type { Auth } from '../../src/runtime/message.js';
import { fromRest, type RestEvent } from '../../src/runtime/rest.js';
import { operation, serve } from '../../src/runtime/serve.js';

const contract = (more: Partial<OperationContract> = {}): OperationContract => ({
  id: 'getThing', method: 'GET', route: '/thing', segments: [{ kind: 'literal', text: 'thing' }], parameters: [],
  responses: [{ status: 200, contents: [], headers: [] }, { status: 404, contents: [], headers: [] }],
  auth: { need: 'none' }, errors: [], resources: [], headers: { request: { remove: [], set: [] }, response: { remove: [], set: [] } },
  edge: { errors: { mediaType: 'application/json', fields: [{ name: 'status', value: { kind: 'status' } }] } },
  ...more,
});

const event = (authorizer?: Readonly<Record<string, unknown>>): RestEvent => ({
  resource: '/thing', path: '/thing', httpMethod: 'GET', headers: null, multiValueHeaders: null, queryStringParameters: null, multiValueQueryStringParameters: null,
  pathParameters: null, stageVariables: null, body: null, isBase64Encoded: false, requestContext: { requestId: 'r', stage: 'prod', ...(authorizer ? { authorizer } : {}) },
});

const caller = ({ scheme, scopes }: Pick<Auth, 'scheme' | 'scopes'>) => event({ scheme, principalId: 'user-1', scopes: scopes.join(' '), claims: '{}' });
const either = { need: 'required', anyOf: [[{ scheme: 'user', scopes: ['read', 'write'] }], [{ scheme: 'staff', scopes: [] }]] } as const;

describe('scopes are asked for again in the function', () => {
  it.each([
    ['all of them', { scheme: 'user', scopes: ['write', 'read', 'more'] }, 200],
    ['one of two, as the gateway of HTTP APIs is content with', { scheme: 'user', scopes: ['read'] }, 403],
    ['none', { scheme: 'user', scopes: [] }, 403],
    ['none, by a scheme that asks for none', { scheme: 'staff', scopes: [] }, 200],
    ['all of them, by a scheme that the operation does not name', { scheme: 'other', scopes: ['read', 'write'] }, 403],
    ['all of them, where the gateway does not tell the scheme', { scheme: '', scopes: ['read', 'write'] }, 200],
  ])('%s', async (_, auth, want) => {
    const answer = serve([operation(contract({ auth: either }), () => ({ status: 200 }))], {});
    expect((await answer(fromRest(caller(auth)))).status).toBe(want);
  });
  it('which is 401 where nobody is known', async () => {
    const answer = serve([operation(contract({ auth: either }), () => ({ status: 200 }))], {});
    expect((await answer(fromRest(event()))).status).toBe(401);
  });
});

describe('Cache-Control of a cached operation', () => {
  const headersOf = async (status: 200 | 404, headers: Readonly<Record<string, string>> = {}) =>
    (await serve([operation(contract({ cacheControl: 'private, max-age=60' }), () => ({ status, headers }))], {})(fromRest(event()))).headers;
  it('stands on a success', async () => expect(await headersOf(200)).toContainEqual(['cache-control', 'private, max-age=60']));
  it('stands on no error', async () => expect((await headersOf(404)).map(([name]) => name)).not.toContain('cache-control'));
  it('is what the handler says where it says something', async () => {
    expect((await headersOf(200, { 'Cache-Control': 'no-store' })).filter(([name]) => name === 'cache-control')).toEqual([['cache-control', 'no-store']]);
  });
});
