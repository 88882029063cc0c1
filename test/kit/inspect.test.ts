import { expect, test } from 'vitest';
import { inspectHandlers } from '../../generators/kit/typescript/inspect.js';

test('what the developer exports, reads and answers, with the lines', () => {
  const inspected = inspectHandlers(new Map([
    ['handlers/a.ts', `import { a } from '../generated/contract/a.js';
export const handler = a(async ({ query: { limit }, body, ...input }) => {
  const { note } = body;
  if (input.params.orderId === note) return { status: 404, body: {} };
  return { status: 200, body: { page: input.query['x-page'], note: body.note } };
});
export function other() {}`],
    ['handlers/b.ts', 'const handler = 1;\nexport default handler;'],
    ['handlers/broken.ts', 'export const handler = ('],
  ]));
  expect([...inspected].map(([path, { exports }]) => [path, exports])).toEqual([['handlers/a.ts', ['handler', 'other']], ['handlers/b.ts', ['default']], ['handlers/broken.ts', ['handler']]]);
  expect(Object.fromEntries(inspected.get('handlers/a.ts')?.reads ?? [])).toEqual({ 'params.orderId': [4], 'query["x-page"]': [5], 'query.limit': [2], 'body.note': [3, 5] });
  expect(Object.fromEntries(inspected.get('handlers/a.ts')?.answers ?? [])).toEqual({ 404: [4], 200: [5] });
});
