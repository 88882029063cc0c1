import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch, specs } from '../support/cli.js';

const claims = join(specs, 'claims/openapi.yaml');
const broken = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\nsecurity: []\npaths:\n  /a:\n    get:\n      respones: {}\n      responses: { "200": { description: ok } }\n      x-gateway: { tiemout: 5s }\n';

describe('help', () => {
  it.each(['init', 'build', 'check', 'diff', 'dev', 'explain', 'model', 'targets'])('%s has an example', (command) => {
    const { code, out } = gatewright([command, '--help']);
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
  });
  it('prints a completion script', () => {
    const { code, out } = gatewright(['completion']);
    expect(code).toBe(0);
    expect(out).toContain('--get-yargs-completions');
  });
  it('prints its version', () => {
    expect(gatewright(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('wrong usage exits 2, says what is wrong, and shows where help is', () => {
  it.each([
    ['no command', [], 'Which command?'],
    ['an unknown command', ['biuld'], 'build'],
    ['an unknown flag', ['check', claims, '--strict-mode'], 'strict-mode'],
    ['a wrong choice', ['check', claims, '--format', 'xml'], 'xml'],
    ['no document', ['check'], 'Which document?'],
    ['an unknown target', ['check', claims, '--target', 'samm'], 'Did you mean `sam`?'],
    ['an unknown code', ['explain', 'auth/mutation-opne'], 'auth/mutation-open'],
    ['flags that exclude each other', ['build', claims, '--watch', '--check'], 'choose one'],
    ['a port that is none', ['dev', claims, '--port', '99999'], '65535'],
    ['an unknown operation', ['model', claims, '--only', 'getClam'], 'getClam'],
  ])('%s', (_, words, text) => {
    const { code, out, err } = gatewright(words, { cwd: scratch() });
    expect(err).toContain(text);
    expect(err).toContain('--help');
    expect(err).not.toMatch(/^\s+at /m);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('check', () => {
  it('finds nothing wrong with the smallest spec, and tells the protocol', () => {
    const { code, out } = gatewright(['check', claims, '--deny', 'warnings']);
    expect(out).toContain('Claims: an HTTP API');
    expect(code).toBe(0);
  });
  it('judges patterns by what is only loaded where there are some, as it is shipped', () => {
    const input = readFileSync(join(root, 'docs/diagnostics/schema/slow-pattern.md'), 'utf8').split('```yaml\n')[1]?.split('```')[0] ?? '';
    expect(gatewright(['check', '-'], { input }).err).toContain('warning[schema/slow-pattern]');
  });
  it.each<[format: string, place: RegExp]>([
    ['terminal', /--> <stdin>:(\d+):(\d+)/g],
    ['json', /"line": (\d+),\s+"column": (\d+)/g],
    ['sarif', /"startLine": (\d+),\s+"startColumn": (\d+)/g],
    ['github', /,line=(\d+),col=(\d+)/g],
  ])('tells faults in the order in which one reads the document, as %s', (format, place) => {
    // Neither by path nor by code: `/b` stands before `/a`, and two of one line are told from left to right.
    const paths = ['b', 'a'].map((path) => `  /${path}:\n    get:\n      x-gateway: { tiemout: 5s, timeout: soon }\n      responses: { "200": { description: ok } }\n`).join('');
    const { out, err } = gatewright(['check', '-', '--format', format], { input: `openapi: 3.1.0\ninfo: { title: T, version: "1" }\nsecurity: []\npaths:\n${paths}` });
    const places = [...(format === 'terminal' ? err : out).matchAll(place)].map(([, line, column]) => `${line}:${column}`);
    expect(places.filter((each) => /^(7|11):/.test(each))).toEqual(format === 'terminal' ? ['7:20', '11:20', '7:42', '11:42'] : ['7:20', '7:42', '11:20', '11:42']);
  });
  it('shows every fault of a typo with its line and what was meant, and exits 1', () => {
    const { code, err } = gatewright(['check', '-'], { input: broken });
    expect(err).toContain('did you mean `responses`?');
    expect(err).toContain('did you mean `timeout`?');
    expect(err).toMatch(/<stdin>:9:\d+/);
    expect(code).toBe(1);
  });
  it('prints one JSON document on stdout', () => {
    const { code, out } = gatewright(['check', '-', '--format', 'json'], { input: broken });
    const report = JSON.parse(out) as { version: number; diagnostics: { code: string; line: number }[] };
    expect(report.version).toBe(1);
    expect(report.diagnostics).toContainEqual(expect.objectContaining({ code: 'document/unknown-field', line: 7 }));
    expect(code).toBe(1);
  });
  it('prints SARIF and GitHub annotations', () => {
    expect(JSON.parse(gatewright(['check', '-', '--format', 'sarif'], { input: broken }).out)).toMatchObject({ version: '2.1.0' });
    expect(gatewright(['check', '-', '--format', 'github'], { input: broken }).out).toMatch(/^::error file=<stdin>,line=9/m);
  });
  it('fails on warnings only when they are denied', () => {
    const warned = broken.replace('      x-gateway: { tiemout: 5s }\n', '');
    expect(gatewright(['check', '-'], { input: warned }).code).toBe(0);
    expect(gatewright(['check', '-', '--deny', 'warnings'], { input: warned }).code).toBe(1);
  });
  it.each(['', '# only a comment\n', '[]', '{', '\u0000\u0001', 'a: &x [*x]', 'openapi: 9.9.9'])('refuses %j with a code and without a stack trace', (input) => {
    const { code, err } = gatewright(['check', '-'], { input });
    expect(err).toMatch(/^error\[[a-z-]+\/[a-z-]+\]/m);
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});

describe('build', () => {
  it('writes, then has nothing to do, then notices drift, and mends it', () => {
    const out = join(scratch(), 'api');
    expect(gatewright(['build', claims, '--out', out]).code).toBe(0);
    expect(gatewright(['build', claims, '--out', out, '--check']).code).toBe(0);
    const contract = join(out, 'generated/contract/get-claim.ts');
    writeFileSync(contract, '// mine\n');
    const drifted = gatewright(['build', claims, '--out', out, '--check']);
    expect(drifted.code).toBe(1);
    expect(drifted.err).toContain('output/drift');
    expect(gatewright(['build', claims, '--out', out]).code).toBe(1);
    const mended = gatewright(['build', claims, '--out', out, '--force']);
    expect(mended.err).toContain('was edited by hand');
    expect(mended.code).toBe(0);
    expect(readFileSync(contract, 'utf8')).not.toContain('// mine');
  });

  it('says nothing on stderr but what the document gives to say, whatever engine runs it', () => {
    const { code, err } = gatewright(['build', join(specs, 'claims/openapi.yaml'), '--out', scratch(), '--target', 'sam']);
    expect([code, err]).toEqual([0, '']);
  });

  it('writes nothing when the document has an error', () => {
    const out = join(scratch(), 'api');
    expect(gatewright(['build', '-', '--out', out], { input: broken }).code).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  it('tells in JSON what it did', () => {
    const out = join(scratch(), 'api');
    const report = JSON.parse(gatewright(['build', claims, '--out', out, '--format', 'json']).out) as { builds: { created: string[]; failed: boolean }[] };
    expect(report.builds[0]).toMatchObject({ failed: false, unchanged: 0 });
    expect(report.builds[0]?.created).toContain('infra/template.yaml');
  });

  it('never touches a handler again, and reports the one whose operation went', () => {
    const folder = scratch();
    const out = join(folder, 'api');
    gatewright(['build', claims, '--out', out]);
    const handler = join(out, 'handlers/get-claim.ts');
    writeFileSync(handler, '// my code\n');
    const text = readFileSync(claims, 'utf8');
    writeFileSync(join(folder, 'less.yaml'), text.replace('operationId: getClaim', 'operationId: readClaim'));
    const { err, code } = gatewright(['build', join(folder, 'less.yaml'), '--out', out]);
    expect(code).toBe(0);
    expect(err).toContain('output/orphan');
    expect(readFileSync(handler, 'utf8')).toBe('// my code\n');
    expect(existsSync(join(out, 'handlers/read-claim.ts'))).toBe(true);
    expect(existsSync(join(out, 'generated/contract/get-claim.ts'))).toBe(false);
  });

  it('tells a changed signature in words of the document, with the lines of the handler that it touches', () => {
    const folder = scratch();
    const spec = join(folder, 'openapi.yaml');
    const text = readFileSync(claims, 'utf8');
    writeFileSync(spec, text);
    gatewright(['build', spec, '--out', join(folder, 'api')]);
    const handler = join(folder, 'api/handlers/file-claim.ts');
    writeFileSync(handler, "import { fileClaim } from '../generated/contract/file-claim.js';\nexport const handler = fileClaim(async ({ body }) => {\n  const { note } = body;\n  throw new Error(note);\n});\n");
    writeFileSync(spec, text.replace('        note: { type: string, maxLength: 2000 }\n', ''));
    const { err } = gatewright(['build', spec, '--out', join(folder, 'api')]);
    expect(err).toContain("note[output/signature-changed]: `handlers/file-claim.ts` may need a change: ");
    expect(err).toContain('`body.note` was removed [line 3]');
    expect(gatewright(['build', spec, '--out', join(folder, 'api')]).err).not.toContain('signature-changed');
  });

  it('reads several documents from the configuration', () => {
    const folder = scratch();
    for (const name of ['a', 'b']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'openapi.yaml'), readFileSync(claims, 'utf8'));
    }
    writeFileSync(join(folder, 'gatewright.config.yaml'), 'specs:\n  - { spec: a/openapi.yaml, out: out/a }\n  - { spec: b/openapi.yaml, out: out/b }\n');
    expect(gatewright(['build'], { cwd: folder }).code).toBe(0);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['a', 'b']);
    writeFileSync(join(folder, 'gatewright.config.yaml'), 'spcs: []\n');
    expect(gatewright(['build'], { cwd: folder })).toMatchObject({ code: 2, err: expect.stringContaining('did you mean `specs`?') as string });
  });

  it('runs a generator of somebody else\'s', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'mine.mjs'), "export default { name: 'routes', summary: 'a list of routes', runs: 'target', emit: (api) => [{ path: 'routes.txt', ownership: 'generated', content: [...api.operations.values()].map((operation) => `${operation.method} ${operation.path.text}`).join('\\n') }] };\n");
    expect(gatewright(['build', claims, '--out', 'o', '--target', './mine.mjs'], { cwd: folder }).code).toBe(0);
    expect(readFileSync(join(folder, 'o/routes.txt'), 'utf8')).toBe('POST /claims\nGET /claims/{claimId}');
    expect(existsSync(join(folder, 'o/infra'))).toBe(false);
    writeFileSync(join(folder, 'evil.mjs'), "export default { name: 'evil', runs: 'target', emit: () => [{ path: '../../evil.txt', ownership: 'generated', content: '' }] };\n");
    expect(gatewright(['build', claims, '--out', 'o', '--target', './evil.mjs'], { cwd: folder })).toMatchObject({ code: 1, err: expect.stringContaining('output/bad-path') as string });
  });
});

describe('init', () => {
  it('writes a project that checks, builds, and is not overwritten', () => {
    const folder = scratch();
    expect(gatewright(['init', 'tickets'], { cwd: folder }).code).toBe(0);
    const cwd = join(folder, 'tickets');
    expect(gatewright(['check', '--deny', 'warnings'], { cwd })).toMatchObject({ code: 0 });
    expect(gatewright(['build'], { cwd }).code).toBe(0);
    expect(existsSync(join(cwd, 'handlers/create-note.ts'))).toBe(true);
    expect(gatewright(['init', 'tickets'], { cwd: folder }).code).toBe(1);
  });
});

describe('model, explain, targets', () => {
  it('shows each value with the place it comes from', () => {
    const { out, code } = gatewright(['model', join(specs, 'orders/openapi.yaml'), '--only', 'listProducts']);
    expect(out).toMatch(/throttle\.rate\s+500\s+profile `cheap`.*openapi\.yaml:\d+/);
    expect(code).toBe(0);
  });
  it('prints the whole model as JSON', () => {
    const model = JSON.parse(gatewright(['model', claims, '--format', 'json']).out) as { documents: { api: { operations: Record<string, unknown> } }[] };
    expect(Object.keys(model.documents[0]?.api.operations ?? {})).toEqual(['fileClaim', 'getClaim']);
  });
  it('explains a code, and lists them all', () => {
    expect(gatewright(['explain', 'auth/mutation-open']).out).toContain('# auth/mutation-open');
    expect(gatewright(['explain', 'queue']).out).toMatch(/^# queue\n/);
    const { codes } = JSON.parse(gatewright(['explain', '--format', 'json']).out) as { codes: { code: string }[] };
    expect(codes.length).toBeGreaterThan(60);
  });
  it('lists generators and what targets enforce', () => {
    expect(gatewright(['targets']).out).toMatch(/^throttle\.route\s+gateway\s+gateway/m);
    expect(JSON.parse(gatewright(['targets', '--format', 'json']).out)).toMatchObject({ version: 1 });
  });
});

describe('bytes', () => {
  const read = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]));
  it('are the same from another folder, time zone, locale and home', () => {
    const folder = scratch();
    const first = join(folder, 'one');
    const second = join(folder, 'two');
    gatewright(['build', join(specs, 'orders/openapi.yaml'), '--out', first]);
    gatewright(['build', 'openapi.yaml', '--out', second], { cwd: join(specs, 'orders'), env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: folder } });
    expect(read(second)).toEqual(read(first));
    rmSync(folder, { recursive: true });
  });
});
