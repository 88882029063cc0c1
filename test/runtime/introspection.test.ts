import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { introspection } from '../../src/runtime/introspection.js';
import { bearer, httpGuard } from '../../src/runtime/guard.js';
import { network } from './tokens-support.js';

const url = 'https://id.example.com/introspect';
const secret = async (id: string): Promise<string> => {
  if (id !== 'arn:secret') throw new Error(`no secret ${id}`);
  return JSON.stringify({ client_id: 'orders api', client_secret: 'p:w' });
};
const checking = (answer: () => Response) => {
  const net = network({ [url]: answer });
  vi.stubGlobal('fetch', vi.fn(net.fetch));
  return { ...net, check: introspection({ url, secret: 'SECRET' }, () => 1_800_000_000_000, secret) };
};
const active = (value: object) => () => new Response(JSON.stringify(value));

beforeEach(() => { vi.stubEnv('SECRET', 'arn:secret'); vi.spyOn(console, 'error').mockImplementation(() => undefined); });
afterEach(() => { vi.unstubAllGlobals(); vi.unstubAllEnvs(); vi.restoreAllMocks(); });

describe('asking the issuer (RFC 7662)', () => {
  it('tells who an active token speaks for', async () => {
    const { check, bodies } = checking(active({ active: true, sub: 'user-1', scope: 'a b', exp: 1_800_000_001 }));
    expect(await check('abc~1/+=')).toMatchObject({ principalId: 'user-1', scopes: ['a', 'b'] });
    expect(bodies).toEqual(['token=abc~1%2F%2B%3D&token_type_hint=access_token']);
    const { headers } = vi.mocked(fetch).mock.calls[0]?.[1] as { headers: Record<string, string> };
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('orders+api:p%3Aw').toString('base64')}`);
  });
  it.each([
    ['inactive', { active: false, sub: 'user-1' }],
    ['expired', { active: true, sub: 'user-1', exp: 1_799_999_999 }],
    ['not yet valid', { active: true, sub: 'user-1', nbf: 1_800_000_001 }],
    ['of nobody', { active: true }],
  ])('does not believe a token that is %s', async (_, value) => {
    expect(await checking(active(value)).check('abc')).toBeUndefined();
  });
  it.each([['', ''], ['with a blank', 'a b'], ['with a parameter', 'a&token=b'], ['of 17 KB', 'x'.repeat(17 * 1024)]])('asks nobody about a token %s', async (_, text) => {
    const { check, asked } = checking(active({ active: true, sub: 'x' }));
    expect(await check(text)).toBeUndefined();
    expect(asked).toEqual([]);
  });
  it.each([
    ['a failure', () => new Response('', { status: 500 })],
    ['refused credentials', () => new Response('', { status: 401 })],
    ['a text for a verdict', active({ active: 'true', sub: 'x' })],
    ['no verdict', active({ sub: 'x' })],
  ])('cannot tell after %s', async (_, answer) => {
    await expect(checking(answer).check('abc')).rejects.toThrow();
  });
  it('cannot tell without credentials', async () => {
    vi.stubEnv('SECRET', 'arn:other');
    await expect(checking(active({ active: true, sub: 'x' })).check('abc')).rejects.toThrow('no secret');
  });
});

describe('several schemes in turn, on an HTTP API', () => {
  const yes = (principalId: string, scopes: readonly string[] = []) => async () => ({ scheme: '', principalId, scopes, claims: {} });
  const no = async () => undefined;
  const unknown = async (): Promise<never> => { throw new Error('down'); };
  const verdict = (a: typeof no | ReturnType<typeof yes> | typeof unknown, b: typeof a) =>
    httpGuard([{ scheme: 'a', check: bearer('Bearer', a) }, { scheme: 'b', check: bearer('Bearer', b) }],
      [{ method: 'GET', path: '/x', anyOf: [{ scheme: 'a', scopes: ['s'] }, { scheme: 'b', scopes: [] }] }])({ routeKey: 'GET /x', headers: { authorization: 'Bearer t' } });
  it.each([
    ['the first', yes('one', ['s']), no, { isAuthorized: true, context: { scheme: 'a', principalId: 'one', scopes: 's', claims: '{}' } }],
    ['the second', no, yes('two'), { isAuthorized: true, context: { scheme: 'b', principalId: 'two', scopes: '', claims: '{}' } }],
    ['the second, where the first lacks a scope', yes('one'), yes('two'), { isAuthorized: true, context: { scheme: 'b', principalId: 'two', scopes: '', claims: '{}' } }],
    ['the second, where the first cannot tell', unknown, yes('two'), { isAuthorized: true, context: { scheme: 'b', principalId: 'two', scopes: '', claims: '{}' } }],
    ['nobody, where a scope is missing', yes('one'), no, { isAuthorized: false }],
  ])('lets in by %s', async (_, a, b, want) => {
    expect(await verdict(a, b)).toEqual(want);
  });
  it('is 401 where none believes the token, and 500 where one cannot tell', async () => {
    await expect(verdict(no, no)).rejects.toThrow(/^Unauthorized$/);
    await expect(verdict(no, unknown)).rejects.toThrow('could not be checked');
  });
});
