import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { doubtsOf, parameterText } from '../../generators/kit/aws/parameter-mapping.js';
import { routesOf, type Route } from '../../generators/kit/aws/routes.js';
import type { Json } from '../../src/base/json.js';
import { evaluate } from '../../src/ir/evaluate.js';
import type { Api, Template } from '../../src/ir/index.js';
import { compiled, given } from '../support/compiled-mappings.js';
import { factsOf, requests, sent, sound, template, type Request } from '../support/mapping-cases.js';
import { mapParameter, undocumented, type MappedRequest } from '../support/parameter-mapping.js';
import { serve } from '../local/support.js';
import { build, type Tree } from './support.js';

const text = { type: 'string' };
const document = {
  protocol: 'http' as const, body: null, path: '/work/{id}', policy: {}, responses: { 200: { description: 'ok' } },
  parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
  gateway: { resources: {}, stages: { dev: { variables: { LEVEL: 'debug' } } } },
};

/** The same request as the gateway has it. Its authorizer tells claims, among them who calls. */
const asMapped = (request: Request): MappedRequest => {
  const { params, context, stageVariables } = sent(request) as { params: { querystring: Record<string, string>; header: Record<string, string> }; context: Tree; stageVariables: Record<string, string> };
  const { principal, tenantClaim: tenant } = request;
  return {
    path: '/work', query: Object.entries(params.querystring), headers: Object.entries(params.header), variables: { id: request.id }, body: request.body, stageVariables,
    context: { ...context, authorizer: { principalId: principal, claims: { ...(principal === undefined ? {} : { sub: principal }), ...(tenant === undefined ? {} : { tenant }) } } },
  };
};

const written = (value: Json | undefined): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const count = Number(process.env['MAPPING_CASES'] ?? 10_000);

describe('parameter mappings of HTTP APIs', () => {
  let api: Api;
  let route: Route;
  beforeAll(async () => {
    ({ api } = await build(document));
    route = routesOf(api)[0] as Route;
  });

  it.each([[20_260_409, count * 6], [7, count], [8, count]])('give what they mean and what the compiled function gives, by the rules of the guide: seed %i, %i cases', async (seed, numRuns) => {
    const cases = fc.sample(fc.tuple(template, requests), { numRuns, seed }).filter(([node, request]) => node.kind !== 'list' && node.kind !== 'object' && sound(node, factsOf(request)));
    const printed = cases.flatMap(([node, request]) => {
      const parameter = parameterText(api, route, node);
      return parameter === undefined ? [] : [{ node, request, parameter }];
    });
    const mappings = await compiled(printed.map(({ node }) => node));
    const differences = printed.flatMap(({ node, request, parameter }, index) => {
      const wanted = written(evaluate(node, factsOf(request)));
      const byFunction = written(mappings[index]?.(given(factsOf(request))) as Json | undefined);
      const found = mapParameter(parameter, asMapped(request));
      // What the guide does not say must have been told.
      if (found === undocumented) return doubtsOf(api, node).length > 0 ? [] : [{ parameter, wanted, found: 'undocumented, and not told' }];
      return found === wanted && byFunction === wanted ? [] : [{ parameter, wanted, found, byFunction, request: JSON.stringify(request) }];
    });
    expect(differences.slice(0, 3)).toEqual([]);
    if (seed === 20_260_409) expect(printed.length).toBeGreaterThanOrEqual(count);
  }, 120_000);

  it('join what is sent more than once, and so does the local gateway', async () => {
    const served = await serve({
      openapi: '3.1.0', info: { title: 'Work', version: '1.0.0' }, security: [],
      'x-gateway': { protocol: 'http', resources: { work: { kind: 'queue', fifo: true } } },
      paths: { '/work': { post: {
        operationId: 'start', parameters: [{ name: 'group', in: 'query', required: true, schema: text }, { name: 'X-Key', in: 'header', required: true, schema: text }],
        responses: { 200: { description: 'Sent.' } }, 'x-gateway': { integration: { queue: 'work', group: '$request.query.group', dedupe: '$request.header.X-Key' } },
      } } },
    }, {});
    try {
      expect((await served.ask('POST', '/work?group=a&group=b', { 'x-key': ['c', 'd'] })).status).toBe(200);
      const { body } = await served.ask('GET', '/_gatewright/resources/work');
      const asked = (parameter: string): unknown => mapParameter(parameter, { path: '/work', query: [['group', 'a'], ['group', 'b']], headers: [['x-key', 'c'], ['x-key', 'd']], variables: {}, body: null, context: {}, stageVariables: {} });
      expect([asked('$request.querystring.group'), asked('$request.header.X-Key')]).toEqual(['a,b', 'c,d']);
      expect(JSON.parse(body)).toMatchObject({ messages: [{ group: 'a,b', dedupe: 'c,d' }] });
    } finally {
      await served.close();
    }
  });

  const expression = (changes: object): Template => ({ kind: 'value', expression: { origin: { file: '', pointer: '' }, text: '$request.query.a', source: { kind: 'parameter', in: 'query', name: 'a' }, optional: false, ...changes } });
  const schema = (types: readonly string[]): object => ({ schema: { origin: { file: '', pointer: '' }, types } });
  it.each<[string, Template, number]>([
    ['a text that is there', expression(schema(['string'])), 0], ['a text that may be missing', expression({ ...schema(['string']), optional: true }), 1], ['a text that may be null', expression(schema(['string', 'null'])), 1],
    ['a number that nobody checks', expression(schema(['integer'])), 1], ['a constant', { kind: 'literal', value: 7 }, 0],
  ])('%s', (_, node, doubts) => expect(doubtsOf(api, node)).toHaveLength(doubts));
  it.each<[string, Template]>([
    ['a list', expression(schema(['array']))], ['an object', expression(schema(['object']))], ['a default', expression({ schema: { origin: { file: '', pointer: '' }, types: ['string'], default: ['x'] } })],
    ['nothing', { kind: 'literal', value: null }], ['text that begins a variable', { kind: 'literal', value: 'a $b' }], ['a brace', { kind: 'text', parts: ['{'] }],
  ])('%s is out of their reach', (_, node) => expect(parameterText(api, route, node)).toBeUndefined());
});
