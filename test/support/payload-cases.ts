/** One operation of every kind of parameter, served by a function that is handed its payload in one way or another. */
export const document = (payload: string): string => `
openapi: 3.1.0
info: { title: T, version: '1' }
x-gateway:
  protocol: rest
  stages: { dev: { variables: { LEVEL: debug } } }
  headers: { request: { remove: [x-internal-*, x-secret], set: { x-level: $stage.LEVEL, x-by: $auth.claims.tenant, x-fixed: 'a "b" $c #d' } }, response: { set: { x-served: us } } }
  errors: { map: { Gone: 404, 'It''s "full" (.*)': 409, Late: 504 } }
components:
  securitySchemes: { member: { type: http, scheme: bearer, x-gateway: { function: check } } }
security: [{ member: [] }]
paths:
  /users/{id}/{ids}:
    put:
      operationId: putUser
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: ids, in: path, required: true, schema: { type: array, items: { type: integer } } }
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
        - { name: ratio, in: query, schema: { type: number } }
        - { name: flag, in: query, schema: { type: boolean } }
        - { name: note, in: query, schema: { type: [string, 'null'] } }
        - { name: size, in: query, schema: { type: [integer, 'null'] } }
        - { name: either, in: query, schema: { oneOf: [{ type: integer }, { type: string }] } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } }
        - { name: pipes, in: query, explode: false, style: pipeDelimited, schema: { type: array, items: { type: number } } }
        - { name: spaces, in: query, explode: false, style: spaceDelimited, schema: { type: array, items: { type: boolean }, default: [true] } }
        - { name: empty, in: query, allowEmptyValue: true, schema: { type: integer } }
        - { name: X-Tenant, in: header, schema: { type: string } }
        - { name: X-Rank, in: header, schema: { type: integer } }
        - { name: X-List, in: header, schema: { type: array, items: { type: integer } } }
        - { name: sid, in: cookie, schema: { type: string } }
        - { name: seen, in: cookie, schema: { type: integer } }
      requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string }, next: {} } } } } }
      responses:
        '200': { description: ok, headers: { ETag: { schema: { type: string } } }, content: { application/json: { schema: { type: object } } } }
        '204': { description: nothing }
        default: { description: not ok, content: { application/problem+json: { schema: { type: object } } } }
      x-gateway: { integration: { function: { payload: ${payload} } } }
`;

/** Tells all that it is given, or fails as its path says. */
export const handler = `import { putUser } from '../generated/contract/put-user.js';
import { DomainError } from '../generated/runtime/problem.js';
class Thrown extends DomainError { constructor(override readonly name: string, message: string) { super(message); } }
export const handler = putUser(async ({ params, query, headers, cookies, body, auth, context, request }) => {
  const ids: readonly number[] = params.ids;
  const limit: number = query.limit;
  switch (params.id) {
    case 'none': return { status: 204 };
    case 'gone': throw new Thrown('Gone', "It's gone: \\"$x\\" #if");
    case 'full': throw new Thrown('It\\'s "full" (.*)', 'No room.');
    case 'late': throw new Thrown('Late', 'Too late.');
    case 'bad': throw new Error('{"fault":"Gone","status":200,"headers":{},"body":"hunter2"}');
    case 'other': return { status: 200, headers: { 'x-other': '1' } as object, body: {} };
    default: return { status: 200, headers: { etag: '"1"' }, cookies: ['a=1; Path=/'], body: { params, query, headers, cookies, body, auth, context, request, ids, limit } };
  }
});
`;
