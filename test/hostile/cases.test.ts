import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';
import { compileAll, filesOf } from '../support/compile.js';
import { typecheck, write } from '../support/generated.js';
import { thorough } from '../support/thorough.js';

const responses = { 200: { description: 'Fine.' } };
const documentOf = (more: object): string => JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, security: [], paths: { '/a': { get: { operationId: 'readA', responses } } }, ...more });
const compiled = (more: object) => compileAll({ stdin: documentOf(more) });
const codesOf = async (more: object): Promise<string[]> => (await compiled(more)).diagnostics.filter(({ level }) => level === 'error').map(({ code }) => code);
const named = (...ids: string[]): object => ({ paths: Object.fromEntries(ids.map((operationId, index) => [`/p${index}`, { get: { operationId, responses } }])) });
const tree = (folder: string): Record<string, [text: string, changed: number]> => Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).map((path) => [path.slice(folder.length), [readFileSync(path, 'utf8'), statSync(path).mtimeMs]]));

describe('names of operations', () => {
  it.each<[string, string[]]>([
    ['a way out of the folder', ['../x', '/etc/passwd', '..\\y', 'C:z']],
    ['that fold into one', ['GetUser', 'getuser', 'get-user', 'get_user']],
    ['words of the language', ['delete', 'class', 'default', 'await', 'constructor', '__proto__', 'toString']],
    ['marks of replacing, printing and templates', ['$&', '$1', '%s', '{{x}}', '<%= x %>']],
    ['names of devices', ['con', 'aux', 'nul', 'com1']],
    ['nothing that a file could be called', ['///', '...', '\u202e', 'é', '日本']],
    ['a digit first', ['2fa', '2faStatus', '007', '3']],
  ])('%s: a file of its own inside the folder for each, or a refusal', async (_, ids) => {
    const { failed, files, diagnostics } = await compiled(named(...ids));
    if (failed) expect(diagnostics.some(({ level }) => level === 'error')).toBe(true);
    else {
      const handlers = files?.map(({ path }) => path).filter((path) => path.startsWith('handlers/')) ?? [];
      expect(new Set(handlers.map((path) => path.toLowerCase())).size).toBe(ids.length);
      for (const path of handlers) expect(path).toMatch(/^handlers\/[^/\\]+\.ts$/);
      expect(typecheck(write(filesOf({ failed, files: files ?? [], diagnostics, sources: new Map() })))).toBe('');
    }
  });

  it('or of domain errors: classes that can be thrown', async () => {
    const map = Object.fromEntries(['404Missing', 'class', 'not found', '!', 'DomainError', 'é'].map((name) => [name, 404]));
    const files = filesOf(await compiled({ paths: { '/a': { get: { operationId: 'readA', 'x-gateway': { errors: { map } }, responses: { ...responses, 404: { description: 'Not there.' } } } } } }));
    expect([...(files.get('generated/errors.ts') ?? '').matchAll(/name = '(.*)'/g)].map(([, name]) => name).sort()).toEqual(Object.keys(map).sort());
    expect(typecheck(write(files))).toBe('');
  });
});

describe('a stub', () => {
  it('fits whatever its operation declares', async () => {
    const body = { content: { 'application/json': { schema: { type: 'object', required: ['why'], properties: { why: { type: 'string' } } } } } };
    const declared = [{ 501: { description: 'Not yet.', ...body } }, { 501: { description: 'Not yet.' } }, { '5XX': { description: 'Broken.', ...body } }, { default: { description: 'All.', ...body } }, { 204: { description: 'Done.' } }];
    expect(typecheck(write(filesOf(await compiled({ paths: Object.fromEntries(declared.map((answers, index) => [`/p${index}`, { get: { operationId: `read${index}`, responses: answers } }])) }))))).toBe('');
  });
});

describe('header values and origins', () => {
  it.each<[string, object]>([
    ['a header', { headers: { response: { set: { 'x-a': 'b\r\nset-cookie: c' } } } }],
    ['an origin', { cors: { origins: ['https://a.example.com\r\nx: y'] } }],
    ['a name of a header', { headers: { response: { set: { 'x-a\r\nb': 'c' } } } }],
  ])('with a line end are refused: %s', async (_, gateway) => {
    expect((await codesOf({ 'x-gateway': { protocol: 'rest', ...gateway } })).length).toBeGreaterThan(0);
  });
});

describe('a folder', () => {
  it.each<[string, (cwd: string) => void]>([
    ['that is a file', (cwd) => writeFileSync(join(cwd, 'out'), 'mine')],
    ['below a file', (cwd) => writeFileSync(join(cwd, 'sub'), 'mine')],
    ['with a file where the compiler works', (cwd) => (mkdirSync(join(cwd, 'out')), writeFileSync(join(cwd, 'out/.gatewright'), 'mine'))],
  ])('%s is refused in one diagnostic', (name, prepare) => {
    const cwd = scratch();
    prepare(cwd);
    const before = tree(cwd);
    const { code, err } = gatewright(['build', join(root, 'specs/claims/openapi.yaml'), '--out', name === 'below a file' ? 'sub/out' : 'out'], { cwd });
    expect([code, err.match(/^error\[.*?\]/gm)]).toEqual([1, ['error[output/unwritable]']]);
    expect(err).not.toContain('bug of gatewright');
    expect(tree(cwd)).toEqual(before);
  });
  it.each(['.', 'sub/..'])('named %s keeps all that was there', (out) => {
    const cwd = scratch();
    mkdirSync(join(cwd, 'sub'));
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    writeFileSync(join(cwd, 'package.json'), '{"name":"mine"}');
    gatewright(['build', join(root, 'specs/claims/openapi.yaml'), '--out', out], { cwd });
    expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine');
    expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toBe('{"name":"mine"}');
  });
  it('is as it was after a build that was refused, and after one with nothing to do', () => {
    const cwd = scratch();
    const spec = join(cwd, 'openapi.json');
    writeFileSync(spec, documentOf({}));
    gatewright(['build', spec, '--out', 'out'], { cwd });
    const before = tree(join(cwd, 'out'));
    gatewright(['build', spec, '--out', 'out'], { cwd });
    expect(tree(join(cwd, 'out'))).toEqual(before);
    writeFileSync(spec, documentOf({ paths: { '/a': { get: { operationId: 7 } } } }));
    expect(gatewright(['build', spec, '--out', 'out'], { cwd }).code).toBe(1);
    expect(tree(join(cwd, 'out'))).toEqual(before);
  });
  it('whose handlers no longer fit is told so in words of the document', () => {
    const cwd = scratch();
    const spec = join(cwd, 'openapi.json');
    const withLimit = (type: string): string => documentOf({ paths: { '/a': { get: { operationId: 'readA', parameters: [{ name: 'limit', in: 'query', schema: { type, maxLength: 9 } }], responses } } } });
    writeFileSync(spec, withLimit('integer'));
    gatewright(['build', spec, '--out', 'out'], { cwd });
    appendFileSync(join(cwd, 'out/handlers/read-a.ts'), '// mine\n');
    writeFileSync(spec, withLimit('string'));
    expect(gatewright(['build', spec, '--out', 'out'], { cwd }).err).toMatch(/output\/signature-changed[^]*query\.limit/);
  });
});

describe('size', () => {
  const document = (operations: number): string => {
    const item = { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 40 }, parts: { type: 'array', maxItems: 9, items: { $ref: '#/components/schemas/Item' } } } };
    const paths = Object.fromEntries(Array.from({ length: operations / 2 }, (_, index) => [`/things-${index}/{id}`, {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 40 } }],
      get: { operationId: `getThing${index}`, responses: { 200: { description: 'It.', content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } } } },
      put: { operationId: `putThing${index}`, security: [{}], requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } }, responses: { 204: { description: 'Done.' } } },
    }]));
    return documentOf({ paths, components: { schemas: { Item: item } } });
  };
  // How long it takes is measured by the benchmark, as a ratio.
  it.runIf(thorough)('is no fault: ten thousand operations that share a schema of their own kind', async () => {
    expect(filesOf(await compileAll({ stdin: document(10_000) })).size).toBeGreaterThan(20_000);
  }, 300_000);
});
