import { describe, expect, it } from 'vitest';
import { lowerSpec, told } from '../language/support.js';
import type { Template } from '../../src/ir/index.js';

const spec = (request: unknown): string => JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  security: [],
  'x-gateway': { resources: { jobs: { kind: 'queue' } }, stages: { prod: { variables: { LEVEL: 'warn' } } } },
  paths: {
    '/a/{id}': {
      post: {
        operationId: 'a',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'tags', in: 'query', schema: { type: 'array', maxItems: 3, items: { type: 'string' } } },
          { name: 'X-Tenant', in: 'header', schema: { type: 'string' } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } } },
        responses: { 202: { description: 'Taken.', headers: { Location: { schema: { type: 'string' } } } } },
        'x-gateway': { integration: { queue: 'jobs' }, request },
      },
    },
  },
  components: {
    schemas: {
      Body: { allOf: [{ $ref: '#/components/schemas/Base' }, { oneOf: [{ properties: { left: { type: 'string', maxLength: 9 } } }, { properties: { right: { type: 'integer' } } }] }] },
      Base: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', maxLength: 9 },
          nested: { $ref: '#/components/schemas/Nested' },
          free: { type: 'object' },
          map: { type: 'object', additionalProperties: { type: 'integer' } },
          list: { type: 'array', maxItems: 9, items: { $ref: '#/components/schemas/Nested' } },
        },
      },
      Nested: { type: 'object', additionalProperties: false, properties: { child: { $ref: '#/components/schemas/Nested' }, leaf: { type: 'boolean' } } },
    },
  },
});

const templateOf = async (request: unknown): Promise<{ template?: Template; told: readonly string[] }> => {
  const { lowered, diagnostics } = await lowerSpec({ stdin: spec(request) });
  const template = lowered?.api.operations.get('a')?.integration.request;
  return { ...(template ? { template } : {}), told: told(diagnostics).map((line) => line.split(' ')[0] ?? '') };
};

describe('the type of an expression', () => {
  it.each<[string, readonly string[] | undefined, boolean]>([
    ['$request.path.id', ['integer'], false],
    ['$request.query.tags', ['array'], true],
    ['$request.header.x-tenant', ['string'], true],
    ['$request.body#/name', ['string'], false],
    ['$request.body#/left', ['string'], true],
    ['$request.body#/right', ['integer'], true],
    ['$request.body#/nested/child/child/leaf', ['boolean'], true],
    ['$request.body#/list/0/leaf', ['boolean'], true],
    ['$request.body#/map/anything', ['integer'], true],
    ['$request.body#/free/anything/below', undefined, true],
    ['$context.epochMs', ['integer'], false],
    ['$auth.scopes', ['array'], false],
    ['$auth.claims.tenant', undefined, true],
    ['$stage.LEVEL', ['string'], false],
    ['$method', ['string'], false],
  ])('%s', async (text, types, optional) => {
    const { template, told: faults } = await templateOf(text);
    expect(faults).toEqual([]);
    expect(template?.kind === 'value' ? [template.expression.schema?.types, template.expression.optional] : template).toEqual([types, optional]);
  });
});

describe('a wrong expression', () => {
  it.each([
    ['$request.path.ident', 'expression/unknown-parameter'],
    ['$request.query.tag', 'expression/unknown-parameter'],
    ['$request.body#/nme', 'expression/unknown-field'],
    ['$request.body#/nested/constructor', 'expression/unknown-field'],
    ['$request.body#/name/first', 'expression/unknown-field'],
    ['$response.header.Location', 'expression/response-outside'],
    ['$statusCode', 'expression/response-outside'],
    ['$stage.LEVL', 'expression/unknown-variable'],
    ['tags {$request.query.tags}', 'expression/not-text'],
    ['{$request.body#/nested}', 'expression/not-text'],
    ['{$request.body}', 'expression/not-text'],
    ['$request.boby', 'expression/malformed'],
  ])('%s is %s', async (text, code) => {
    const { template, told: faults } = await templateOf({ deep: [text] });
    expect(faults).toEqual([code]);
    expect(template).toBeUndefined();
  });
});

describe('a template', () => {
  it('keeps literals as they are, in canonical order, whatever they are called', async () => {
    const { template } = await templateOf({ b: [1, null, 'x'], a: '$$', __proto__x: true });
    expect(template).toEqual({
      kind: 'object',
      entries: [
        ['__proto__x', { kind: 'literal', value: true }],
        ['a', { kind: 'literal', value: '$' }],
        ['b', { kind: 'literal', value: [1, null, 'x'] }],
      ],
    });
  });
});
