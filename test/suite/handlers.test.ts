import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';
import { corpus, hasCorpus } from '../support/compile.js';

/** APIs with handlers that keep to them, two of them written by others: the whole of what was generated is tried out, and nothing of it touched. */
const subjects: readonly (readonly [name: string, spec: string, there: boolean])[] = [
  ['realworld', join(root, 'test/mutation/realworld/openapi.yml'), true],
  ['museum', join(corpus, 'museum/openapi.yaml'), hasCorpus],
  ['stays', join(root, 'test/mutation/stays/openapi.yaml'), true],
  ['pantry', join(root, 'test/mutation/pantry/openapi.yaml'), true],
  ['bazaar', join(root, 'test/mutation/bazaar/openapi.yaml'), true],
];

describe.each(subjects)('the whole suite of %s', (name, spec, there) => {
  it.skipIf(!there)('finds nothing broken', () => {
    const out = scratch();
    const own = join(root, 'test/mutation', name);
    const overlay = join(own, 'gateway.overlay.yaml');
    const given = [spec, ...(existsSync(overlay) ? ['--overlay', overlay] : []), '--out', out];
    expect(gatewright(['build', ...given]).code).toBe(0);
    for (const [part, to] of [['handlers', 'handlers'], ['authorizers', 'authorizers'], ['workers', 'workers'], ['fixtures.ts', 'test/fixtures.ts']] as const) {
      if (existsSync(join(own, part))) cpSync(join(own, part), join(out, to), { recursive: true });
    }
    cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
    const run = gatewright(['test', ...given, '--seed', '3', '--format', 'json'], { env: { MUTATION_STORE: join(out, 'store.json') } });
    const { total, errors, cases } = JSON.parse(run.out) as { total: { kept: number; leftOut: number }; errors: string[]; cases: { outcome: string; message?: string }[] };
    expect([errors, cases.filter(({ outcome }) => outcome === 'broken').map(({ message }) => message)]).toEqual([[], []]);
    expect([run.code, total.kept > 200, total.leftOut < total.kept / 20]).toEqual([0, true, true]);
    expect(gatewright(['build', ...given, '--check']).code).toBe(0);
  // Hundreds of cases, each a few requests.
  }, 300_000);
});
