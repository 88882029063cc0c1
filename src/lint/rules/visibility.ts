import { defineDiagnostic } from '../../diagnostics/define.js';
import { showDuration } from '../../language/values.js';
import type { Rule } from '../rule.js';

const tooShort = defineDiagnostic<{ queue: string; visibilityMs: number; workerMs: number }>({
  code: 'time/visibility',
  level: 'warning',
  summary: 'a queue that shows a message again while a worker may still be at it',
  message: ({ queue, visibilityMs, workerMs }) => `\`${queue}\` hides a message for ${showDuration(visibilityMs)}, and its worker may take ${showDuration(workerMs)}`,
  help: ({ workerMs }) => `Raise \`visibility\` to ${showDuration(workerMs * 6)}, six times what the worker may take.`,
});

export const visibility: Rule = {
  diagnostics: [tooShort],
  check: ({ workers, resources }, report) => {
    for (const { source, settings } of workers.values()) {
      const queue = resources.get(source);
      if (queue?.kind === 'queue' && queue.visibilityMs < 6 * settings.timeoutMs) {
        report(tooShort({ queue: queue.name, visibilityMs: queue.visibilityMs, workerMs: settings.timeoutMs }, queue.origin));
      }
    }
  },
};
