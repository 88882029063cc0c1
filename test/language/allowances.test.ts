import { describe, expect, it } from 'vitest';
import { createJudge, type RuleLevel } from '../../src/bind/allowances.js';
import { catalog } from '../../src/catalog.js';
import { lowerSpec } from './support.js';

const allow = (rule: string): object => ({ 'x-gateway-allow': [{ rule, reason: 'It is right here.' }] });
const spec = (root: object, pathItem: object, operation: object): string => JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  ...root,
  paths: {
    '/a': { ...pathItem, post: { operationId: 'a', responses: { 200: { description: 'Done.' } }, ...operation } },
    '/b': { post: { operationId: 'b', security: [], responses: { 200: { description: 'Done.' } } } },
  },
});

const left = async (text: string, levels?: ReadonlyMap<string, RuleLevel>): Promise<readonly string[]> => {
  const { document, diagnostics } = await lowerSpec({ stdin: text });
  return document ? createJudge(document, catalog, levels)(diagnostics).map(({ code, level }) => `${level} ${code}`) : [];
};

describe('an allowance', () => {
  it.each<[string, object, object, object, readonly string[]]>([
    ['none', {}, {}, {}, ['error auth/mutation-open']],
    ['at the place', {}, {}, allow('auth/mutation-open'), []],
    ['above it', {}, allow('auth/mutation-open'), {}, []],
    ['at the root', allow('auth/mutation-open'), {}, {}, []],
    ['twice, both used', allow('auth/mutation-open'), {}, allow('auth/mutation-open'), []],
    ['for something else', {}, {}, allow('auth/open'), ['error auth/mutation-open', 'warning allowance/unused']],
    ['misspelt', {}, {}, allow('auth/mutation-opn'), ['error auth/mutation-open', 'error allowance/unknown-rule']],
    ['for a name every object has', {}, {}, allow('constructor'), ['error auth/mutation-open', 'error allowance/unknown-rule']],
    ['without a reason', {}, {}, { 'x-gateway-allow': [{ rule: 'auth/mutation-open' }] }, ['error auth/mutation-open', 'error gateway/missing-key']],
    ['with an empty reason', {}, {}, { 'x-gateway-allow': [{ rule: 'auth/mutation-open', reason: ' ' }] }, ['error auth/mutation-open', 'error gateway/invalid-text']],
    ['for what has no meaning', {}, {}, { ...allow('gateway/unknown-key'), 'x-gateway': { tiemout: '5s' }, security: [] }, ['error gateway/unknown-key', 'error allowance/not-allowable']],
  ])('%s', async (_, root, pathItem, operation, want) => expect(await left(spec(root, pathItem, operation))).toEqual(want));
});

describe('a level of the project', () => {
  it.each<[string, string, RuleLevel['level'], readonly string[]]>([
    ['lowered', 'auth/mutation-open', 'note', ['note auth/mutation-open']],
    ['switched off', 'auth/mutation-open', 'off', []],
  ])('%s', async (_, code, level, want) => {
    expect(await left(spec({}, {}, {}), new Map([[code, { level, reason: 'For now.' }]]))).toEqual(want);
  });
  it('cannot make right what has no meaning', async () => {
    const levels = new Map([['gateway/unknown-key', { level: 'off', reason: 'We like it.' } as const]]);
    expect(await left(spec({}, {}, { 'x-gateway': { tiemout: '5s' }, security: [] }), levels)).toEqual(['error gateway/unknown-key']);
  });
});
