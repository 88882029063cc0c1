import { defineDiagnostic } from '../../diagnostics/define.js';
import { expressionsIn, isChosen } from '../../expressions/sources.js';
import { linkTaskOf } from '../../ir/call.js';
import type { Backend, Template } from '../../ir/index.js';
import { isSecured, operationRule, routeOf } from '../rule.js';

const anyPrincipal = defineDiagnostic<{ route: string; resource: string }>({
  code: 'auth/any-principal',
  level: 'warning',
  summary: 'a secured operation in which every caller reaches what belongs to others',
  message: ({ route, resource }) => `whoever may call ${route} reaches everything in \`${resource}\`: nothing of the caller is in the key`,
  help: () => 'Put `$auth.principalId` or a claim into the key or the condition, or say why everyone may.',
});

/** Broken object level authorization (OWASP API1): with no code of the developer's in between, only the key keeps callers apart. */
export const objectLevel = operationRule([anyPrincipal], (operation, report) => {
  const { integration: { backend, origin } } = operation;
  const reached = reachOf(backend);
  if (!reached || !isSecured(operation)) return;
  const { key, input, resource } = reached;
  const sources = input.flatMap(expressionsIn).map(({ source }) => source);
  const chosen = key !== undefined && expressionsIn(key).some(({ source }) => isChosen(source));
  if (chosen && !sources.some(({ kind }) => kind === 'auth')) report(anyPrincipal({ route: routeOf(operation), resource }, origin));
});

/** What is reached with no code of the developer's in between. */
const reachOf = (backend: Backend): { readonly resource: string; readonly key: Template | undefined; readonly input: readonly Template[] } | undefined => {
  if (backend.kind === 'service') return { resource: backend.resource, key: backend.input.get('key'), input: [...backend.input.values()] };
  const task = linkTaskOf(backend);
  return task && { resource: task.bucket, key: task.key, input: [task.key] };
};
