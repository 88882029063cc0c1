import { describe, expect, it } from 'vitest';
import { bearer, build, checked, introspected, jwt, keys, type Parts } from './support.js';

const pool = (value: string) => ({ ...bearer, 'x-gateway': { userPool: value } });
const poolArn = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC';
const route = (body: Awaited<ReturnType<typeof build>>['body']) => body['paths']?.['/things/{id}']?.['get'] as unknown as Record<string, unknown>;
const schemesOf = (body: Awaited<ReturnType<typeof build>>['body']) => body['components']?.['securitySchemes'] ?? {};
const authorizer = (body: Awaited<ReturnType<typeof build>>['body'], name: string) => schemesOf(body)[name]?.['x-amazon-apigateway-authorizer'] as unknown as Record<string, unknown>;

describe('JWT on a REST API', () => {
  it('is a function of ours whose verdict is remembered by credential, method and path (P06, P07)', async () => {
    const { body, files, resources, codes } = await build({ schemes: { user: jwt }, security: [{ user: ['read'] }] });
    expect(codes).not.toContain('target/not-yet');
    expect(route(body)['security']).toEqual([{ userGuard: [] }]);
    expect(authorizer(body, 'userGuard')).toMatchObject({ type: 'request', authorizerResultTtlInSeconds: 60, identitySource: 'method.request.header.Authorization, context.httpMethod, context.resourcePath' });
    expect(resources['UserGuardAuthorizer']?.['Properties']).toMatchObject({ Timeout: 10, CodeUri: expect.stringContaining('authorizers/user-guard') });
    const entry = files.get('generated/entry/authorizers/user-guard.ts');
    expect(entry).toContain("{ method: 'GET', path: '/things/{id}', anyOf: [{ scheme: 'user', scopes: ['read'] }] },");
    expect(entry).toContain("algorithms: ['RS256']");
    expect(files.get('generated/build.mjs')).toContain('generated/entry/authorizers/user-guard.ts');
  });
  it('may be called by the gateway (P11, P42)', async () => {
    const { resources } = await build({ schemes: { user: jwt }, security: [{ user: [] }] });
    expect(resources['UserGuardAuthorizerPermission']?.['Properties']).toMatchObject({ Action: 'lambda:InvokeFunction', SourceArn: { 'Fn::Sub': expect.stringContaining('${Api}/authorizers/*') } });
  });
  it('has the function ask for the scopes again', async () => {
    const { files } = await build({ schemes: { user: jwt }, security: [{ user: ['read', 'write'] }] });
    expect(files.get('generated/validators/get-thing.js')).toMatch(/anyOf: \[\[\{ scheme: 'user', scopes: \['read', 'write'\] \}\]\]/);
  });
  it('leaves preflights open (P15)', async () => {
    const { body } = await build({ schemes: { user: jwt }, security: [{ user: [] }], gateway: { cors: { origins: ['https://a.example'] } } });
    expect(body['paths']?.['/things/{id}']?.['options']).toMatchObject({ security: [], 'x-amazon-apigateway-auth': { type: 'NONE' } });
  });
});

describe('JWT on an HTTP API', () => {
  const via = async (policy: object, more: Partial<Parts> = {}) => (await build({ protocol: 'http', schemes: { user: { ...bearer, 'x-gateway': { issuer: 'https://id.example.com/', audience: ['api'], ...policy } } }, security: [{ user: [] }], ...more })).body;
  it('is the gateway\'s own check, with the issuer to the letter (P13)', async () => {
    const body = await via({});
    expect(authorizer(body, 'user')).toEqual({ type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { issuer: 'https://id.example.com/', audience: ['api'] } });
  });
  it.each([
    ['a signature that the gateway does not know (P13)', { algorithms: ['ES256'] }],
    ['keys elsewhere than the issuer says', { keys: 'https://keys.example.com/set' }],
  ])('is ours for %s, remembered by the route too (P08)', async (_, policy) => {
    const body = await via(policy);
    expect(authorizer(body, 'userGuard')).toMatchObject({ type: 'request', enableSimpleResponses: true, identitySource: '$request.header.Authorization, $context.routeKey' });
  });
  it('is ours where two scopes are asked for and no function could ask again', async () => {
    const gateway = { resources: { old: { kind: 'http', url: 'https://old.example.com' } } };
    const body = await via({}, { gateway, operation: { integration: { http: 'old' } }, security: [{ user: ['a', 'b'] }] });
    expect(route(body)['security']).toEqual([{ userGuard: [] }]);
  });
});

describe.each(['rest', 'http'] as const)('token introspection, %s', (protocol) => {
  it('remembers a verdict for as long as the document says', async () => {
    const { body } = await build({ protocol, schemes: { user: introspected }, security: [{ user: [] }] });
    expect(authorizer(body, 'userGuard')).toMatchObject({ authorizerResultTtlInSeconds: 20 });
  });
  it('names the secret to the function, which may read it and nothing else', async () => {
    const { resources, template, files } = await build({ protocol, schemes: { user: introspected }, security: [{ user: [] }] });
    const properties = resources['UserGuardAuthorizer']?.['Properties'];
    expect(properties?.['Environment']).toEqual({ Variables: { INTROSPECTION_SECRET_USER: { Ref: 'IdpClientArn' } } });
    expect(properties?.['Policies']).toEqual([{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [{ Ref: 'IdpClientArn' }] }] }]);
    expect(template['Parameters']).toHaveProperty('IdpClientArn');
    expect(files.get('generated/entry/authorizers/user-guard.ts')).toContain("introspection({ url: 'https://id.example.com/introspect', secret: 'INTROSPECTION_SECRET_USER' })");
  });
});

describe('user pools on an HTTP API', () => {
  it('are issuers of tokens, for app clients that whoever deploys names', async () => {
    const { body, template } = await build({ protocol: 'http', schemes: { user: pool(poolArn) }, security: [{ user: ['read'] }] });
    expect(authorizer(body, 'user')).toEqual({
      type: 'jwt', identitySource: '$request.header.Authorization',
      jwtConfiguration: { issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC', audience: { Ref: 'UserClients' } },
    });
    expect(template['Parameters']?.['UserClients']).toMatchObject({ Type: 'CommaDelimitedList' });
    expect(route(body)['security']).toEqual([{ user: ['read'] }]);
  });
  it('are asked for by their issuer where a parameter has them', async () => {
    const { body } = await build({ protocol: 'http', schemes: { user: pool('users') }, security: [{ user: [] }] });
    expect(authorizer(body, 'user')['jwtConfiguration']).toMatchObject({ issuer: { Ref: 'UsersIssuer' } });
  });
});

describe('alternatives', () => {
  const schemes = { user: jwt, service: introspected, staff: checked, key: keys };
  it('are tried in the order of the document by one function, the developer\'s check among them', async () => {
    const { body, files, codes } = await build({ schemes, security: [{ user: ['read'] }, { staff: [] }, { service: [] }] });
    expect(codes).not.toContain('target/unsupported');
    expect(route(body)['security']).toEqual([{ serviceOrStaffOrUserGuard: [] }]);
    const entry = files.get('generated/entry/authorizers/service-or-staff-or-user-guard.ts');
    expect(entry).toContain("anyOf: [{ scheme: 'user', scopes: ['read'] }, { scheme: 'staff', scopes: [] }, { scheme: 'service', scopes: [] }]");
    expect(entry).toContain("own({ scheme: 'staff', in: 'header', name: 'authorization' }, check1)");
    expect(authorizer(body, 'serviceOrStaffOrUserGuard')).toMatchObject({ authorizerResultTtlInSeconds: 20 });
  });
  it('are remembered by nothing where a check looks at more than `Authorization` (P07)', async () => {
    const staff = { ...bearer, 'x-gateway': { function: 'check', identity: ['$request.header.Authorization', '$request.header.x-tenant'] } };
    const { body } = await build({ schemes: { user: jwt, staff }, security: [{ user: [] }, { staff: [] }] });
    expect(authorizer(body, 'staffOrUserGuard')).toMatchObject({ authorizerResultTtlInSeconds: 0 });
    expect(authorizer(body, 'staffOrUserGuard')).not.toHaveProperty('identitySource');
  });
  it.each([
    ['a key for a token', [{ user: [] }, { key: [] }]],
    ['nobody for somebody', [{ user: [] }, {}]],
  ])('cannot be %s, and that is told', async (_, security) => {
    expect((await build({ schemes, security })).codes).toContain('target/unsupported');
  });
});

describe('scopes that no function could ask for again', () => {
  const gateway = { resources: { old: { kind: 'http', url: 'https://old.example.com' } } };
  const operation = { integration: { http: 'old' } };
  it.each(['rest', 'http'] as const)('are asked for by a function of ours behind the developer\'s check, %s', async (protocol) => {
    const { body } = await build({ protocol, gateway, operation, schemes: { staff: checked }, security: [{ staff: ['admin'] }] });
    expect(route(body)['security']).toEqual([{ staffGuard: [] }]);
  });
  it.each(['rest', 'http'] as const)('of a user pool are told, %s', async (protocol) => {
    const { messages } = await build({ protocol, gateway, operation, schemes: { user: pool(poolArn) }, security: [{ user: ['a', 'b'] }] });
    expect(messages.join('\n')).toContain('content with one scope of several');
  });
});

describe('combinations', () => {
  const schemes = { user: jwt, service: introspected, key: keys };
  it('have an API key beside a token (P17)', async () => {
    const { body } = await build({ schemes, security: [{ user: [], key: [] }] });
    expect(route(body)['security']).toEqual([{ userGuard: [], api_key: [] }]);
  });
  it('cannot have two tokens, and that is told', async () => {
    const { codes, messages } = await build({ schemes, security: [{ user: [], service: [] }] });
    expect(codes).toContain('target/unsupported');
    expect(messages.join('\n')).toContain('one authorizer stands before a route');
  });
});
