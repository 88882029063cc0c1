import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatewright, root, scratch, type Run } from '../support/cli.js';
import { typecheck } from '../support/generated.js';

const out = scratch();
const own = join(root, 'test/mutation/orders');
const tryOut = (...words: string[]): Run => gatewright(['test', 'specs/orders/openapi.yaml', '--out', out, ...words], { env: { MUTATION_STORE: join(out, 'store.json') } });

describe('gatewright test', () => {
  beforeAll(() => {
    expect(gatewright(['build', 'specs/orders/openapi.yaml', '--out', out]).code).toBe(0);
    for (const part of ['handlers', 'authorizers']) cpSync(join(own, part), join(out, part), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
    cpSync(join(own, 'fixtures.ts'), join(out, 'test/fixtures.ts'));
  });

  it('finds that handlers which keep to the document do', () => {
    const run = tryOut('--operation', 'getReport', '--format', 'json');
    const { total, promises } = JSON.parse(run.out) as { total: { kept: number; broken: number }; promises: Record<string, { kept: number }> };
    expect([run.code, total.broken, total.kept > 10]).toEqual([0, 0, true]);
    expect(Object.keys(promises)).toEqual(expect.arrayContaining(['answers', 'refuses', 'callers', 'throttle', 'browsers']));
  });

  it('tells a broken promise with its line, the request and what came', () => {
    const path = join(out, 'handlers/get-report.ts');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace('* 1000 }', '* 1000.5 }'));
    const run = tryOut('--operation', 'getReport');
    writeFileSync(path, before);
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/body#\/turnover is of type number, not integer\n\s+promised at specs\/orders\/openapi\.yaml:\d+:\d+/);
    expect(run.out).toMatch(/curl -i -X GET 'http:\/\/127\.0\.0\.1:\d+\/reports\?month=/);
    expect(run.out).toMatch(/came\s+200 application\/json/);
  });

  it('writes what JUnit readers take', () => {
    expect(tryOut('--operation', 'getHealth', '--reporter', 'junit').out).toMatch(/^<\?xml[^]*<testsuite name="getHealth" tests="\d+" failures="0"[^]*<\/testsuites>\n$/);
  });

  it.each<[string, string[], RegExp]>([
    ['an operation that is none', ['--operation', 'getOrders'], /There is no operation `getOrders`; did you mean `getOrder`\?/],
    ['an address that is none', ['--url', 'localhost'], /`--url` is an address/],
  ])('%s is told', (_, words, said) => {
    const run = tryOut(...words);
    expect([run.code, run.err]).toEqual([2, expect.stringMatching(said)]);
  });

  it('has tests that type-check, fixtures and all', () => {
    symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'));
    expect(typecheck(join(out, 'test'))).toBe('');
  });
});
