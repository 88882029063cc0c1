import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLocator } from '../../src/diagnostics/locate.js';
import { defaultCaps } from '../../src/load/index.js';
import { lowerInput, lowerText } from '../lower-openapi/support.js';
import { folderWith, minimal } from './support.js';

const codes = (lowered: { diagnostics: readonly { code: string }[] }): string[] => lowered.diagnostics.map(({ code }) => code);

describe('notations', () => {
  const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };
  test.each<[string, string | Uint8Array]>([
    ['plain UTF-8', minimal],
    ['a byte order mark', `\ufeff${minimal}`],
    ['CRLF', minimal.replaceAll('\n', '\r\n')],
    ['UTF-16, little end first', utf16(minimal, false)],
    ['UTF-16, big end first', utf16(minimal, true)],
    ['integer keys', minimal.replace("'204'", '204')],
    ['merge keys', minimal.replace("{ description: Done }", '{ <<: &done { description: Done } }')],
    ['a closing bracket no deeper than its key', minimal.replace("{ description: Done }", '{ description: Done,\n        }')],
  ])('%s', async (_, content) => {
    const lowered = await lowerInput('api.yaml', { cwd: folderWith({ 'api.yaml': content }) });
    expect(lowered.diagnostics).toEqual([]);
    expect(lowered.lowered?.operations[0]?.shape.responses[0]).toMatchObject({ status: 204, description: 'Done' });
  });

  test('a key named __proto__ is data', async () => {
    const { lowered } = await lowerText(minimal.replace('{ description: Done }', "{ description: Done, content: { application/json: { schema: { properties: { __proto__: { type: string } } } } } }"));
    const schema = lowered?.operations[0]?.shape.responses[0]?.contents[0]?.schema;
    expect([...(schema?.properties?.keys() ?? [])]).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });
});

describe('what is no document', () => {
  test.each<[string, string, string, [number, number] | undefined]>([
    ['empty', '', 'load/empty', undefined],
    ['only comments', '# nothing\n\n  # here\n', 'load/empty', undefined],
    ['a list', '- openapi: 3.1.0\n', 'load/not-an-object', undefined],
    ['a text', 'hello\n', 'load/not-an-object', undefined],
    ['a key twice', 'openapi: 3.1.0\nopenapi: 3.1.0\n', 'load/syntax', [2, 1]],
    ['an unknown tag', 'openapi: !env X\n', 'load/syntax', [1, 10]],
    ['unclosed JSON', '{"openapi": "3.1.0",\n "info": [}', 'load/syntax', [2, 11]],
    ['two documents', '---\na: 1\n---\nb: 2\n', 'load/syntax', undefined],
    ['no version', 'info: {}\n', 'load/version', undefined],
    ['a version to come', "openapi: '3.2.0'\n", 'load/version', undefined],
    ['a number as version', 'openapi: 3.1\n', 'load/version', undefined],
    ['an alias within itself', 'openapi: 3.1.0\nx-a: &a [*a]\n', 'load/not-json', undefined],
    ['not a number', 'openapi: 3.1.0\nx-a: .nan\n', 'load/not-json', undefined],
  ])('%s', async (_, text, code, position) => {
    const { diagnostics } = await lowerText(text);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    if (position) expect(diagnostics[0]?.at.position).toEqual({ line: position[0], column: position[1] });
  });

  test.each<[string, Uint8Array | undefined, string]>([
    ['a missing file', undefined, 'load/unreadable'],
    ['bytes', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1), 'load/not-text'],
    ['Latin-1', Buffer.from('openapi: 3.1.0 # \xe9', 'latin1'), 'load/not-text'],
  ])('%s', async (_, content, code) => {
    expect(codes(await lowerInput('api.yaml', { cwd: folderWith(content ? { 'api.yaml': content } : {}) }))).toEqual([code]);
  });

  test('a folder', async () => {
    expect(codes(await lowerInput('.', { cwd: folderWith({}) }))).toEqual(['load/unreadable']);
  });
});

describe('caps, each told as load/too-large', () => {
  const bomb = `${minimal}x-0: &x0 [a, a, a, a, a, a, a, a, a, a]\n${Array.from({ length: 9 }, (_, n) => `x-${n + 1}: &x${n + 1} [${Array(10).fill(`*x${n}`).join(', ')}]\n`).join('')}`;
  test.each<[string, string, Partial<typeof defaultCaps>, string]>([
    ['bytes', minimal, { bytes: 20 }, 'bytes'],
    ['YAML nesting', `${minimal}x-deep: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, {}, 'levels'],
    ['JSON nesting', `{"openapi":"3.1.0","x-deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {}, 'levels'],
    ['values behind aliases', bomb, {}, 'values'],
    ['references', `${minimal}x-refs: [{ $ref: '#/a' }, { $ref: '#/b' }, { $ref: '#/c' }]\n`, { references: 2 }, 'references'],
  ])('%s', async (_, text, caps, word) => {
    const { diagnostics } = await lowerInput('api.yaml', { cwd: folderWith({ 'api.yaml': text }), caps: { ...defaultCaps, ...caps } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['load/too-large']);
    expect(diagnostics[0]?.message).toContain(word);
  });

  test('files', async () => {
    const cwd = folderWith({ 'api.yaml': referring('a.yaml'), 'a.yaml': 'type: string\n' });
    expect(codes(await lowerInput('api.yaml', { cwd, caps: { ...defaultCaps, files: 0 } }))).toEqual(['reference/unresolved']);
  });
});

const referring = (reference: string): string => minimal.replace('{ description: Done }', `{ description: Done, content: { application/json: { schema: { $ref: '${reference}' } } } }`);

describe('references to other files', () => {
  test('below the folder, over several files, with braces and blanks in their names', async () => {
    const cwd = folderWith({
      'spec/api.yaml': referring('parts/{a} b.yaml#/deep/Thing'),
      'spec/parts/{a} b.yaml': "deep:\n  Thing:\n    properties:\n      other: { $ref: './other.json' }\n",
      'spec/parts/other.json': '{ "type": "integer", "description": { "$ref": "../text.md" } }',
      'spec/text.md': 'Some *text*',
    });
    const { diagnostics, lowered } = await lowerInput('spec/api.yaml', { cwd });
    expect(diagnostics).toEqual([]);
    expect([...(lowered?.schemas.keys() ?? [])]).toEqual(['DeepThing', 'Other']);
    expect(lowered?.schemas.get('Other')?.schema).toMatchObject({ types: ['integer'], description: 'Some *text*', origin: { file: 'spec/parts/other.json' } });
  });

  test('in place of an operation or of all properties, as authors who split their documents write them', async () => {
    const cwd = folderWith({
      'api.yaml': "openapi: 3.1.0\ninfo: { title: T, version: '1' }\nsecurity: []\npaths:\n  /things/{id}:\n    get: { $ref: operations/get.yaml }\n    put: { $ref: operations/get.yaml, summary: Kept, deprecated: true }\n",
      'operations/get.yaml': "operationId: getThing\nparameters: [{ name: id, in: path, required: true, schema: { type: string } }]\nresponses: { '200': { description: It, content: { application/json: { schema: { type: object, properties: { $ref: '../parts.yaml#/thing' } } } } } }\n",
      'parts.yaml': 'thing: { name: { type: string } }\n',
    });
    const { diagnostics, lowered } = await lowerInput('api.yaml', { cwd });
    expect(diagnostics.map(({ code }) => code)).toEqual(['reference/siblings', 'operation/duplicate-id']);
    expect(lowered?.operations[0]?.shape).toMatchObject({ origin: { file: 'operations/get.yaml' }, responses: [{ contents: [{ schema: { properties: new Map([['name', { origin: { file: 'parts.yaml', pointer: '/thing/name' }, ref: 'ThingName' }]]) } }] }] });
  });

  const outside = (): string => {
    const cwd = folderWith({ 'spec/api.yaml': referring('../common/a.yaml'), 'common/a.yaml': 'type: string\n', 'spec/link.yaml': referring('./inner.yaml') });
    symlinkSync(join(cwd, 'common/a.yaml'), join(cwd, 'spec/inner.yaml'));
    return cwd;
  };
  test.each<[string, string, readonly string[], string[]]>([
    ['to the parent', 'spec/api.yaml', [], ['reference/refused']],
    ['to the parent, allowed', 'spec/api.yaml', ['common'], []],
    ['over a symlink that leaves', 'spec/link.yaml', [], ['reference/refused']],
  ])('%s', async (_, path, allowRoots, want) => {
    expect(codes(await lowerInput(path, { cwd: outside(), allowRoots }))).toEqual(want);
  });

  test('that nothing follows are never reported', async () => {
    const text = `${minimal}x-other: { $ref: 'missing.yaml' }\ncomponents:\n  schemas:\n    Unused: { $ref: 'also-missing.yaml' }\n  examples:\n    A: { value: { $ref: '/etc/passwd' } }\n`;
    expect(codes(await lowerInput('api.yaml', { cwd: folderWith({ 'api.yaml': text }) }))).toEqual([]);
  });

  test('to a broken file tell of the file, at its line', async () => {
    const cwd = folderWith({ 'api.yaml': referring('a.yaml'), 'a.yaml': 'type: string\ntype: string\n' });
    const { diagnostics } = await lowerInput('api.yaml', { cwd });
    expect(diagnostics.map(({ code, at }) => [code, at.file, at.position?.line])).toEqual([['load/syntax', 'a.yaml', 2], ['reference/unresolved', 'api.yaml', undefined]]);
  });
});

describe('references to other machines', () => {
  let server: Server;
  let asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/away.yaml') response.writeHead(302, { location: 'http://127.0.0.2:9/thing.yaml' }).end();
      else if (request.url === '/endless.yaml') { response.write('type: string\n'); for (let n = 0; n < 40; n++) response.write(`# ${'x'.repeat(1000)}\n`); response.end(); }
      else response.end('type: string\n');
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  });
  afterAll(() => { server.close(); });

  test.each<[string, string, boolean, string[], string[]]>([
    ['are not asked by default', '/thing.yaml', false, ['reference/refused'], []],
    ['are asked when their host is allowed', '/thing.yaml', true, [], ['/thing.yaml']],
    ['may not send us elsewhere', '/away.yaml', true, ['reference/refused'], ['/away.yaml']],
    ['may not answer without end', '/endless.yaml', true, ['reference/unresolved'], ['/endless.yaml']],
  ])('%s', async (_, path, allowed, want, requests) => {
    asked = [];
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const cwd = folderWith({ 'api.yaml': referring(`http://${host}${path}`) });
    expect(codes(await lowerInput('api.yaml', { cwd, allowHosts: allowed ? [host] : [], caps: { ...defaultCaps, bytes: 10_000 } }))).toEqual(want);
    expect(asked).toEqual(requests);
  });
});

describe('Swagger 2.0', () => {
  const swagger = `swagger: '2.0'
info: { title: T, version: '1' }
security: []
consumes: [application/json]
produces: [application/json]
paths:
  /a/{id}:
    post:
      operationId: postA
      parameters:
        - { name: body, in: body, schema: { $ref: '#/definitions/A' } }
        - { name: id, in: path, required: true, type: strng }
      responses:
        '200': { description: It, schema: { $ref: '#/definitions/A' } }
definitions:
  A: { type: object, properties: { n: { type: integr } } }
`;
  test('is converted, and faults are told where they were written', async () => {
    const { lowered, document, diagnostics, sources } = await lowerText(swagger);
    expect(document?.dialect).toBe('3.0');
    const shape = lowered?.operations[0]?.shape;
    expect(shape?.body?.contents[0]).toMatchObject({ mediaType: 'application/json', schema: { ref: 'A' } });
    expect(shape?.responses[0]?.contents[0]).toMatchObject({ mediaType: 'application/json', schema: { ref: 'A' } });
    const locate = createLocator(sources, document?.origins);
    expect(diagnostics.map(({ code, at }) => [code, locate(at).line, locate(at).column])).toEqual([['schema/unknown-type', 12, 55], ['schema/unknown-type', 16, 47]]);
  });

  test('the converter says nothing on the console', async () => {
    const said: unknown[] = [];
    const { warn } = console;
    console.warn = (...text: unknown[]) => { said.push(text); };
    const { diagnostics } = await lowerText("swagger: '2.0'\ninfo: 5\npaths: { /a: { get: { parameters: { a: 1 } } } }\n");
    console.warn = warn;
    expect(said).toEqual([]);
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
