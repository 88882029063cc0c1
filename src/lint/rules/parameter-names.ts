import { defineDiagnostic } from '../../diagnostics/define.js';
import { operationRule } from '../rule.js';

const ambiguous = defineDiagnostic<{ name: string; places: readonly string[] }>({
  code: 'route/ambiguous-parameter',
  level: 'error',
  summary: 'two parameters of one name, which a REST API forbids',
  message: ({ name, places }) => `\`${name}\` is a parameter in the ${places.join(' and in the ')}, and a REST API allows each name once`,
  help: () => 'Rename one of them.',
});

/** A REST API keeps path, query and header parameters of an operation under their bare names. */
export const parameterNames = operationRule([ambiguous], ({ parameters }, report, { protocol }) => {
  if (protocol.kind !== 'rest') return;
  const first = new Map<string, (typeof parameters)[number]>();
  for (const parameter of parameters) {
    if (parameter.in === 'cookie') continue;
    const before = first.get(parameter.name);
    if (before) report(ambiguous({ name: parameter.name, places: [before.in, parameter.in] }, parameter.origin, [{ at: before.origin, message: 'the other one is here' }]));
    else first.set(parameter.name, parameter);
  }
});
