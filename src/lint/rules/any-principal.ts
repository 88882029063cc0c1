import { defineDiagnostic } from '../../diagnostics/define.js';
import { expressionsIn, isChosen } from '../../expressions/sources.js';
import { isSecured, operationRule, routeOf } from '../rule.js';

const anyPrincipal = defineDiagnostic<{ route: string; resource: string }>({
  code: 'auth/any-principal',
  level: 'warning',
  summary: 'a secured operation in which every caller reaches what belongs to others',
  message: ({ route, resource }) => `whoever may call ${route} reaches everything in \`${resource}\`: nothing of the caller is in the key`,
  help: () => 'Put `$auth.principalId` or a claim into the key or the condition, or say why everyone may.',
});

/** Broken object level authorization (OWASP API1): with no function in between, only the key keeps callers apart. */
export const objectLevel = operationRule([anyPrincipal], (operation, report) => {
  const { integration: { backend, origin } } = operation;
  if (backend.kind !== 'service' || !isSecured(operation)) return;
  const key = backend.input.get('key');
  const sources = [...backend.input.values()].flatMap(expressionsIn).map(({ source }) => source);
  const chosen = key !== undefined && expressionsIn(key).some(({ source }) => isChosen(source));
  if (chosen && !sources.some(({ kind }) => kind === 'auth')) report(anyPrincipal({ route: routeOf(operation), resource: backend.resource }, origin));
});
