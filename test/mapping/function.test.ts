import { beforeAll, describe, expect, it } from 'vitest';
import { apiOf, bundle, generate, typecheck, write } from '../support/generated.js';

const document = (protocol: string): string => `
openapi: 3.1.0
info: { title: T, version: '1' }
x-gateway: { protocol: ${protocol}, stages: { dev: { variables: { LEVEL: debug } } } }
security: []
paths:
  /users/{id}:
    post:
      operationId: putUser
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
        - { name: X-Tenant, in: header, schema: { type: string } }
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [firstName], properties: { firstName: { type: string }, age: { type: integer }, __proto__: { type: string } } } } } }
      responses:
        '200': { description: ok, headers: { X-Was: { schema: { type: string } } }, content: { application/json: { schema: { type: object, properties: { id: { type: string }, note: { type: string } } } } } }
        4XX: { description: not ok, content: { application/json: { schema: { type: object } } } }
      x-gateway:
        request: { name: 'store-$$user', who: '{$request.path.id}/{$request.header.X-Tenant}', age: '$request.body#/age', limit: '$request.query.limit', tags: '$request.query.tag', level: $stage.LEVEL, list: ['$request.body#/firstName', '$request.body#/age'], '__proto__': '$request.body#/firstName' }
        responses:
          '200': { body: { id: '$response.body#/id', note: 'was {$statusCode}' }, headers: { x-was: '$request.body#/firstName' } }
          4XX: { body: { code: $statusCode } }
`;

const handler = `import { putUser } from '../generated/contract/put-user.js';
export const handler = putUser(async ({ body }) => {
  const name: 'store-$user' = body.name;
  const who: string = body.who;
  const limit: number = body.limit;
  const age: number | undefined = body.age;
  const level: string = body.level;
  if (who.startsWith('gone')) return { status: 404, body: { secret: 'x' } };
  return { status: 200, body: { id: JSON.stringify([name, who, limit, age, level, body.tags, body.list, Object.keys(body)]) } };
});
`;

const context = { requestId: 'r', stage: 'dev', domainName: 'd', requestTimeEpoch: 0, timeEpoch: 0, identity: { sourceIp: '192.0.2.1', userAgent: 'u' }, http: { method: 'POST', sourceIp: '192.0.2.1' } };
const events: Readonly<Record<string, (id: string, body: string) => unknown>> = {
  rest: (id, body) => ({ resource: '/users/{id}', path: `/users/${id}`, httpMethod: 'POST', headers: { 'Content-Type': 'application/json', 'x-tenant': 't' }, multiValueHeaders: null, queryStringParameters: { tag: 'a' }, multiValueQueryStringParameters: { tag: ['a', 'b'] }, pathParameters: { id }, stageVariables: { LEVEL: 'debug' }, body, isBase64Encoded: false, requestContext: context }),
  http: (id, body) => ({ version: '2.0', routeKey: 'POST /users/{id}', rawPath: `/users/${id}`, rawQueryString: 'tag=a&tag=b', headers: { 'content-type': 'application/json', 'x-tenant': 't' }, stageVariables: { LEVEL: 'debug' }, body, isBase64Encoded: false, requestContext: context }),
};

describe.each(['rest', 'http'])('the mappings of a function behind a %s API', (protocol) => {
  let call: (event: unknown) => Promise<{ statusCode: number; body: string; headers: Record<string, string> }>;
  beforeAll(async () => {
    const files = await generate(await apiOf(document(protocol)));
    files.set('handlers/put-user.ts', handler);
    const folder = write(files);
    expect(typecheck(folder)).toBe('');
    call = (await bundle(folder, 'generated/entry/put-user.ts')).module['handler'] as typeof call;
  });
  const event = (id: string, body: object): unknown => (events[protocol] as (id: string, body: string) => unknown)(id, JSON.stringify(body));

  it('are applied before the handler and behind it', async () => {
    const { statusCode, body, headers } = await call(event('o%27hara', { firstName: 'Ann "A" \u2028' }));
    expect(statusCode).toBe(200);
    const { id, note } = JSON.parse(body) as { id: string; note: string };
    expect(note).toBe('was 200');
    expect(JSON.parse(id)).toEqual(['store-$user', "o'hara/t", 20, null, 'debug', ['a', 'b'], ['Ann "A" \u2028', null], ['__proto__', 'level', 'limit', 'list', 'name', 'tags', 'who']]);
    expect(headers['x-was']).toBe('Ann "A"  ');
  });
  it('are chosen by the status of the answer', async () => {
    const { statusCode, body } = await call(event('gone', { firstName: 'A' }));
    expect([statusCode, JSON.parse(body)]).toEqual([404, { code: 404 }]);
  });
  it('see what was checked: a request that is wrong does not reach them', async () => expect((await call(event('a', { age: 'x' }))).statusCode).toBe(400));
});
