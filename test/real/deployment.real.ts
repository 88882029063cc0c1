import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

const toolchain = resolve(root, '../shared/toolchain');
const available = existsSync(join(toolchain, 'sam-check')) && spawnSync('ministack', ['--help']).status === 0 && spawnSync('python3', ['-c', 'import boto3, samtranslator']).status === 0;
if (!available) console.warn('LEFT OUT: no deployment is tried out, for the emulator that would answer its requests, or what deploys to it, is not here.');

/** What the emulator does otherwise than the service, by the case that tells of it. One that is told no more fails here. */
const limits: readonly (readonly [name: RegExp, reason: string])[] = [
  [/^the preflight of a page that may call says so$/, 'a mock integration answers by its first response alone, not by `default` (developer guide, mock integrations), and 200 without headers'],
];

describe.runIf(available)('a deployment to an emulator that answers requests', () => {
  const own = join(root, 'test/mutation/realworld');
  const out = scratch();
  const given = [join(own, 'openapi.yml'), '--overlay', join(own, 'gateway.overlay.yaml'), '--out', out];
  let emulator: ChildProcess;
  let url = '';

  beforeAll(async () => {
    expect(gatewright(['build', ...given, '--target', 'sam']).code).toBe(0);
    for (const part of ['handlers', 'authorizers']) cpSync(join(own, part), join(out, part), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
    cpSync(join(own, 'fixtures.ts'), join(out, 'test/fixtures.ts'));
    symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'));
    expect(spawnSync('npm', ['run', 'build'], { cwd: out }).status).toBe(0);
    emulator = spawn('python3', [join(import.meta.dirname, 'deployment.py'), toolchain, `conduit=${out}=prod`], { env: { ...process.env, MUTATION_STORE: join(out, 'store.json') } });
    url = await new Promise<string>((done, fail) => {
      let [said, wrong] = ['', ''];
      emulator.stdout?.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('\n')) done((JSON.parse(said) as { conduit: string }).conduit);
      });
      emulator.stderr?.on('data', (text: Buffer) => { wrong += text.toString(); });
      emulator.on('exit', () => fail(new Error(wrong)));
    });
  });
  afterAll(async () => {
    const gone = new Promise((done) => emulator.once('exit', done));
    emulator.stdin?.end();
    await gone;
  });

  it('keeps what the document promises, below the path of its stage, as far as the emulator goes', () => {
    const { out: report } = gatewright(['test', ...given, '--url', url, '--format', 'json']);
    const { total, cases } = JSON.parse(report) as { total: { kept: number }; cases: { operation: string; name: string; outcome: string; message?: string }[] };
    const broken = cases.filter(({ outcome }) => outcome === 'broken');
    expect(broken.filter(({ name }) => !limits.some(([pattern]) => pattern.test(name))).map(({ operation, name, message }) => [operation, name, message])).toEqual([]);
    expect(limits.filter(([pattern]) => !broken.some(({ name }) => pattern.test(name)))).toEqual([]);
    // A request, an answer and a caller of each operation at the least.
    expect(total.kept).toBeGreaterThan(300);
  });
});
