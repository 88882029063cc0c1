import { describe, expect, it } from 'vitest';
import { lowerSpec } from '../language/support.js';

const document = (path: string, parameters: string, { method = 'get', work = 'kind: queue', more = '', accepting = '/jobs', given = '' } = {}): string => `
openapi: 3.1.0
info: { title: Jobs, version: 1.0.0 }
security: []
x-gateway: { resources: { work: { ${work} } } }
paths:
  ${accepting}:
    post:
      operationId: startJob
      parameters: [${given}{ name: Idempotency-Key, in: header, required: true, schema: { type: string, maxLength: 60 } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object, additionalProperties: false, properties: { id: { type: string, maxLength: 9 } } } } } }
      responses: { '202': { description: Later. } }
      x-gateway: { throttle: { rate: 5, burst: 5 }, async: { through: work, status: getJob${more} } }
  ${path}:
    ${method}:
      operationId: getJob
      parameters: [${parameters}]
      responses: { '200': { description: How far it is. } }
`;
const variable = (name: string, type = 'string'): string => `{ name: ${name}, in: path, required: true, schema: { type: ${type} } }`;
const told = async (text: string, code: string): Promise<readonly string[]> => (await lowerSpec({ stdin: text })).diagnostics.filter((each) => each.code === code).map(({ message }) => message);

describe('the operation that reports on work', () => {
  it.each([
    ['has the id in its path', document('/jobs/{jobId}', variable('jobId')), undefined],
    ['has the variables of the accepting one besides', document('/shops/{shop}/jobs/{jobId}', `${variable('shop')}, ${variable('jobId')}`, { accepting: '/shops/{shop}/jobs', given: `${variable('shop')}, ` }), undefined],
    ['without a variable is refused', document('/jobs/last', ''), 'no variable of its path `/jobs/last` could be the id'],
    ['with two is', document('/shops/{shop}/jobs/{jobId}', `${variable('shop')}, ${variable('jobId')}`), 'its path has the variables `shop`, `jobId`, and the id fills one'],
    ['with a number for the id is', document('/jobs/{jobId}', variable('jobId', 'integer')), 'its `jobId` is of type integer, and the id of the work is a text'],
    ['that changes something is', document('/jobs/{jobId}', variable('jobId'), { method: 'delete' }), 'it is a DELETE, and asking changes nothing'],
    ['for an id out of the body is', document('/jobs/{jobId}', variable('jobId'), { more: ', tracking: $request.body#/id' }), 'a `Location` cannot be made of the body'],
    ['whose segment is of several pieces is', document('/jobs/job-{jobId}', variable('jobId')), 'no variable of its path `/jobs/job-{jobId}` could be the id'],
  ])('%s', async (_, text, why) => expect(await told(text, 'async/status-operation')).toEqual(why === undefined ? [] : [`\`getJob\` cannot be asked about the work: ${why}`]));
});

describe('an idempotency key', () => {
  it.each([
    ['kind: queue', true], ['kind: queue, fifo: true', false], ['kind: topic', true], ['kind: topic, fifo: true', false], ['kind: bus', true],
    ['kind: workflow', false], ['kind: workflow, type: express', true],
  ])('on { %s } is told to be forgotten: %s', async (work, forgotten) =>
    expect((await told(document('/jobs/{jobId}', variable('jobId'), { work, more: ', idempotencyKey: $request.header.Idempotency-Key' }), 'async/forgotten-key')).length).toBe(forgotten ? 1 : 0));
});
