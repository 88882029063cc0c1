import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Rule } from '../rule.js';

const alone = defineDiagnostic<{ stage: string; path: string }>({
  code: 'stage/base-path-alone',
  level: 'warning',
  summary: 'a base path without a domain that it could stand behind',
  message: ({ stage, path }) => `stage \`${stage}\` has the base path \`${path}\` and no \`domain\`, so the path has no effect`,
  help: () => 'Add `domain`, or take `basePath` out.',
});

/** A base path maps a part of a domain to the stage; without one there is nothing to map. */
export const basePath: Rule = {
  diagnostics: [alone],
  check: ({ stages }, report) => {
    for (const stage of stages.values()) {
      if (stage.basePath !== undefined && stage.domain === undefined) report(alone({ stage: stage.name, path: stage.basePath }, stage.origin));
    }
  },
};
