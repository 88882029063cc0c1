import { kebab } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Resource } from '../../ir/index.js';
import type { Rule } from '../rule.js';

const collision = defineDiagnostic<{ one: string; other: string }>({
  code: 'resource/name-collision',
  level: 'error',
  summary: 'two resources whose names are one in the cloud and in the environment',
  message: ({ one, other }) => `\`${one}\` and \`${other}\` are one name where only letters and digits count`,
  help: () => 'Rename one of the two.',
});

/** Names of resources become names of variables and of things in the cloud, where case and punctuation are lost. */
export const resourceNames: Rule = {
  diagnostics: [collision],
  check: ({ resources }, report) => {
    const seen = new Map<string, Resource>();
    for (const resource of resources.values()) {
      const key = kebab(resource.name);
      const first = seen.get(key);
      if (first) report(collision({ one: first.name, other: resource.name }, resource.origin, [{ at: first.origin, message: 'the first one' }]));
      else seen.set(key, resource);
    }
  },
};
