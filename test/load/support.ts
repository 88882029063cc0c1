import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own with the given files; its absolute path. */
export const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-load-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};

export const minimal = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\nsecurity: []\npaths:\n  /a:\n    get:\n      operationId: getA\n      responses:\n        '204': { description: Done }\n";
