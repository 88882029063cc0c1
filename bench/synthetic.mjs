/** A document with so many operations: a schema of its own for every fifth, parameters, bodies, policy. */
export const synthetic = (operations) => {
  const paths = {};
  const schemas = { Problem: { type: 'object', required: ['title', 'status'], properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } } } };
  for (let index = 0; index < operations / 5; index++) {
    const name = `Thing${index}`;
    schemas[name] = {
      type: 'object', required: ['name', 'kind'],
      properties: {
        id: { type: 'string', format: 'uuid', readOnly: true }, name: { type: 'string', minLength: 1, maxLength: 80 }, kind: { type: 'string', enum: ['a', 'b', 'c'] },
        size: { type: 'integer', minimum: 0, maximum: 1000 }, tags: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 20 } },
        parent: { $ref: `#/components/schemas/Thing${Math.max(0, index - 1)}` },
      },
    };
    const ref = { $ref: `#/components/schemas/${name}` };
    const json = (schema) => ({ content: { 'application/json': { schema } } });
    const problem = { description: 'Wrong', ...json({ $ref: '#/components/schemas/Problem' }) };
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
    const key = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 64 } };
    const one = (operationId, more) => ({ operationId: `${operationId}${name}`, responses: { 200: { description: 'Done', ...json(ref) }, default: problem }, ...more });
    paths[`/things${index}`] = {
      get: one('list', { parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } }], responses: { 200: { description: 'All', ...json({ type: 'array', maxItems: 100, items: ref }) }, default: problem } }),
      post: one('add', { parameters: [key], requestBody: { required: true, ...json(ref) } }),
    };
    paths[`/things${index}/{id}`] = {
      parameters: [id],
      get: one('get'), put: one('put', { requestBody: { required: true, ...json(ref) } }), delete: one('drop', { responses: { 204: { description: 'Gone' }, default: problem } }),
    };
  }
  return {
    openapi: '3.1.0', info: { title: 'Synthetic', version: '1' },
    'x-gateway': { functions: { split: 'resource' } },
    security: [{ caller: ['all'] }], paths,
    components: { schemas, securitySchemes: { caller: { type: 'http', scheme: 'bearer', 'x-gateway': { issuer: 'https://id.example.com/', audience: ['things'] } } } },
  };
};
