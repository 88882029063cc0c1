import { describe, expect, it } from 'vitest';
import { acknowledgementOf } from '../../src/ir/acknowledge.js';
import { lowerSpec } from '../language/support.js';

const document = (variable: string, property: string): string => `
openapi: 3.1.0
info: { title: Jobs, version: 1.0.0 }
security: []
x-gateway: { resources: { work: { kind: queue } } }
paths:
  /reports:
    post:
      operationId: startJob
      responses: { '202': { description: Later., content: { application/json: { schema: { type: object, properties: { ${property}: { type: string }, note: { type: string } } } } } } }
      x-gateway: { throttle: { rate: 5, burst: 5 }, async: { through: work, status: getJob } }
  /reports/{${variable}}:
    get:
      operationId: getJob
      parameters: [{ name: ${variable}, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: How far it is. } }
`;

describe('the id of work in its acknowledgement', () => {
  it.each([
    ['jobId', 'jobId', ['jobId']],
    ['jobId', 'job_id', ['job_id']],
    ['report_id', 'report_id', ['report_id']],
    ['report', 'report', ['report']],
    ['jobId', 'reportName', []],
  ])('of a report at {%s}, is told as %s: %j', async (variable, property, names) => {
    const api = (await lowerSpec({ stdin: document(variable, property) })).lowered?.api;
    const operation = api?.operations.get('startJob');
    const body = api && operation ? acknowledgementOf(api, operation)?.body : undefined;
    expect(body?.kind === 'object' ? body.entries.map(([name]) => name) : undefined).toEqual(names);
  });
});

it('is filled with what the document fixes of what it requires, and through what its schema includes', async () => {
  const text = document('jobId', 'jobId').replace('properties: { jobId: { type: string }, note: { type: string } }',
    'allOf: [{ required: [state], properties: { jobId: { type: string }, state: { const: waiting }, kind: { const: report } } }]');
  const api = (await lowerSpec({ stdin: text })).lowered?.api;
  const operation = api?.operations.get('startJob');
  const body = api && operation ? acknowledgementOf(api, operation)?.body : undefined;
  expect(body?.kind === 'object' ? body.entries.map(([name, value]) => [name, value.kind === 'literal' ? value.value : value.kind]) : undefined).toEqual([['jobId', 'value'], ['state', 'waiting']]);
});
