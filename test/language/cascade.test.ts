import { describe, expect, it } from 'vitest';
import { explainModel } from '../../src/bind/explain.js';
import { lowerSpec } from './support.js';

const gateway = {
  profiles: { cheap: { timeout: '3s', throttle: { rate: 500, burst: 1000 } }, heavy: { timeout: '25s', function: { memory: 1024 } } },
  functions: { memory: 512 },
  defaults: { profile: 'cheap', limits: { body: '64KB' } },
  headers: { request: { remove: ['cookie'] } },
  errors: { map: { NotFound: 404 } },
};

const spec = (pathItem: unknown, operation: unknown, more: object = {}): string => JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  security: [],
  'x-gateway': { ...gateway, ...more },
  paths: {
    '/a': {
      ...(pathItem === undefined ? {} : { 'x-gateway': pathItem }),
      get: { operationId: 'a', responses: { 200: { description: 'Done.' } }, ...(operation === undefined ? {} : { 'x-gateway': operation }) },
    },
  },
  components: { 'x-gateway': { throttles: { slow: { rate: 1, burst: 2 } } } },
});

const model = async (pathItem?: unknown, operation?: unknown): Promise<ReadonlyMap<string, readonly [unknown, string]>> => {
  const { lowered, diagnostics } = await lowerSpec({ stdin: spec(pathItem, operation) });
  expect(diagnostics).toEqual([]);
  const rows = lowered ? explainModel(lowered.bound) : [];
  return new Map(rows.filter(({ subject }) => subject === 'operation a').map(({ key, value, level }) => [key, [value, level]]));
};

describe('the cascade', () => {
  it.each<[string, unknown, unknown, string, unknown, string]>([
    ['a built-in default', undefined, undefined, 'throttle.per', 'route', 'built-in default'],
    ['what the root says of functions', undefined, undefined, 'function.memory', 512, 'root'],
    ['what the root says of headers', undefined, undefined, 'headers.request.remove', ['cookie'], 'root'],
    ['the root’s defaults', undefined, undefined, 'limits.body', '64KB', 'defaults'],
    ['a profile under them', undefined, undefined, 'timeout', '3s', 'profile `cheap`'],
    ['the path item over the defaults', { timeout: '4s' }, undefined, 'timeout', '4s', 'path item'],
    ['the operation over the path item', { timeout: '4s' }, { timeout: '6s' }, 'timeout', '6s', 'operation'],
    ['a profile under the keys beside it', undefined, { profile: 'heavy', timeout: '9s' }, 'timeout', '9s', 'operation'],
    ['a later profile over an earlier layer', { timeout: '4s' }, { profile: 'heavy' }, 'timeout', '25s', 'profile `heavy`'],
    ['one key of a map', undefined, { throttle: { burst: 7 } }, 'throttle.rate', 500, 'profile `cheap`'],
    ['a list, whole', undefined, { headers: { request: { remove: ['x-a'] } } }, 'headers.request.remove', ['x-a'], 'operation'],
    ['null, which removes', undefined, { throttle: null }, 'throttle', null, 'operation'],
    ['a reusable block', undefined, { throttle: { $ref: '#/components/x-gateway/throttles/slow' } }, 'throttle.rate', 1, 'operation'],
  ])('%s', async (_, pathItem, operation, key, value, level) => {
    expect((await model(pathItem, operation)).get(key)).toEqual([value, level]);
  });

  it('one integration style takes the place of another', async () => {
    const given = spec({ integration: { queue: 'jobs' } }, { integration: { mock: { status: 200 } } }, { resources: { jobs: { kind: 'queue' } } });
    const { lowered, diagnostics } = await lowerSpec({ stdin: given });
    expect(diagnostics).toEqual([]);
    expect(lowered?.api.operations.get('a')?.integration.backend).toEqual({ kind: 'static', status: 200 });
  });

  it('points at the place of each value', async () => {
    const { lowered } = await lowerSpec({ stdin: spec(undefined, { timeout: '6s' }) });
    const row = lowered && explainModel(lowered.bound).find(({ subject, key }) => subject === 'operation a' && key === 'timeout');
    expect(row?.origin.pointer).toBe('/paths/~1a/get/x-gateway/timeout');
  });
});
