import { describe, expect, it } from 'vitest';
import { bearer, build, checked, documentOf, type Parts } from './support.js';
import { apiOf, generate } from '../support/generated.js';

const stages = { dev: {}, prod: { cacheSize: 1.6 } };
const query = (name: string, schema: object = { type: 'string', maxLength: 9 }, more: object = {}) => ({ name, in: 'query', schema, ...more });
const cached = (cache: object, parts: Partial<Parts> = {}) => build({ ...parts, gateway: { stages, ...parts.gateway }, operation: { cache: { ttl: '60s', ...cache } } });
const keyOf = ({ body }: Awaited<ReturnType<typeof build>>) => body['paths']?.['/things/{id}']?.['get']?.['x-amazon-apigateway-integration']?.['cacheKeyParameters'];
const declared = ({ body }: Awaited<ReturnType<typeof build>>) => (body['paths']?.['/things/{id}']?.['get']?.['parameters'] as unknown as { in: string; name: string }[]).map((each) => `${each.in}.${each.name}`);

describe('the key of a cached answer', () => {
  it('has each path variable, said or not (P02)', async () => {
    expect(keyOf(await cached({}))).toEqual(['method.request.path.id']);
  });
  it('has the caller by their credential, which is finer than who they are (P01)', async () => {
    const built = await cached({ key: ['principal'] }, { schemes: { user: checked }, security: [{ user: [] }] });
    expect(keyOf(built)).toEqual(['method.request.header.Authorization', 'method.request.path.id']);
    expect(declared(built)).toContain('header.Authorization');
  });
  it('has no part that is not declared (P03)', async () => {
    const built = await cached({ key: ['query.page', 'header.accept-language'] }, { parameters: [query('page')] });
    expect(keyOf(built)).toEqual(['method.request.header.accept-language', 'method.request.path.id', 'method.request.querystring.page']);
    expect(declared(built)).toEqual(['path.id', 'query.page', 'header.accept-language']);
  });
  it('has the origin where CORS headers name one, for this cache knows no Vary', async () => {
    expect(keyOf(await cached({}, { gateway: { cors: { origins: ['https://a.example', 'https://b.example'] } } }))).toContain('method.request.header.Origin');
    expect(keyOf(await cached({}, { gateway: { cors: { origins: ['*'] } } }))).not.toContain('method.request.header.Origin');
  });
  it('has the cookies where the operation reads one', async () => {
    expect(keyOf(await cached({}, { parameters: [{ name: 'session', in: 'cookie', schema: { type: 'string', maxLength: 9 } }] }))).toContain('method.request.header.Cookie');
  });
  it.each([
    ['a list that is repeated', query('tags', { type: 'array', maxItems: 9, items: { type: 'string', maxLength: 9 } })],
    ['an object in brackets', query('tags', { type: 'object' }, { style: 'deepObject' })],
  ])('cannot have %s, and that is told', async (_, parameter) => {
    const { codes, messages } = await cached({ key: ['query.tags'] }, { parameters: [parameter] });
    expect(codes).toContain('target/unsupported');
    expect(messages.join('\n')).toContain('may come in several parts');
  });
  it('has a list that stands in one piece', async () => {
    expect(keyOf(await cached({ key: ['query.tags'] }, { parameters: [query('tags', { type: 'array', maxItems: 9, items: { type: 'string', maxLength: 9 } }, { explode: false })] }))).toContain('method.request.querystring.tags');
  });
});

describe('the cache of a stage', () => {
  it('is there where the stage says so, of its size', async () => {
    const { resources, template } = await cached({});
    expect(resources['Api']?.['Properties']).toMatchObject({
      CacheClusterEnabled: { 'Fn::If': ['HasCacheSize', true, false] },
      CacheClusterSize: { 'Fn::If': ['HasCacheSize', { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'CacheSize'] }, { Ref: 'AWS::NoValue' }] },
    });
    expect(template['Mappings']?.['Stages']).toMatchObject({ dev: { CacheSize: '' }, prod: { CacheSize: '1.6' } });
  });
  it('keeps nothing of a method that does not say so (P04), and encrypts the rest', async () => {
    const { resources } = await cached({});
    expect(resources['Api']?.['Properties']?.['MethodSettings']).toMatchObject([
      { ResourcePath: '/*', HttpMethod: '*', CachingEnabled: false },
      { ResourcePath: '/~1things~1{id}', HttpMethod: 'GET', CachingEnabled: { 'Fn::If': ['HasCacheSize', true, false] }, CacheTtlInSeconds: 60, CacheDataEncrypted: true },
    ]);
  });
  it('is nowhere unless a stage has a size, and that is told', async () => {
    const { codes, resources } = await build({ operation: { cache: { ttl: '60s' } } });
    expect(codes).toContain('target/cache-stage');
    expect(resources['Api']?.['Properties']).not.toHaveProperty('CacheClusterEnabled');
  });
  it('has a size that there is', async () => {
    const { messages } = await build({ gateway: { stages: { prod: { cacheSize: 2 } } }, operation: { cache: { ttl: '60s' } } });
    expect(messages.join('\n')).toContain('there is none of 2 GB');
  });
});

describe('what caches beyond the gateway are told (P19)', () => {
  it.each([
    ['private', 'private, max-age=60'],
    ['public', 'public, max-age=60'],
  ])('%s', async (control, want) => {
    const api = await apiOf(documentOf({ gateway: { stages }, schemes: { user: bearer }, operation: { cache: { ttl: '60s', control } } }));
    expect((await generate(api)).get('generated/validators/get-thing.js')).toContain(`cacheControl: '${want}'`);
  });
});
