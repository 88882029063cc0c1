import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { root, scratch } from '../support/cli.js';

const text = `openapi: 3.1.0
info: { title: Things, version: '1' }
x-gateway:
  defaults: { timeout: 7s }
paths:
  /things:
    get:
      operationId: listThings
      responses: { '200': { description: Done. } }
      x-gateway: { tiemout: 5s }
  /health:
    get: { operationId: getHealth, security: [], responses: { '204': { description: Fine. } } }
`;
interface Range { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } }
interface Diagnostic { readonly code: string; readonly message: string; readonly range: Range; readonly source: string; readonly severity: number }
interface Action { readonly title: string; readonly edit: { readonly changes: Readonly<Record<string, readonly { readonly range: Range; readonly newText: string }[]>> } }

const folder = scratch();
const uri = pathToFileURL(join(folder, 'openapi.yaml')).href;
const server = spawn(process.execPath, [join(root, 'bin/gatewright.js'), 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
const client = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
let waiting: ((found: readonly Diagnostic[]) => void) | undefined;
const published = (): Promise<readonly Diagnostic[]> => new Promise((resolve) => (waiting = resolve));
let version = 1;
const type = async (changed: string): Promise<readonly Diagnostic[]> => {
  const next = published();
  await client.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ text: changed }] });
  return next;
};
const codes = (found: readonly Diagnostic[]): readonly string[] => found.map(({ code }) => code);
/** The text after the one fix of a diagnostic. */
const fixed = async (before: string, diagnostic: Diagnostic): Promise<string> => {
  const [action] = await client.sendRequest<Action[]>('textDocument/codeAction', { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
  const [edit] = action?.edit.changes[uri] ?? [];
  const lines = before.split('\n');
  const offset = ({ line, character }: Range['start']): number => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return edit ? before.slice(0, offset(edit.range.start)) + edit.newText + before.slice(offset(edit.range.end)) : before;
};

let first: readonly Diagnostic[];
beforeAll(async () => {
  // What stands on the disk is not what is typed.
  writeFileSync(join(folder, 'openapi.yaml'), 'openapi: 3.1.0\n');
  writeFileSync(join(folder, 'gatewright.config.yaml'), 'spec: openapi.yaml\nout: api\n');
  mkdirSync(join(folder, 'api/handlers'), { recursive: true });
  writeFileSync(join(folder, 'api/handlers/list-things.ts'), '');
  client.onNotification('textDocument/publishDiagnostics', (given: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }) => {
    if (given.uri === uri) waiting?.(given.diagnostics);
  });
  client.listen();
  await client.sendRequest('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} });
  await client.sendNotification('initialized', {});
  const next = published();
  await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version, text } });
  first = await next;
});
afterAll(async () => {
  await client.sendRequest('shutdown');
  await client.sendNotification('exit');
});

describe('gatewright lsp', () => {
  it('tells an editor what is wrong with the text that is typed, at its place', () => {
    expect(first.find(({ code }) => code === 'gateway/unknown-key')).toMatchObject({ range: { start: { line: 9, character: 19 }, end: { line: 9, character: 26 } }, severity: 1, source: 'gatewright' });
    expect(codes(first)).toContain('auth/open');
  });

  it('mends a name that is nearly another, and says who may call, each by one fix', async () => {
    const misspelt = first.find(({ code }) => code === 'gateway/unknown-key');
    const mended = misspelt ? await fixed(text, misspelt) : '';
    expect(mended).toContain('x-gateway: { timeout: 5s }');
    const open = (await type(mended)).find(({ code }) => code === 'auth/open');
    const stated = open ? await fixed(mended, open) : '';
    expect(stated).toContain('    get:\n      security: []\n      operationId: listThings\n');
    const left = await type(stated);
    expect(codes(left).filter((code) => code === 'auth/open' || code === 'gateway/unknown-key')).toEqual([]);
  });

  it('tells where inherited policy comes from', async () => {
    await type(text.replace('tiemout: 5s', 'throttle: null'));
    const { contents } = await client.sendRequest<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri }, position: { line: 7, character: 10 } });
    expect(contents.value).toContain('**GET /things**');
    expect(contents.value).toMatch(/timeout: "7s" {2}# .*openapi\.yaml:4/);
    expect(await client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 2 } })).toBeNull();
  });

  it('completes what is typed, also while the whole is no document', async () => {
    await type(text.replace('tiemout: 5s', 'ti'));
    const items = await client.sendRequest<{ readonly label: string; readonly documentation: string }[]>('textDocument/completion', { textDocument: { uri }, position: { line: 9, character: 21 } });
    expect(items.find(({ label }) => label === 'timeout')?.documentation).toMatch(/\S/);
    await type(text);
  });

  it('goes to the handler', async () => {
    expect(await client.sendRequest('textDocument/definition', { textDocument: { uri }, position: { line: 7, character: 22 } })).toMatchObject({ uri: pathToFileURL(join(folder, 'api/handlers/list-things.ts')).href });
  });

  it('is not disturbed by a text that was never saved', async () => {
    const untitled = 'untitled:Untitled-1';
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri: untitled, languageId: 'yaml', version: 1, text } });
    expect(await client.sendRequest('textDocument/hover', { textDocument: { uri: untitled }, position: { line: 7, character: 10 } })).toBeNull();
    expect(codes(await type(`${text}# more\n`))).toContain('gateway/unknown-key');
    await client.sendNotification('textDocument/didClose', { textDocument: { uri: untitled } });
    expect(codes(await type(text))).toContain('gateway/unknown-key');
  });

  it('goes on after a text that is no YAML', async () => {
    expect((await type('openapi: 3.1.0\n  paths: [')).length).toBeGreaterThan(0);
    expect(codes(await type(text))).toContain('gateway/unknown-key');
  });
});
