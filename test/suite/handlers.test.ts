import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';
import { corpus, hasCorpus } from '../support/compile.js';

/** APIs that others wrote, with handlers that keep to them: the whole of what was generated is tried out, and nothing of it touched. */
const subjects: readonly (readonly [name: string, spec: string, there: boolean])[] = [
  ['realworld', join(root, 'test/mutation/realworld/openapi.yml'), true],
  ['museum', join(corpus, 'museum/openapi.yaml'), hasCorpus],
];

describe.each(subjects)('the whole suite of %s', (name, spec, there) => {
  it.skipIf(!there)('finds nothing broken', () => {
    const out = scratch();
    const own = join(root, 'test/mutation', name);
    const given = [spec, '--overlay', join(own, 'gateway.overlay.yaml'), '--out', out];
    expect(gatewright(['build', ...given]).code).toBe(0);
    for (const part of ['handlers', 'authorizers']) cpSync(join(own, part), join(out, part), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
    cpSync(join(own, 'fixtures.ts'), join(out, 'test/fixtures.ts'));
    const run = gatewright(['test', ...given, '--seed', '3', '--format', 'json'], { env: { MUTATION_STORE: join(out, 'store.json') } });
    const { total, errors, cases } = JSON.parse(run.out) as { total: { kept: number; leftOut: number }; errors: string[]; cases: { outcome: string; message?: string }[] };
    expect([errors, cases.filter(({ outcome }) => outcome === 'broken').map(({ message }) => message)]).toEqual([[], []]);
    expect([run.code, total.kept > 200, total.leftOut < total.kept / 20]).toEqual([0, true, true]);
    expect(gatewright(['build', ...given, '--check']).code).toBe(0);
  });
});
