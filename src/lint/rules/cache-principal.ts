import { defineDiagnostic } from '../../diagnostics/define.js';
import { isSecured, operationRule } from '../rule.js';

const noPrincipal = defineDiagnostic({
  code: 'cache/no-principal',
  level: 'error',
  summary: 'a secured answer that is cached for all callers together',
  message: () => 'the answer is for one caller, and the cache would give it to all of them',
  help: () => 'Add `principal` (or `claim.NAME`) to `key`, or state `shared: true` if every caller gets the same answer.',
});

export const cachePrincipal = operationRule([noPrincipal], (operation, report) => {
  const { cache } = operation.policy;
  if (cache && isSecured(operation) && !cache.shared && cache.key.every(({ kind }) => kind === 'parameter')) report(noPrincipal({}, cache.origin));
});
