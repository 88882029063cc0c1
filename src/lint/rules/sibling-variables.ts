import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Operation, Segment } from '../../ir/index.js';
import type { Rule } from '../rule.js';

const siblings = defineDiagnostic<{ one: string; other: string; path: string }>({
  code: 'route/sibling-variables',
  level: 'error',
  summary: 'sibling paths whose variable has two names, which a REST API forbids',
  message: ({ one, other, path }) => `the variable after \`${path}\` is \`{${one}}\` here and \`{${other}}\` elsewhere, and a REST API allows one name only`,
  help: ({ other }) => `Call it \`{${other}}\` here too.`,
});

const textOf = (segment: Segment): string => {
  switch (segment.kind) {
    case 'literal':
      return segment.text;
    case 'variable':
      return '{}';
    case 'mixed':
      return segment.parts.map((part) => ('text' in part ? part.text : '{}')).join('');
  }
};

export const siblingVariables: Rule = {
  diagnostics: [siblings],
  check: ({ operations, protocol }, report) => {
    if (protocol.kind !== 'rest') return;
    const names = new Map<string, { readonly name: string; readonly operation: Operation }>();
    for (const operation of operations.values()) {
      const { segments } = operation.path;
      for (const [index, segment] of segments.entries()) {
        if (segment.kind !== 'variable') continue;
        const parent = `/${segments.slice(0, index).map(textOf).join('/')}`;
        const first = names.get(parent);
        if (!first) names.set(parent, { name: segment.name, operation });
        else if (first.name !== segment.name) {
          const related = [{ at: first.operation.origin, message: `\`{${first.name}}\` is used here` }];
          report(siblings({ one: segment.name, other: first.name, path: parent }, operation.origin, related));
        }
      }
    }
  },
};
