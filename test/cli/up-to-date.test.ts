import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

const document = `openapi: 3.1.0
info: { title: T, version: '1' }
security: []
paths:
  /a:
    post:
      operationId: addA
      requestBody: { content: { application/json: { schema: { $ref: 'shared.yaml#/A' } } } }
      responses: { '202': { description: ok } }
`;
const overlay = (timeout: string): string => `overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n  - target: $.paths['/a'].post\n    update: { x-gateway: { timeout: ${timeout} } }\n`;

const folder = scratch();
const project = join(folder, 'built');
mkdirSync(project);
writeFileSync(join(project, 'openapi.yaml'), document);
writeFileSync(join(project, 'shared.yaml'), 'A: { type: object, requierd: [n], properties: { n: { type: integer } } }\n');
writeFileSync(join(project, 'overlay.yaml'), overlay('5s'));
const words = ['build', 'openapi.yaml', '--out', 'api', '--overlay', 'overlay.yaml'];
const first = gatewright(words, { cwd: project });

let copies = 0;
/** The built project once more, in another folder. */
const copy = (): string => {
  const path = join(folder, String(++copies));
  cpSync(project, path, { recursive: true });
  return path;
};
const edit = (path: string, change: (text: string) => string): void => writeFileSync(path, change(readFileSync(path, 'utf8')));
/** Said only where nothing was compiled: a build tells its warnings themselves. */
const spared = /\d+ warnings? as before/;

describe('a folder that is up to date', () => {
  it('was built with a warning, which a later run counts instead of telling it', () => {
    expect(first.code).toBe(0);
    expect(first.err).toContain('warning[');
  });

  it.each([['--check', 'is up to date'], [undefined, 'unchanged']])('is left alone without compiling, wherever it lies (%s)', (flag, said) => {
    const cwd = copy();
    const lock = readFileSync(join(cwd, 'api/gatewright.lock.json'), 'utf8');
    const { code, out, err } = gatewright([...words, ...(flag === undefined ? [] : [flag])], { cwd });
    expect([code, out, err]).toEqual([0, expect.stringContaining(said), expect.stringMatching(spared)]);
    expect(readFileSync(join(cwd, 'api/gatewright.lock.json'), 'utf8')).toBe(lock);
  });

  it('may have handlers that were filled in', () => {
    const cwd = copy();
    appendFileSync(join(cwd, 'api/handlers/add-a.ts'), '// mine\n');
    expect(gatewright([...words, '--check'], { cwd })).toMatchObject({ code: 0, err: expect.stringMatching(spared) as string });
  });

  it('is compiled all the same for a program, which is told every diagnostic', () => {
    const { out } = gatewright([...words, '--check', '--format', 'json'], { cwd: copy() });
    expect((JSON.parse(out) as { diagnostics: unknown[] }).diagnostics.length).toBeGreaterThan(0);
  });
});

describe('a build looks again, and `--check` fails where it must, after', () => {
  const api = (cwd: string, path: string): string => join(cwd, 'api', path);
  const rows: readonly [name: string, change: (cwd: string) => void, code: number, extra?: readonly string[]][] = [
    ['an edit of a generated file', (cwd) => appendFileSync(api(cwd, 'generated/schemas.ts'), '\n'), 1],
    ['the loss of a generated file', (cwd) => rmSync(api(cwd, 'infra/template.yaml')), 1],
    ['the loss of a handler', (cwd) => rmSync(api(cwd, 'handlers/add-a.ts')), 1],
    ['a change of the document', (cwd) => edit(join(cwd, 'openapi.yaml'), (text) => text.replace('addA', 'putA')), 1],
    ['a change of a file it refers to', (cwd) => edit(join(cwd, 'shared.yaml'), (text) => text.replace('integer', 'string')), 1],
    ['a change of an overlay', (cwd) => writeFileSync(join(cwd, 'overlay.yaml'), overlay('7s')), 1],
    ['another target', () => undefined, 1, ['--target', 'terraform']],
    ['a level in the configuration', (cwd) => writeFileSync(join(cwd, 'gatewright.config.yaml'), "rules: { schema/misspelt-keyword: { level: 'off', reason: tried } }\n"), 0],
    ['a file whose entry was taken out of the lock, so that it is nobody\'s', (cwd) => {
      appendFileSync(api(cwd, 'generated/schemas.ts'), '\n');
      edit(api(cwd, 'gatewright.lock.json'), (text) => {
        const lock = JSON.parse(text) as { files: Record<string, unknown> };
        delete lock.files['generated/schemas.ts'];
        return JSON.stringify(lock);
      });
    }, 1],
    ['an edit of a generated file, with the lock edited to match', (cwd) => {
      const schemas = api(cwd, 'generated/schemas.ts');
      const [before] = [...readFileSync(api(cwd, 'gatewright.lock.json'), 'utf8').matchAll(/"generated\/schemas\.ts": \{\s+"ownership": "generated",\s+"hash": "(\w+)"/g)].map(([, hash]) => hash ?? '');
      writeFileSync(schemas, '');
      edit(api(cwd, 'gatewright.lock.json'), (text) => text.replace(before ?? '?', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'));
    }, 1],
    ['a digest of something else', (cwd) => edit(api(cwd, '.gatewright/inputs.json'), (text) => text.replace(/"digest":"\w{8}/, '"digest":"00000000')), 0],
    ['a file among the generated ones that nobody generates', (cwd) => writeFileSync(api(cwd, 'generated/contract/old.ts'), ''), 1],
    ['a fresh clone, where nothing is remembered', (cwd) => rmSync(api(cwd, '.gatewright'), { recursive: true }), 0],
  ];
  it.each(rows)('%s', (_, change, code, extra = []) => {
    const cwd = copy();
    change(cwd);
    const checked = gatewright([...words, '--check', ...extra], { cwd });
    expect(checked.err).not.toMatch(spared);
    expect(checked.code).toBe(code);
  });
});

describe('another compiler', () => {
  const home = join(scratch(), 'gatewright');
  for (const path of ['bin', 'dist', 'package.json', 'src/runtime', 'src/suite']) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    cpSync(join(root, path), join(home, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));

  it.each([['src/runtime/message.ts', 'generated/runtime/message.ts'], ['src/suite/plan.ts', 'test/contract/support/plan.ts']])('builds again where what it hands out is another: %s', (source, path) => {
    const cwd = copy();
    const build = () => gatewright(words, { cwd, bin: join(home, 'bin/gatewright.js') });
    build();
    expect(build().err).toMatch(spared);
    appendFileSync(join(home, source), '// another\n');
    expect(build().code).toBe(0);
    expect(readFileSync(join(cwd, 'api', path), 'utf8')).toContain('// another');
  });
});
