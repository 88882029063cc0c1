import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiOf, bundle, generate, typecheck, write } from '../support/generated.js';
import { jwkOf, network, rsaPair, token } from '../runtime/tokens-support.js';
import { checked, documentOf, jwt } from './support.js';

const pair = rsaPair('one');
const claims = { iss: 'https://id.example.com/', aud: 'api', sub: 'user-1', scope: 'read', exp: Math.floor(Date.now() / 1000) + 60 };
const good = token({ alg: 'RS256', kid: 'one' }, claims, pair);

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.stubGlobal('fetch', network({
    'https://id.example.com/.well-known/openid-configuration': () => new Response(JSON.stringify({ issuer: 'https://id.example.com/', jwks_uri: 'https://id.example.com/keys' })),
    'https://id.example.com/keys': () => new Response(JSON.stringify({ keys: [jwkOf(pair)] })),
  }).fetch);
});
afterEach(() => { vi.unstubAllGlobals(); vi.restoreAllMocks(); });

type Handler = (event: object) => Promise<{ policyDocument?: { Statement: { Effect: string; Resource: string }[] }; isAuthorized?: boolean; context?: object }>;

describe.each(['rest', 'http'] as const)('a generated authorizer as it is deployed, %s', (protocol) => {
  const event = (authorization: string) => (protocol === 'rest'
    ? { methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/things/7', httpMethod: 'GET', resource: '/things/{id}', headers: { authorization } }
    : { routeKey: 'GET /things/{id}', headers: { authorization } });
  it('type-checks, bundles without a package, and tells a good token from a bad one', async () => {
    const api = await apiOf(documentOf({ protocol, schemes: { user: jwt, staff: checked }, security: [{ user: ['read'] }, { staff: [] }] }));
    const files = await generate(api);
    const folder = write(files);
    expect(typecheck(folder)).toBe('');
    const { module, size } = await bundle(folder, 'generated/entry/authorizers/staff-or-user-guard.ts');
    expect(size).toBeLessThan(16 * 1024);
    const handler = module['handler'] as Handler;
    const verdict = await handler(event(`Bearer ${good}`));
    if (protocol === 'rest') expect(verdict.policyDocument?.Statement).toMatchObject([{ Effect: 'Allow', Resource: expect.stringMatching(/\/prod\/GET\/things\/\*$/) }]);
    else expect(verdict.isAuthorized).toBe(true);
    expect(verdict.context).toMatchObject({ scheme: 'user', principalId: 'user-1', scopes: 'read' });
    await expect(handler(event(`Bearer ${good.slice(0, -8)}AAAAAAAA`))).rejects.toThrow(/^Unauthorized$/);
  });
});
