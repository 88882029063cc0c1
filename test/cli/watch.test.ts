import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { root, scratch } from '../support/cli.js';

const document = (schema: string): string => `openapi: 3.1.0
info: { title: Things, version: '1' }
security: []
paths:
  /things:
    get:
      operationId: listThings
      responses: { '200': { description: All., content: { application/json: { schema: ${schema} } } } }
`;

describe('build --watch', () => {
  it('builds again when the document changes, and when a file does that only a later text refers to', async () => {
    const folder = scratch();
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    const generated = (name: string): string => (existsSync(join(folder, 'out/generated', name)) ? readFileSync(join(folder, 'out/generated', name), 'utf8') : '');
    const until = (read: () => string, text: string): Promise<void> => vi.waitFor(() => expect(read()).toContain(text), { timeout: 30_000, interval: 50 });
    write('api.yaml', document('{ type: string }'));
    const child = spawn(process.execPath, [join(root, 'bin/gatewright.js'), 'build', 'api.yaml', '--out', 'out', '--watch'], { cwd: folder });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
    try {
      await until(() => said, 'Watching for changes');
      expect(generated('contract/list-things.ts')).toContain('body: string');
      write('thing.yaml', 'type: boolean\n');
      write('api.yaml', document("{ $ref: 'thing.yaml' }"));
      await until(() => generated('schemas.ts'), 'Thing = boolean');
      write('thing.yaml', 'type: integer\n');
      await until(() => generated('schemas.ts'), 'Thing = number');
    } finally {
      child.kill();
    }
  });
});
