import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jwt, type JwtPolicy } from '../../src/runtime/jwt.js';
import { bearer, restGuard } from '../../src/runtime/guard.js';
import { ecPair, edPair, hmacToken, jwkOf, network, part, rsaPair, token } from './tokens-support.js';

const issuer = 'https://id.example.com/';
const keysUrl = 'https://id.example.com/jwks.json';
const rsa = rsaPair('rsa');
const other = rsaPair('other');
const small = rsaPair('small', 1024);
const p256 = ecPair('p256', 'P-256');
const p384 = ecPair('p384', 'P-384');
const p521 = ecPair('p521', 'P-521');
const ed = edPair('ed');
const stranger = rsaPair('rsa');

const seconds = 1_800_000_000;
let clock = seconds * 1000;
const now = () => clock;
const policy: JwtPolicy = { issuer, audience: ['orders-api', 'orders'], algorithms: ['RS256', 'RS512', 'PS256', 'PS384', 'ES256', 'ES384', 'ES512', 'EdDSA'], clockSkewSeconds: 30, keys: keysUrl };
const header = { alg: 'RS256', typ: 'JWT', kid: 'rsa' };
const claims = { iss: issuer, aud: 'orders-api', sub: 'user-42', exp: seconds + 60, iat: seconds, scope: 'orders:read orders:write' };

const set = [
  jwkOf(rsa), jwkOf(other, { use: 'enc' }), jwkOf(small), jwkOf(p256), jwkOf(p384), jwkOf(p521), jwkOf(ed),
  jwkOf(rsa, { kid: 'ps-only', alg: 'PS256' }), jwkOf(rsa, { kid: 'signs-only', key_ops: ['sign'] }),
  { kty: 'oct', kid: 'shared', k: part('secret') },
];
const answers = (keys: readonly object[] = set) => ({ [keysUrl]: () => new Response(JSON.stringify({ keys })) });

beforeEach(() => {
  clock = seconds * 1000;
  vi.stubGlobal('fetch', network(answers()).fetch);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => { vi.unstubAllGlobals(); vi.restoreAllMocks(); });

const good = token(header, claims, rsa);
const event = (authorization: string, more: object = {}) => ({
  methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/orders/7', httpMethod: 'GET', resource: '/orders/{orderId}', headers: { Authorization: authorization }, ...more,
});
const routes = [{ method: 'GET', path: '/orders/{orderId}', anyOf: [{ scheme: 'customer', scopes: ['orders:read'] }] }, { method: 'DELETE', path: '/orders/{orderId}', anyOf: [{ scheme: 'customer', scopes: ['orders:admin'] }] }];
const authorizer = () => restGuard([{ scheme: 'customer', check: bearer('Bearer', jwt(policy, now)) }], routes);

describe('tokens that are let in', () => {
  it.each([
    ['RS256', good],
    ['RS512', token({ ...header, alg: 'RS512' }, claims, rsa)],
    ['PS256', token({ ...header, alg: 'PS256' }, claims, rsa)],
    ['PS384', token({ ...header, alg: 'PS384' }, claims, rsa)],
    ['PS256 by a key for it alone', token({ ...header, alg: 'PS256', kid: 'ps-only' }, claims, rsa)],
    ['ES256', token({ alg: 'ES256', kid: 'p256' }, claims, p256)],
    ['ES384', token({ alg: 'ES384', kid: 'p384' }, claims, p384)],
    ['ES512', token({ alg: 'ES512', kid: 'p521' }, claims, p521)],
    ['EdDSA', token({ alg: 'EdDSA', kid: 'ed' }, claims, ed)],
    ['typ at+jwt', token({ ...header, typ: 'at+jwt' }, claims, rsa)],
    ['no typ, no kid, several keys', token({ alg: 'ES256' }, claims, p256)],
    ['one of several audiences', token(header, { ...claims, aud: ['x', 'orders'] }, rsa)],
    ['expired within the tolerance', token(header, { ...claims, exp: seconds - 29 }, rsa)],
    ['not before, within the tolerance', token(header, { ...claims, nbf: seconds + 29, iat: seconds + 29 }, rsa)],
    ['with members that tell where a key is', token({ ...header, jku: 'https://evil.example/', x5u: 'https://evil.example/' }, claims, rsa)],
  ])('%s', async (_, text) => {
    const identity = await jwt(policy, now)(text);
    expect(identity).toMatchObject({ principalId: 'user-42', scopes: ['orders:read', 'orders:write'] });
  });
  it('hands scopes of `scp` on as a list', async () => {
    const { scope: _, ...rest } = claims;
    expect(await jwt(policy, now)(token(header, { ...rest, scp: ['a', 'b'] }, rsa))).toMatchObject({ scopes: ['a', 'b'] });
  });
});

const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const der = rsa.publicKey.export({ type: 'spki', format: 'der' });
const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'der' });
const [head = '', body = '', mark = ''] = good.split('.');
const attacks: readonly (readonly [string, string])[] = [
  ['alg none, without a signature', `${part({ alg: 'none' })}.${part(claims)}.`],
  ['alg none, with one', `${part({ alg: 'none', kid: 'rsa' })}.${part(claims)}.${mark}`],
  ['alg nOnE', `${part({ alg: 'nOnE', kid: 'rsa' })}.${part(claims)}.${mark}`],
  ['HS256 by the public key as PEM', hmacToken({ alg: 'HS256', kid: 'rsa' }, claims, pem)],
  ['HS256 by the public key as DER', hmacToken({ alg: 'HS256', kid: 'rsa' }, claims, der)],
  ['HS256 by the public key as PKCS#1', hmacToken({ alg: 'HS256', kid: 'rsa' }, claims, pkcs1)],
  ['HS256 by a shared key that the set leaks', hmacToken({ alg: 'HS256', kid: 'shared' }, claims, 'secret')],
  ['an algorithm that is not on the list', token({ ...header, alg: 'RS384' }, claims, rsa, 'RS256')],
  ['an algorithm that is inherited', token({ ...header, alg: 'constructor' }, claims, rsa, 'RS256')],
  ['RS256 with a key of a curve', token({ ...header, kid: 'p256' }, claims, rsa)],
  ['ES256 with an RSA key', token({ alg: 'ES256', kid: 'rsa' }, claims, p256)],
  ['ES256 with a key of another curve', token({ alg: 'ES256', kid: 'p384' }, claims, p256)],
  ['ES256 with a signature of zeros', `${part({ alg: 'ES256', kid: 'p256' })}.${part(claims)}.${Buffer.alloc(64).toString('base64url')}`],
  ['RS256 with a key for PS256 alone', token({ ...header, kid: 'ps-only' }, claims, rsa)],
  ['a key for encryption', token({ ...header, kid: 'other' }, claims, other)],
  ['a key that may not verify', token({ ...header, kid: 'signs-only' }, claims, rsa)],
  ['a key of 1024 bits', token({ ...header, kid: 'small' }, claims, small)],
  ['a key of nobody known, under a known kid', token(header, claims, stranger)],
  ['an embedded jwk', token({ ...header, jwk: jwkOf(stranger) }, claims, stranger)],
  ['a jku', token({ ...header, jku: 'https://evil.example/jwks.json' }, claims, stranger)],
  ['an x5u', token({ ...header, x5u: 'https://evil.example/cert.pem', x5c: ['AAAA'] }, claims, stranger)],
  ['a kid that is a path', token({ ...header, kid: '../../dev/null' }, claims, stranger)],
  ['a kid that is no text', token({ ...header, kid: { $ne: '' } }, claims, rsa)],
  ['crit', token({ ...header, crit: ['exp'] }, claims, rsa)],
  ['an unencoded payload', token({ ...header, b64: false, crit: ['b64'] }, claims, rsa)],
  ['a token of another kind', token({ ...header, typ: 'logout+jwt' }, claims, rsa)],
  ['another issuer', token(header, { ...claims, iss: 'https://evil.example/' }, rsa)],
  ['the issuer without its slash', token(header, { ...claims, iss: issuer.slice(0, -1) }, rsa)],
  ['no issuer', token(header, { ...claims, iss: undefined }, rsa)],
  ['another audience', token(header, { ...claims, aud: 'billing' }, rsa)],
  ['no audience', token(header, { ...claims, aud: undefined }, rsa)],
  ['an audience that contains ours', token(header, { ...claims, aud: 'orders-api-admin' }, rsa)],
  ['expired', token(header, { ...claims, exp: seconds - 31 }, rsa)],
  ['no expiry', token(header, { ...claims, exp: undefined }, rsa)],
  ['an expiry that is a text', token(header, { ...claims, exp: String(seconds + 60) }, rsa)],
  ['an expiry past every number', token(header, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999'), rsa)],
  ['not yet valid', token(header, { ...claims, nbf: seconds + 31 }, rsa)],
  ['issued in the future', token(header, { ...claims, iat: seconds + 31 }, rsa)],
  ['nobody', token(header, { ...claims, sub: undefined }, rsa)],
  ['a claim twice', token(header, `{"sub":"admin",${JSON.stringify(claims).slice(1)}`, rsa)],
  ['a claim twice, once escaped', token(header, `{"s\\u0075b":"admin",${JSON.stringify(claims).slice(1)}`, rsa)],
  ['a header member twice', token(`{"alg":"none",${JSON.stringify(header).slice(1)}`, claims, rsa)],
  ['a payload that is a list', token(header, [claims], rsa)],
  ['a payload that is a token', token({ ...header, cty: 'JWT' }, good, rsa)],
  ['a payload that is not UTF-8', `${head}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${mark}`],
  ['a changed payload', `${head}.${part({ ...claims, sub: 'admin' })}.${mark}`],
  ['no signature', `${head}.${body}.`],
  ['two parts', `${head}.${body}`],
  ['four parts', `${good}.${mark}`],
  ['five parts (JWE)', `${head}.${body}.${mark}.${mark}.${mark}`],
  ['padding', `${head}.${body}.${mark}=`],
  ['base64 of the other alphabet', good.replace(/[-_]/g, '+')],
  ['loose bits at the end of the signature', `${head}.${body}.${mark.slice(0, -1)}${mark.endsWith('A') ? 'B' : String.fromCharCode(mark.charCodeAt(mark.length - 1) + 1)}`],
  ['a newline', `${head}.${body}.${mark}\n`],
  ['seventeen kilobytes', token(header, { ...claims, padding: 'x'.repeat(17 * 1024) }, rsa)],
  ['a thousand brackets', `${head}.${part(`${'['.repeat(1000)}${']'.repeat(1000)}`)}.${mark}`],
  ['an empty text', ''],
  ['dots', '..'],
];

describe('attacks: each the same 401, which tells nothing', () => {
  it.each(attacks)('%s', async (_, text) => {
    expect(await jwt(policy, now)(text)).toBeUndefined();
    await expect(authorizer()(event(`Bearer ${text}`))).rejects.toThrow(/^Unauthorized$/);
  });
  it.each([
    ['no credential', event('')],
    ['another kind of credential', event('Basic dXNlcjpwYXNz')],
    ['a token without its kind', event(good)],
    ['two tokens in one header', event(`Bearer ${good}, Bearer ${good}`)],
    ['two headers', event('', { multiValueHeaders: { authorization: [`Bearer ${good}`, `Bearer ${good}`] } })],
    ['no headers', event('', { headers: null })],
  ])('%s', async (_, given) => {
    await expect(authorizer()(given)).rejects.toThrow(/^Unauthorized$/);
  });
});

describe('the verdict of a REST authorizer', () => {
  it('lets in on the route alone, whatever its variables are (P06), and says who it is in scalars (P12)', async () => {
    expect(await authorizer()(event(`bearer  ${good}`))).toEqual({
      principalId: 'user-42',
      policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/orders/*' }] },
      context: { scheme: 'customer', principalId: 'user-42', scopes: 'orders:read orders:write', claims: JSON.stringify(claims) },
    });
  });
  it('forbids where a scope is missing: 403, not 401', async () => {
    const verdict = await authorizer()(event(`Bearer ${good}`, { httpMethod: 'DELETE' }));
    expect(verdict.policyDocument.Statement[0]?.Effect).toBe('Deny');
    expect(verdict).not.toHaveProperty('context');
  });
  it('forbids on a route that it does not know', async () => {
    expect((await authorizer()(event(`Bearer ${good}`, { resource: '/admin' }))).policyDocument.Statement[0]?.Effect).toBe('Deny');
  });
  it('fails, and lets nobody in, when the keys cannot be had', async () => {
    vi.stubGlobal('fetch', network({}).fetch);
    await expect(authorizer()(event(`Bearer ${good}`))).rejects.toThrow('The credentials could not be checked');
  });
});
