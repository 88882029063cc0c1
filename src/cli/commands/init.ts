import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { kebab } from '../../base/text.js';
import { printJson } from '../../../generators/kit/json.js';
import { exit, type Terminal } from '../terminal.js';

interface Arguments { readonly dir: string; readonly format: 'terminal' | 'json' }

export const init = (terminal: Terminal): CommandModule<object, Arguments> => ({
  command: 'init [dir]',
  describe: 'Write a document, a configuration and a README to begin with',
  builder: (yargs) => yargs
    .positional('dir', { type: 'string', default: '.', describe: 'The folder; made when it is not there' })
    .option('format', { choices: ['terminal', 'json'] as const, default: 'terminal' as const, describe: 'How to print what was done' })
    .example('$0 init tickets', 'A first API in tickets/'),
  handler: ({ dir, format }) => {
    const folder = resolve(dir);
    const files = starter(kebab(folder.split(/[\\/]/).at(-1) ?? '') || 'api');
    const present = [...files.keys()].filter((name) => existsSync(join(folder, name)));
    if (present.length > 0) {
      terminal.err(`${relative(process.cwd(), join(folder, present[0] ?? '')) || dir} is there already; nothing was written. Choose an empty folder.`);
      process.exitCode = exit.shortfall;
      return;
    }
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    terminal.out(format === 'json'
      ? JSON.stringify({ version: 1, dir, created: [...files.keys()] }, null, 2)
      : `Wrote ${[...files.keys()].join(', ')} into ${dir}.\nNext: cd ${dir} && npx gatewright build && npx gatewright dev`);
  },
});

/** The files of a new project; `name` holds letters, digits and dashes only. */
const starter = (name: string): ReadonlyMap<string, string> => new Map([
  ['openapi.yaml', document(name)],
  ['gatewright.config.yaml', '# What the flags of gatewright would say; a flag wins. `gatewright build` without a document builds this one.\nspec: openapi.yaml\nout: .\ntarget: [sam]\n'],
  ['README.md', readme(name)],
  ['.gitignore', 'node_modules/\nbuild/\n.gatewright/\n'],
]);

const document = (name: string): string => `# yaml-language-server: $schema=./node_modules/gatewright/schema/x-gateway.schema.json
openapi: 3.1.0
info:
  title: ${printJson(name).trim()}
  version: 1.0.0
x-gateway:
  name: ${printJson(name).trim()}
  defaults:
    timeout: 5s
    limits: { body: 64KB }
    throttle: { rate: 50, burst: 100 }
  stages:
    dev: {}
    prod: { throttle: { rate: 500, burst: 1000 } }
security: []   # open to everyone; name a scheme here once there is one
paths:
  /notes:
    post:
      operationId: createNote
      summary: Keep a note
      parameters:
        - { name: Idempotency-Key, in: header, required: false, schema: { type: string, maxLength: 64 } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewNote' }
      responses:
        '201':
          description: Kept
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
  /notes/{noteId}:
    get:
      operationId: getNote
      summary: Read a note
      parameters:
        - { name: noteId, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        '200':
          description: The note
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
components:
  schemas:
    NewNote:
      type: object
      required: [text]
      additionalProperties: false
      properties:
        text: { type: string, minLength: 1, maxLength: 2000 }
    Note:
      type: object
      required: [id, text]
      properties:
        id: { type: string, format: uuid }
        text: { type: string, maxLength: 2000 }
`;

const readme = (name: string): string => `# ${name}

- \`openapi.yaml\` says what the API is, and under \`x-gateway\` how its edge behaves.
- \`npx gatewright build\` generates everything in \`generated/\` and \`infra/\`, and writes stubs into \`handlers/\` once.
- \`npx gatewright dev\` serves it on http://127.0.0.1:3000 with your handlers.
- \`npx gatewright check --deny warnings\` and \`npx gatewright build --check\` belong into CI.
`;
