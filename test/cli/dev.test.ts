import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificate } from '../support/certificates.js';
import { gatewright, root } from '../support/cli.js';

const spec = (path: string): string => `openapi: 3.1.0
info: { title: Dev, version: '1' }
security: []
x-gateway: { protocol: http }
components: { securitySchemes: { user: { type: http, scheme: bearer, x-gateway: { issuer: 'https://id.example.com/', audience: [a] } } } }
paths:
  ${path}:
    get:
      operationId: one
      responses: { '200': { description: Fine., content: { application/json: { schema: { type: object }, examples: { some: { value: { from: example } } } } } } }
  /mine:
    get: { operationId: mine, security: [{ user: [] }], responses: { '200': { description: Fine., content: { application/json: { schema: { type: string } } } } } }
`;

describe('dev', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  let said = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gatewright-dev-'));
    writeFileSync(join(folder, 'openapi.yaml'), spec('/one'));
    said = '';
  });
  afterEach(async () => {
    const running = child;
    child = undefined;
    if (running) {
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill();
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async (...flags: string[]): Promise<string> => {
    child = spawn(process.execPath, [join(root, 'bin/gatewright.js'), 'dev', 'openapi.yaml', '--port', '0', ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (part: Buffer) => { said += part.toString(); });
    child.stderr?.on('data', (part: Buffer) => { said += part.toString(); });
    await until(() => /Watching for changes/.test(said));
    return /https?:\/\/[\d.]+:\d+/.exec(said)?.[0] ?? '';
  };
  const until = async (holds: () => boolean | Promise<boolean>): Promise<number> => {
    const began = performance.now();
    while (!await holds()) {
      if (performance.now() - began > 20_000) throw new Error(`It did not come to that.\n${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return performance.now() - began;
  };
  const status = async (url: string): Promise<number> => (await fetch(url)).status;

  it('follows the document, and keeps to the last good one where it breaks', async () => {
    const url = await start();
    expect([await status(`${url}/one`), await status(`${url}/two`)]).toEqual([501, 404]);
    writeFileSync(join(folder, 'openapi.yaml'), spec('/two'));
    await until(async () => await status(`${url}/two`) === 501);
    writeFileSync(join(folder, 'openapi.yaml'), spec('two'));
    await until(() => said.includes('The API as it was goes on being served.'));
    expect(await status(`${url}/two`)).toBe(501);
    const { problems } = await (await fetch(`${url}/_gatewright/state`)).json() as { problems: string };
    expect(problems).toMatch(/^error\[/);
    expect(problems).not.toContain('\u001b');
    writeFileSync(join(folder, 'openapi.yaml'), spec('/three'));
    await until(async () => await status(`${url}/three`) === 501);
    expect((await (await fetch(`${url}/_gatewright/state`)).json() as { problems: string }).problems).toBe('');
  }, 60_000);

  it('answers by the example what nobody has written, if asked to', async () => {
    const url = await start('--mock');
    const answer = await fetch(`${url}/one`);
    expect([answer.status, await answer.json()]).toEqual([200, { from: 'example' }]);
  }, 60_000);

  it('serves over TLS with the files that it is told, and says of which one it can make nothing', async () => {
    const authority = certificate({ name: [['CN', 'Authority']], authority: true });
    const own = certificate({ name: [['CN', 'localhost']], by: authority });
    for (const [name, text] of Object.entries({ 'own.pem': own.cert, 'own.key': own.key, 'other.key': authority.key, 'trust.pem': `${authority.cert}${own.cert}`, 'words.pem': 'words' })) writeFileSync(join(folder, name), text);
    const url = await start('--tls-cert', 'own.pem', '--tls-key', 'own.key', '--truststore', 'trust.pem');
    expect(url).toMatch(/^https:/);
    expect(await new Promise((resolve, reject) => void get(`${url}/one`, { ca: authority.cert, agent: false }, (response) => resolve(response.resume().statusCode)).on('error', reject))).toBe(501);
    await expect(status(url.replace('https', 'http'))).rejects.toThrow();
    for (const [flags, why] of [
      [['--tls-cert', 'own.pem'], '`--tls-cert` and `--tls-key` go together'],
      [['--truststore', 'trust.pem'], '`--truststore` with both'],
      [['--tls-cert', 'own.pem', '--tls-key', 'other.key'], '`--tls-key other.key` is no PEM file of the private key of that certificate: it is the key of another one.'],
      [['--tls-cert', 'words.pem', '--tls-key', 'own.key'], '`--tls-cert words.pem` is no PEM file of a certificate: it has no certificate.'],
      [['--tls-cert', 'own.pem', '--tls-key', 'own.key', '--truststore', 'nowhere.pem'], '`--truststore nowhere.pem` is no PEM file of authorities: ENOENT'],
    ] as const) {
      const { code, err } = gatewright(['dev', 'openapi.yaml', ...flags], { cwd: folder });
      expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    }
  }, 60_000);

  it('takes the tokens that `dev token` prints for the same folder, and serves what a handler says now', async () => {
    const url = await start();
    writeFileSync(join(folder, 'out/handlers/mine.ts'), "import { mine } from '../generated/contract/mine.js';\nexport const handler = mine(async ({ auth }) => ({ status: 200, body: auth?.principalId ?? '' }));\n");
    const { code, out } = gatewright(['dev', 'token', 'openapi.yaml', '--sub', 'user-9'], { cwd: folder });
    expect(code).toBe(0);
    const ask = async (): Promise<Response> => fetch(`${url}/mine`, { headers: { authorization: `Bearer ${out.trim()}` } });
    expect(await (await ask()).json()).toBe('user-9');
    expect(await status(`${url}/mine`)).toBe(401);
  }, 60_000);

  it.each([
    ['an unknown scheme', ['--scheme', 'usr'], 'did you mean `user`?'], ['a claim without a value', ['--claim', 'tenant'], 'name=value'], ['a time that is none', ['--expires-in', 'soon'], 'such as `5m`'],
  ])('token refuses %s', (_, flags, message) => {
    const { code, err } = gatewright(['dev', 'token', 'openapi.yaml', ...flags], { cwd: folder });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
