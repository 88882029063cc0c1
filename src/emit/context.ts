import { posix } from 'node:path';
import { placeIn } from '../base/places.js';
import type { Report } from '../diagnostics/collect.js';
import type { Diagnostic } from '../diagnostics/define.js';
import type { Api } from '../ir/index.js';
import type { EmitContext, Emitter } from './emitter.js';
import type { EmittedFile } from './held.js';
import { keepNothing, type Keep } from './memory.js';

/** What files depend on besides the API, as plain values: another thread may be told. */
export interface EmitSettings extends Pick<EmitContext, 'runtime' | 'suite' | 'targets'> {
  /** The document, as the user named it. */
  readonly root: string;
  /** Pointers into it, by where parts in other files were written. */
  readonly moved: ReadonlyMap<string, string>;
}

/** What a generator gave, and what it reported. */
export interface Emitted { readonly files: readonly EmittedFile[]; readonly reported: readonly Diagnostic[] }

/** Runs a generator in another thread, while this one goes on; answers nothing where it had better run here. */
export type Elsewhere = (emitter: Emitter, api: Api, settings: EmitSettings) => Promise<Emitted> | undefined;

export const emitContext = ({ root, moved, ...settings }: EmitSettings, report: Report, keep: Keep = keepNothing): EmitContext =>
  ({ ...settings, specName: posix.basename(root), label: labeller(root, moved), report, keep });

/** Places as generated comments name them: relative to the document's own folder, wherever the command runs, and the same in whichever file a part is kept. */
const labeller = (root: string, moved: EmitSettings['moved']): EmitContext['label'] => {
  const folder = posix.dirname(root);
  const names = new Map([['', 'the built-in defaults']]);
  return (origin) => {
    const { file, pointer } = placeIn(root, moved, origin);
    const name = names.get(file) ?? posix.relative(folder, file);
    names.set(file, name);
    return file === '' ? name : `${name}#${pointer}`;
  };
};
