import { expect, test } from 'vitest';
import { inspectHandlers } from '../../generators/kit/typescript/inspect.js';

test('what the developer exports', () => {
  const inspected = inspectHandlers(new Map([
    ['handlers/a.ts', "import { a } from '../generated/contract/a.js';\nexport const handler = a(async () => ({ status: 501 }));\nexport function other() {}"],
    ['handlers/b.ts', 'const handler = 1;\nexport default handler;'],
    ['handlers/broken.ts', 'export const handler = ('],
  ]));
  expect([...inspected].map(([path, { exports, unwritten }]) => [path, exports, unwritten])).toEqual([
    ['handlers/a.ts', ['handler', 'other'], true], ['handlers/b.ts', ['default'], false], ['handlers/broken.ts', ['handler'], false],
  ]);
  expect(inspected.get('handlers/a.ts')?.imports).toEqual(new Map([['../generated/contract/a.js', ['a']]]));
});
