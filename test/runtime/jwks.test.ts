import { afterEach, describe, expect, it, vi } from 'vitest';
import { keysOf } from '../../src/runtime/jwks.js';
import { jwkOf, network, rsaPair } from './tokens-support.js';

const issuer = 'https://id.example.com';
const configuration = `${issuer}/.well-known/openid-configuration`;
const keysUrl = 'https://keys.example.com/set';
const pairs = [rsaPair('a'), rsaPair('b')] as const;
const minutes = (n: number): number => n * 60_000;

/** A key source over a stand-in network, with a clock to turn. */
const source = (answers: Parameters<typeof network>[0], keys: string | undefined = keysUrl) => {
  const net = network(answers);
  vi.stubGlobal('fetch', net.fetch);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const time = { now: 0 };
  return { ...net, time, find: keysOf({ issuer, ...(keys === undefined || keys === '' ? {} : { keys }) }, () => time.now) };
};
const setOf = (...kids: number[]) => () => new Response(JSON.stringify({ keys: kids.map((index) => jwkOf(pairs[index] as typeof pairs[0])) }));
const kids = (keys: readonly { readonly kid?: string }[]) => keys.map(({ kid }) => kid);

afterEach(() => { vi.unstubAllGlobals(); vi.restoreAllMocks(); });

describe('how often keys are fetched', () => {
  it('once for however many ask at the same time', async () => {
    const { find, asked } = source({ [keysUrl]: setOf(0) });
    await Promise.all(Array.from({ length: 50 }, () => find('a')));
    expect(asked).toEqual([keysUrl]);
  });
  it('once more for a flood of kids that nobody knows, and again five minutes later', async () => {
    const { find, asked, time } = source({ [keysUrl]: setOf(0) });
    await find('a');
    time.now = minutes(5);
    const flood = () => Promise.all(Array.from({ length: 50 }, (_, index) => find(`made-up-${index}`)));
    expect((await flood()).flat()).toEqual([]);
    await flood();
    time.now = minutes(10) - 1;
    await flood();
    expect(asked.length).toBe(2);
    time.now = minutes(10);
    await flood();
    expect(asked.length).toBe(3);
  });
  it('finds a new key once the set has it', async () => {
    let has = [0];
    const { find, time } = source({ [keysUrl]: () => setOf(...has)() });
    expect(kids(await find('a'))).toEqual(['a']);
    has = [0, 1];
    expect(await find('b')).toEqual([]);
    time.now = minutes(5);
    expect(kids(await find('b'))).toEqual(['b']);
  });
  it('forgets a withdrawn key within the hour', async () => {
    let has = [0, 1];
    const { find, time } = source({ [keysUrl]: () => setOf(...has)() });
    expect(kids(await find('a'))).toEqual(['a']);
    has = [1];
    time.now = minutes(61);
    expect(await find('a')).toEqual([]);
  });
});

describe('an issuer that cannot be reached', () => {
  it('fails where there are no keys yet, and recovers', async () => {
    let up = false;
    const { find } = source({ [keysUrl]: () => (up ? setOf(0)() : new Response('', { status: 503 })) });
    await expect(find('a')).rejects.toThrow('cannot be had');
    up = true;
    expect(kids(await find('a'))).toEqual(['a']);
  });
  it('believes known keys for a day, and cannot tell an unknown one from a new one', async () => {
    let up = true;
    const { find, time, asked } = source({ [keysUrl]: () => (up ? setOf(0)() : new Response('', { status: 503 })) });
    await find('a');
    up = false;
    time.now = minutes(120);
    expect(kids(await find('a'))).toEqual(['a']);
    await expect(find('b')).rejects.toThrow('cannot be had');
    expect(asked.length).toBe(2);
    time.now = minutes(25 * 60);
    await expect(find('a')).rejects.toThrow('cannot be had');
  });
  it.each([
    ['not JSON', () => new Response('<html>')],
    ['no key set', () => new Response('{"keys":{}}')],
    ['too large', () => new Response(JSON.stringify({ keys: [], padding: 'x'.repeat(200_000) }))],
    ['a status that is no success', () => new Response('{"keys":[]}', { status: 404 })],
  ])('%s counts as unreachable', async (_, answer) => {
    await expect(source({ [keysUrl]: answer }).find('a')).rejects.toThrow('cannot be had');
  });
});

describe('keys found through the issuer', () => {
  const answering = (value: object) => ({ [configuration]: () => new Response(JSON.stringify(value)), [keysUrl]: setOf(0) });
  it('takes the address that the issuer names', async () => {
    const { find, asked } = source(answering({ issuer, jwks_uri: keysUrl }), '');
    expect(kids(await find('a'))).toEqual(['a']);
    expect(asked).toEqual([configuration, keysUrl]);
  });
  it.each([
    ['another issuer', { issuer: 'https://evil.example', jwks_uri: keysUrl }],
    ['no address', { issuer }],
    ['an unprotected address', { issuer, jwks_uri: 'http://keys.example.com/set' }],
    ['a file', { issuer, jwks_uri: 'file:///etc/passwd' }],
  ])('refuses %s', async (_, value) => {
    await expect(source(answering(value), '').find('a')).rejects.toThrow('cannot be had');
  });
});
