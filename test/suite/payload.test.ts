import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

const handlers: Readonly<Record<string, string>> = {
  'list-books': `import { listBooks } from '../generated/contract/list-books.js';
export const handler = listBooks(({ params, query }) => {
  if (params.shelf > 1_000_000) return { status: 404, body: { title: 'There is no such shelf.', status: 404 } };
  return { status: 200, headers: { etag: '"1"' }, body: [{ title: \`\${query.limit} of \${(query.topic ?? []).join()}\` }] };
});
`,
  'add-book': `import { addBook } from '../generated/contract/add-book.js';
import { ShelfFull } from '../generated/errors.js';
export const handler = addBook(({ body }) => {
  if (body.title === 'one too many') throw new ShelfFull('There is no room on this shelf.');
  return { status: 201, body };
});
`,
};

it('the suite of functions whose payload the gateway makes finds nothing broken', () => {
  const out = scratch();
  const spec = join(root, 'specs/payload/openapi.yaml');
  expect(gatewright(['build', spec, '--out', out]).code).toBe(0);
  for (const [name, text] of Object.entries(handlers)) writeFileSync(join(out, 'handlers', `${name}.ts`), text);
  const run = gatewright(['test', spec, '--out', out, '--seed', '3', '--format', 'json']);
  const { total, errors, cases } = JSON.parse(run.out) as { total: { kept: number }; errors: string[]; cases: { outcome: string; name: string; message?: string }[] };
  expect([errors, cases.filter(({ outcome }) => outcome === 'broken').map(({ name, message }) => `${name}: ${message}`)]).toEqual([[], []]);
  expect(total.kept).toBeGreaterThan(30);
  expect(run.code).toBe(0);
});
