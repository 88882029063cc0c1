import { resolve } from 'node:path';
import type { Compilation } from '../../compile.js';
import { createLocator, type Locate } from '../../diagnostics/locate.js';
import { disk } from '../../load/read.js';
import type { FileStore } from '../../load/options.js';
import { compileProject, readProjects, type Project } from '../project.js';

/** What was understood of one document, as its files stand in the editor. */
export interface Analysis {
  readonly project: Project;
  readonly compilation: Compilation;
  readonly locate: Locate;
  /** The absolute path of a file as origins name it. */
  readonly pathOf: (file: string) => string;
}

/** The disk, but for files that the editor has open. `open` gives the text of a path. */
const editorStore = (open: (path: string) => string | undefined): FileStore => ({
  ...disk,
  read: async (path, caps) => {
    const text = open(path);
    return text === undefined ? disk.read(path, caps) : { bytes: new TextEncoder().encode(text) };
  },
});

/** Compiles the document at a path as a build of it would, up to the generators; settings of the configuration hold. */
export const analyse = async (path: string, cwd: string, open: (path: string) => string | undefined): Promise<Analysis | undefined> => {
  const [project] = await readProjects({ spec: path }, cwd);
  if (!project) return undefined;
  const compilation = await compileProject(project, cwd, false, { store: editorStore(open) });
  return { project, compilation, locate: createLocator(compilation.sources, compilation.document?.origins), pathOf: (file) => resolve(cwd, file) };
};

/** Whether a text is a whole document, and no part of one. */
export const isDocument = (text: string): boolean => /^\s*(?:\{[^]*?)?["']?(?:openapi|swagger)["']?\s*:/m.test(text.slice(0, 4_096));

