import { describe, expect, test, vi } from 'vitest';
import type { OperationContract } from '../../src/runtime/contract.js';
import type { Incoming } from '../../src/runtime/message.js';
import { DomainError } from '../../src/runtime/problem.js';
import { operation, serve } from '../../src/runtime/serve.js';
import { encodeAnswer, type Answer } from '../../src/runtime/answer.js';

vi.spyOn(console, 'error').mockImplementation(() => {});

const contract: OperationContract = {
  id: 'get', method: 'GET', route: '/a', segments: [{ kind: 'literal', text: 'a' }], parameters: [],
  responses: [
    { status: 200, contents: [{ mediaType: 'application/json', kind: 'json' }, { mediaType: 'text/*', kind: 'text' }], headers: [{ name: 'x-list', required: false, shape: 'any', explode: false }] },
    { status: [400, 499], contents: [{ mediaType: 'application/json', kind: 'json' }], headers: [] },
    { status: 404, contents: [], headers: [] },
  ],
  auth: { need: 'required', scheme: 'customer' }, errors: [['Late', 409]], resources: [{ name: 'orders', kind: 'table', variable: 'RESOURCE_NOWHERE' }],
  headers: { request: { remove: ['x-secret'], set: [['x-caller', { kind: 'auth', path: ['principalId'] }]] }, response: { remove: ['server'], set: [['x-stage', { kind: 'stage', name: 'LOG' }]] } },
  edge: { errors: { mediaType: 'application/problem+json', fields: [{ name: 'status', value: { kind: 'status' } }, { name: '__proto__', value: { kind: 'literal', value: 1 } }, { name: 'id', value: { kind: 'request-id' } }] } },
};
const incoming: Incoming = {
  route: undefined, method: 'GET', path: '/a', query: [], headers: { 'x-secret': 's', 'x-a': ['1', '2'], 'transfer-encoding': 'chunked' }, cookies: [], body: undefined,
  auth: { scheme: '', principalId: 'u1', scopes: [], claims: {} }, stageVariables: { LOG: 'debug' },
  requestId: 'r1',
  context: { stage: 'prod', traceparent: 't', receivedAt: '2026-01-01T00:00:00.000Z', sourceIp: '', domain: '', userAgent: '' },
};
class Late extends DomainError { override readonly name = 'Late'; }

const run = (handle: (input: Record<string, Record<string, unknown>>) => Answer | Promise<Answer>, change: Partial<Incoming> = {}, changed: Partial<OperationContract> = {}) =>
  serve([operation({ ...contract, ...changed }, handle)], {})({ ...incoming, ...change });

test('what the handler is given', async () => {
  let seen: Record<string, unknown> = {};
  const answer = await run((input) => { seen = input; return { status: 200, body: null, headers: { Server: 'x', 'X-List': [1, 'b'] } }; });
  expect(seen).toMatchObject({ headers: { 'x-a': '1, 2', 'x-caller': 'u1', 'x-request-id': 'r1' }, auth: { scheme: 'customer', principalId: 'u1' }, body: null });
  expect(Object.keys(seen['headers'] as object)).not.toContain('x-secret');
  expect(Object.keys(seen['headers'] as object)).not.toContain('transfer-encoding');
  expect(answer).toEqual({ status: 200, headers: [['x-list', '1,b'], ['content-type', 'application/json'], ['x-stage', 'debug'], ['x-request-id', 'r1']], body: 'null' });
});

test('without credentials nobody gets in, whatever the request is like', async () => expect(await run(() => ({ status: 200, body: 1 }), { auth: null })).toMatchObject({ status: 401 }));
test('a domain error has its status', async () => expect(await run(() => { throw new Late(); })).toMatchObject({ status: 409 }));
test('an envelope with a hostile field', async () => expect((await run(() => { throw new Late(); })).body).toBe('{"status":409,"__proto__":1,"id":"r1"}'));
test('a resource that the environment does not name', async () => expect(await run(({ resources }) => ({ status: 200, body: (resources?.['orders'] as { name: string }).name }))).toMatchObject({ status: 500 }));
test('HEAD has no body', async () => expect(await run(() => ({ status: 200, body: { a: 1 } }), { method: 'HEAD' }, { method: 'HEAD' })).not.toHaveProperty('body'));

describe('answers', () => {
  test.each<[string, Answer | undefined, unknown]>([
    ['by the class of the status', { status: 409, body: 1 }, { status: 409, headers: [['content-type', 'application/json']], body: '1' }],
    ['the status before its class', { status: 404 }, { status: 404, headers: [] }],
    ['another type', { status: 200, contentType: 'text/csv', body: 'a,b' }, { status: 200, headers: [['content-type', 'text/csv']], body: 'a,b' }],
    ['undeclared', { status: 302 }, 'the handler answered with status 302, which is not declared'],
    ['nothing', undefined, 'the handler answered with nothing that has a status'],
    ['a body too much', { status: 404, body: 1 }, 'the answer 404 is declared without a body, and has one'],
    ['no body', { status: 200 }, 'the answer 200 has no body'],
    ['undeclared type', { status: 200, contentType: 'image/png', body: 'x' }, 'the answer 200 has the undeclared type "image/png"'],
    ['a line break in a header', { status: 404, headers: { a: 'x\r\nset-cookie: y' } }, 'the header "a" cannot be sent'],
    ['a line break in a cookie', { status: 404, cookies: ['a=1\r\nb: c'] }, 'a cookie cannot be sent'],
    ['what JSON cannot hold', { status: 200, body: () => 1 }, 'the body of the answer 200 cannot be sent as application/json'],
  ])('%s', (_, answer, want) => expect(encodeAnswer(contract.responses, answer)).toEqual(want));
});
