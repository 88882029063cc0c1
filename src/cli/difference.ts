import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// The field's own library for line differences; ours would be a second-rate one.
import { createTwoFilesPatch } from 'diff';
import { printable } from '../diagnostics/render/printable.js';
import type { Plan } from '../emit/plan.js';

/** How a file that stands in the folder differs from what the document gives: unified, three lines around. */
export interface FileDifference { readonly path: string; readonly text: string }

/** Of each generated file that is not as it should be. */
export const differences = (out: string, plan: Plan, paths: readonly string[]): readonly FileDifference[] => {
  const wanted = new Map([...plan.create, ...plan.update].map(({ path, content }) => [path, content]));
  const gone = new Set(plan.remove);
  return paths.map((path) => {
    const now = plan.disk.has(path) ? readFileSync(join(out, path), 'utf8') : '';
    const patch = createTwoFilesPatch(plan.disk.has(path) ? path : '/dev/null', gone.has(path) ? '/dev/null' : path, now, wanted.get(path) ?? '', 'in the folder', 'from the document');
    return { path, text: patch.replace(/^(?:Index: .*\n)?=+\n/, '') };
  });
};

/** The first lines of the first differences, and how much more there is. */
export const excerpt = (all: readonly FileDifference[], files = 5, lines = 30): string => {
  const shown = all.slice(0, files).map(({ text }) => {
    const body = text.trimEnd().split('\n').map(printable);
    return body.length <= lines ? body.join('\n') : [...body.slice(0, lines), `… ${body.length - lines} more lines`].join('\n');
  });
  return [...shown, ...(all.length > files ? [`… ${all.length - files} more files; \`--format json\` has all of them`] : [])].join('\n');
};
