import { describe, expect, it } from 'vitest';
import { bearer, build, type Parts } from './support.js';

const ok = { 204: { description: 'ok' } };
const operations = (count: number, more: (index: number) => object = () => ({})) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`/p${index}`, { get: { operationId: `get${index}`, responses: ok, ...more(index) } }]));
const quotas = async (parts: Parts): Promise<string[]> => {
  const { codes, messages } = await build(parts);
  return messages.filter((_, index) => codes[index] === 'target/quota');
};
const shared = { functions: { split: 'api' } };

describe("'target/quota'", () => {
  it.each([
    ['299 paths and their root, on REST (P113)', { gateway: shared, paths: operations(299) }, []],
    ['300 paths and their root, on REST (P113)', { gateway: shared, paths: operations(300) }, ['301 resources']],
    ['300 routes, on HTTP (P113)', { protocol: 'http', gateway: shared, paths: operations(300) }, []],
    ['301 routes, on HTTP (P113)', { protocol: 'http', gateway: shared, paths: operations(301) }, ['301 routes']],
    ['101 stage variables', { gateway: { stages: { prod: { variables: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`V${index}`, 'x'])) } } } }, ['101 variables in the stage `prod`']],
    ['instances set aside past what an account has (P144)', { gateway: { functions: { split: 'operation' } }, paths: operations(3, () => ({ 'x-gateway': { function: { reservedConcurrency: 301 } } })) }, ['903 instances aside for functions']],
    ['grants past 10 KB of policy (P141)', {
      gateway: { resources: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`t${index}`, { kind: 'table', key: { partition: 'id' } }])) },
      operation: { uses: Array.from({ length: 24 }, (_, index) => [{ [`t${index}`]: 'write' }, { [`t${index}`]: 'read' }]).flat() },
    }, ['bytes in the policy of the function `get-thing`']],
    ['uses past 4 KB of environment (P125)', {
      gateway: { resources: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`table${index}`, { kind: 'table', key: { partition: 'id' } }])) },
      operation: { uses: Array.from({ length: 40 }, (_, index) => ({ [`table${index}`]: 'read' })) },
    }, ['bytes in the environment of the function `get-thing`']],
  ] as const)('%s', async (_, parts, want) => {
    const found = await quotas(parts as Parts);
    expect(found.length).toBe(want.length);
    want.forEach((text, index) => expect(found[index]).toContain(text));
  });
  it('eleven authorizers (P113)', async () => {
    const names = Array.from({ length: 11 }, (_, index) => `s${index}`);
    const schemes = Object.fromEntries(names.map((name) => [name, { ...bearer, 'x-gateway': { issuer: `https://${name}.example.com`, audience: ['a'] } }]));
    expect(await quotas({ schemes, paths: operations(11, (index) => ({ security: [{ [`s${index}`]: [] }] })) })).toEqual([expect.stringContaining('11 authorizers')]);
  });
});
