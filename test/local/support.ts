import { request } from 'node:http';
import type { Recorded } from '../../src/local/control/record.js';
import { startLocal, type LocalGateway, type LocalOptions } from '../../src/local/start.js';
import type { CompileOptions } from '../../src/compile.js';
import { compileAll, errorsOf, filesOf } from '../support/compile.js';
import { write } from '../support/generated.js';

export interface Answer { readonly status: number; readonly headers: Readonly<Record<string, string | string[] | undefined>>; readonly body: string }
export interface Served extends LocalGateway {
  readonly folder: string;
  readonly log: readonly Recorded[];
  readonly ask: (method: string, path: string, headers?: Readonly<Record<string, string | string[]>>, body?: string | Uint8Array) => Promise<Answer>;
}

/** Sends a request as it is given: no header is added but the host, and no path is tidied up. */
const send = (url: string, method: string, path: string, headers: Readonly<Record<string, string | string[]>>, body?: string | Uint8Array): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Builds a document into a folder, with handlers in place of stubs, and serves it there. */
export const serve = async (document: string | object, handlers: Readonly<Record<string, string>>, options: Partial<CompileOptions> = {}, local: Partial<LocalOptions> = {}, others: Readonly<Record<string, string>> = {}): Promise<Served> => {
  const compilation = await compileAll(typeof document === 'string' ? document : { stdin: JSON.stringify(document) }, options);
  if (!compilation.api || compilation.failed) throw new Error(errorsOf(compilation).join('\n'));
  const files = filesOf(compilation);
  for (const [name, content] of Object.entries(handlers)) files.set(`handlers/${name}.ts`, content);
  for (const [path, content] of Object.entries(others)) files.set(path, content);
  const folder = write(files);
  const log: Recorded[] = [];
  const gateway = await startLocal({ api: compilation.api, outputFolder: folder, stage: 'dev', log: (entry) => log.push(entry), ...local });
  return { ...gateway, folder, log, ask: (method, path, headers = {}, body) => send(gateway.url, method, path, headers, body) };
};
