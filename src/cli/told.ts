import type { Ownership } from '../emit/emitter.js';
import type { BuildResult } from './build.js';
import type { FileDifference } from './difference.js';
import type { ProjectSettings } from './project.js';
import type { Judged } from './report.js';

/** What a build did, as far as it is told: plain, so that it may have been done in another thread. */
export interface Told {
  /** The project, as its settings name it. */
  readonly name: string;
  readonly out: string;
  readonly failed: boolean;
  /** Diagnostics, with the texts that they point into. */
  readonly judged: Judged;
  /** All that was read, for those who watch. */
  readonly sources: readonly string[];
  /** Absent where it could not be decided what to write. */
  readonly files?: {
    readonly created: readonly { readonly path: string; readonly ownership: Ownership }[];
    readonly updated: readonly string[];
    readonly removed: readonly string[];
    readonly kept: number;
    readonly orphans: readonly string[];
  };
  readonly differences: readonly FileDifference[];
}

export const tellOf = ({ name, out }: ProjectSettings, { compilation, plan, differences, failed }: BuildResult): Told => {
  const { diagnostics, document, sources } = compilation;
  // Nothing points into a text of which nothing is said, and texts are large.
  const judged: Judged = diagnostics.length === 0 || !document ? { diagnostics, sources: diagnostics.length === 0 ? new Map() : sources } : {
    diagnostics, sources,
    document: { files: new Map([...(document.files ?? [])].map(([file, { format }]) => [file, { format }])), ...(document.origins ? { origins: document.origins } : {}) },
  };
  return {
    name, out, failed, judged, differences,
    sources: [...sources.keys()],
    ...(plan ? {
      files: {
        created: plan.create.map(({ path, ownership }) => ({ path, ownership })),
        updated: plan.update.map(({ path }) => path),
        removed: plan.remove,
        kept: plan.keep.length,
        orphans: plan.orphans.map(({ path }) => path),
      },
    } : {}),
  };
};
