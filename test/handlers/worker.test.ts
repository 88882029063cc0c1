import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { apiOf, generate, typecheck, write } from '../support/generated.js';

it('types the work by what `request` makes of a request, where the policy maps it', async () => {
  const stays = readFileSync(join(root, 'test/mutation/stays/openapi.yaml'), 'utf8');
  const files = await generate(await apiOf(stays.replace('required: [format, year]', 'required: [format]')));
  expect(files.get('workers/exports.ts')).toContain('// body: what `request` of exportHome makes');
  files.set('workers/exports.ts', `import { worker } from '../generated/contract/workers/exports.js';
export const handler = worker(async ({ body }) => {
  const label: string = body.label;
  // @ts-expect-error: may be absent
  const year: number = body.year;
  // @ts-expect-error: the request's own, which is called home here
  const own: unknown = body.homeId;
  void [label, year, own];
});
`);
  expect(typecheck(write(files))).toBe('');
});
