import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generators } from '../../generators/index.js';
import { compile, type Compilation, type CompileOptions } from '../../src/compile.js';
import { createLocator } from '../../src/diagnostics/locate.js';
import type { Input } from '../../src/load/load.js';
import { root } from './cli.js';
import { runtimeSources } from './generated.js';
import { suiteSources } from '../../src/cli/project.js';

/** Compiles with every generator of the package; nothing is written. */
export const compileAll = (input: Input, options: Partial<CompileOptions> = {}): Promise<Compilation> =>
  compile(input, { cwd: root, allowRoots: [], allowHosts: [], overlays: [], emitters: generators, runtime: runtimeSources, suite: suiteSources(), ...options });

/** A document of `specs/`, with its overlay where there is one. */
export const compileSpec = (name: string, options: Partial<CompileOptions> = {}): Promise<Compilation> => {
  const overlay = join(root, 'specs', name, 'gateway.overlay.yaml');
  return compileAll(join('specs', name, 'openapi.yaml'), { overlays: existsSync(overlay) ? [overlay] : [], ...options });
};

/** What was generated, by path; fails with the errors where nothing was. */
export const filesOf = (compilation: Compilation): Map<string, string> => {
  if (!compilation.files) throw new Error(errorsOf(compilation).join('\n'));
  return new Map(compilation.files.map(({ path, content }) => [path, content]));
};

/** `code file:line message`, of each error. */
export const errorsOf = ({ diagnostics, sources, document }: Compilation): string[] => {
  const locate = createLocator(sources, document?.origins);
  return diagnostics.filter(({ level }) => level === 'error').map(({ code, at, key, message }) => `${code} ${at.file}:${locate(at, key).line} ${message}`);
};

/** One hash for a whole output, path by path. */
export const digest = (files: ReadonlyMap<string, string>): string => {
  const hash = createHash('sha256');
  for (const [path, content] of files) hash.update(`${path}\n${content.length}\n${content}`);
  return hash.digest('hex');
};

/** Real descriptions that nobody here wrote; absent where only the package was checked out. */
export const corpus = resolve(root, '../shared/corpus');
export const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.warn(`The corpus of real descriptions is not at ${corpus}: its tests are left out.`);

/** A document of the corpus, read from its own folder so that its references stay inside. */
export const compileCorpus = (file: string, options: Partial<CompileOptions> = {}): Promise<Compilation> =>
  compileAll(join(corpus, file), { cwd: corpus, allowRoots: [join(corpus, file.split('/')[0] ?? '')], ...options });
