import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/cli.js';
import { compileAll } from '../support/compile.js';
import * as locating from '../../src/diagnostics/locate.js';
import * as github from '../../src/diagnostics/render/github.js';
import * as json from '../../src/diagnostics/render/json.js';
import * as terminal from '../../src/diagnostics/render/terminal.js';
import { sample } from '../hostile/sample.js';

interface Judge { readonly faultOf: (compilation: object, shown: object) => Promise<string | undefined> }
const { faultOf } = (await import(join(root, 'test/fuzz/judge.mjs'))) as Judge;
const shown = { ...locating, ...github, ...json, ...terminal };

const run = (args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'test/fuzz/run.mjs'), ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, said: `${stdout}${stderr}` }));
  });

describe('mutants of real documents', () => {
  it('build, or are refused with an error at its place, in time and without a throw', async () => {
    const { code, said } = await run(['--cases', '500', '--seed', '2026']);
    expect(said).toMatch(/^500 mutants of \d+ documents and \d+ kept cases: 0 faults/m);
    expect(code).toBe(0);
  }, 300_000);
});

describe('the judge of mutants', () => {
  it('finds no fault in a sound compilation', async () => {
    expect(await faultOf(await compileAll({ stdin: JSON.stringify(sample) }), shown)).toBeUndefined();
  });
  it.each<[string, (compilation: Awaited<ReturnType<typeof compileAll>>) => object, RegExp]>([
    ['a refusal without an error', (compilation) => ({ ...compilation, diagnostics: [], failed: true }), /without an error/],
    ['a message with an object in it', (compilation) => ({ ...compilation, diagnostics: [{ code: 'x/y', level: 'error', message: 'it is [object Object]', at: { file: '', pointer: '' }, related: [] }], failed: true }), /object Object/],
    ['a file that does not parse', (compilation) => ({ ...compilation, diagnostics: [], files: [{ path: 'a.ts', content: 'const = ;' }] }), /a\.ts is not well-formed/],
    ['nothing generated', (compilation) => ({ ...compilation, diagnostics: [], files: [] }), /nothing was generated/],
  ])('notices %s', async (_, spoil, want) => {
    expect(await faultOf(spoil(await compileAll({ stdin: JSON.stringify(sample) })), shown)).toMatch(want);
  });
});
