import { describe, expect, it } from 'vitest';
import { generators } from '../../generators/index.js';
import { compile } from '../../src/compile.js';
import { lowerSpec } from '../language/support.js';
import { root } from '../support/cli.js';

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


describe('an acknowledgement', () => {
  const answering = (schema: string, { more = '', async = '' } = {}): string => document('/jobs/{jobId}', variable('jobId'), { more: async })
    .replace("'202': { description: Later. }", `'202': { description: Later., content: { application/json: { schema: ${schema} } } }`).replace('throttle:', `${more}throttle:`) + `
components:
  schemas:
    Known: { type: object, required: [job_id], properties: { job_id: { type: string } } }
    Whole: { allOf: [{ $ref: '#/components/schemas/Known' }, { required: [state, place], properties: { state: { enum: [waiting] }, place: { type: integer } } }] }
`;
  it.each<[string, string, string | undefined]>([
    ['of nothing', answering('{}'), undefined],
    ['of what may be missing', answering('{ properties: { place: { type: integer } } }'), undefined],
    ['of an id', answering("{ $ref: '#/components/schemas/Known' }"), undefined],
    ['of an id that is a number', answering('{ required: [id], properties: { id: { type: integer } } }'), '`id`'],
    ['of what nobody describes', answering('{ type: object, required: [place, time] }'), '`place` and `time`'],
    ['of what is only written', answering('{ required: [secret], properties: { secret: { type: string, writeOnly: true } } }'), undefined],
    ['of what others say and it includes', answering("{ $ref: '#/components/schemas/Whole' }"), '`place`'],
    ['that the author made', answering("{ $ref: '#/components/schemas/Whole' }", { more: "responses: { '202': { body: { job_id: $context.requestId, state: waiting, place: 1 } } }, " }), undefined],
    ['of an id that only the worker is told', answering("{ $ref: '#/components/schemas/Known' }", { async: ', tracking: $request.header.Idempotency-Key' }), '`job_id`'],
  ])('%s', async (_, text, lacking) => expect(await told(text, 'async/acknowledgement')).toEqual(lacking === undefined ? [] : [`the acknowledgement 202 cannot be given: of its required ${lacking} nothing is known before the work is done`]));
});

describe('who hands the work over, misspelt', () => {
  it.each(['rest', 'http'])('is told once, with what was meant, on a %s API', async (protocol) => {
    const { diagnostics } = await compile({ stdin: document('/jobs/{jobId}', variable('jobId'), { more: ', by: functon' }).replace('x-gateway: {', `x-gateway: { protocol: ${protocol},`) }, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: generators });
    expect(diagnostics.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual(['`by` cannot be `functon`; did you mean `function`?']);
  });
});
