import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certificate } from '../support/certificates.js';
import { gatewright, root, scratch } from '../support/cli.js';
import { served, type ServedProgram } from '../support/served.js';

const own = join(root, 'test/mutation/realworld');
const out = scratch();
const given = [join(own, 'openapi.yml'), '--overlay', join(own, 'gateway.overlay.yaml'), '--out', out];
const authority = certificate({ name: [['CN', 'Authority']], authority: true });
const server = certificate({ name: [['CN', 'localhost']], by: authority });
let program: ServedProgram;

/** Another process over TLS, not in test mode: as a deployment, it forgets nothing between two cases, and lets nobody look inside. */
beforeAll(async () => {
  expect(gatewright(['build', ...given]).code).toBe(0);
  for (const part of ['handlers', 'authorizers']) cpSync(join(own, part), join(out, part), { recursive: true });
  cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
  cpSync(join(own, 'fixtures.ts'), join(out, 'test/fixtures.ts'));
  for (const [name, text] of [['authority.pem', authority.cert], ['server.pem', server.cert], ['server.key', server.key]] as const) writeFileSync(join(out, name), text);
  program = await served([join(root, 'bin/gatewright.js'), 'dev', ...given, '--port', '0', '--tls-cert', join(out, 'server.pem'), '--tls-key', join(out, 'server.key')], { MUTATION_STORE: join(out, 'store.json') });
});
afterAll(() => program.end());

it('holds what is served somewhere else to the document, and says what cannot be tried there', () => {
  const run = gatewright(['test', ...given, '--url', program.url, '--format', 'json', '--operation', 'createUser', '--operation', 'getTags', '--operation', 'getArticles'], { env: { NODE_EXTRA_CA_CERTS: join(out, 'authority.pem') } });
  const { total, cases } = JSON.parse(run.out) as { total: { kept: number }; cases: { name: string; promise: string; outcome: string; message?: string }[] };
  expect(cases.filter(({ outcome }) => outcome === 'broken').map(({ message }) => message)).toEqual([]);
  expect([run.code, total.kept > 40]).toEqual([0, true]);
  const reasons = new Set(cases.filter(({ outcome }) => outcome === 'left-out').map(({ promise, message }) => `${promise}: ${message}`));
  expect([...reasons]).toEqual(expect.arrayContaining([
    'throttle: a flood of requests costs: ask for it with --include-costly',
    'cache: only the local gateway lets that be tried: nobody tells there whether an answer came from the cache',
    'list: only the local gateway lets that be tried: its answers are kept for a while',
  ]));
});

it('says why nothing could be tried, where it cannot even begin', () => {
  const run = gatewright(['test', ...given, '--url', program.url, '--format', 'json', '--operation', 'getTags']);
  const { errors, cases } = JSON.parse(run.out) as { errors: string[]; cases: { outcome: string }[] };
  expect([run.code, errors, cases.filter(({ outcome }) => outcome !== 'left-out')]).toEqual([1, [expect.stringMatching(/get-tags\.test\.ts: fetch failed: .*certificate/)], []]);
});
