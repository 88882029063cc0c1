import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf } from '../mapping/support.js';
import { serve, type Served } from './support.js';

const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } };
const json = { 'content-type': 'application/json' };

describe('work that is only accepted', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(documentOf({
      policy: { async: { through: 'inbox', status: 'getIt' }, request: { a: '$request.body#/a', count: '$request.query.count' } },
      parameters: [{ name: 'count', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 9 } }],
      paths: { '/work/{id}': { get: { operationId: 'getIt', parameters: [id], responses: { 200: { description: 'ok' } } } } },
    }), {});
  });
  afterAll(() => served.close());

  it('is acknowledged as the gateway would, and what would be sent is in the log', async () => {
    const { status, headers, body } = await served.ask('POST', '/work?count=3', json, '{"a":"x"}');
    const { requestId } = JSON.parse(body) as { requestId: string };
    expect([status, headers['location'], headers['retry-after']]).toEqual([202, `/work/${requestId}`, '1']);
    expect(served.log.at(-1)?.note).toBe('send-message to inbox: {"a":"x","count":3}');
  });
  it.each([
    ['no JSON', json, '{"a":', 400],
    ['another type, which the model stands for too', { 'content-type': 'text/plain' }, 'x', 400],
  ])('is refused where it is %s', async (_, headers, body, status) => {
    expect((await served.ask('POST', '/work', headers, body)).status).toBe(status);
  });
});
