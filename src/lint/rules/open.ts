import { count } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import { isMutation, routeOf, type Rule } from '../rule.js';

const unstated = defineDiagnostic<{ operations: number; mutations: number }>({
  code: 'auth/unstated',
  level: 'warning',
  summary: 'a document that does not say who may call it',
  message: ({ operations, mutations }) => `the document does not say who may call it: ${count(operations, 'operation')}${mutations > 0 ? `, ${mutations} of which change something` : ''}`,
  help: () => 'Add `security` at the root: the scheme that callers must show, or `security: []` if everyone may call.',
});

const mutationOpen = defineDiagnostic<{ route: string }>({
  code: 'auth/mutation-open',
  level: 'error',
  allow: true,
  summary: 'an operation that changes something, open to everyone without saying so',
  message: ({ route }) => `${route} changes something, and does not say who may call it`,
  help: () => 'Add `security` with the scheme that callers must show, or state `security: []`.',
});

const open = defineDiagnostic<{ route: string }>({
  code: 'auth/open',
  level: 'warning',
  summary: 'an operation that is open to everyone without saying so',
  message: ({ route }) => `${route} does not say who may call it`,
  help: () => 'Add `security` with the scheme that callers must show, or state `security: []`.',
});

/**
 * Open by statement only. A plain description that is silent throughout is told so once; with a word of `x-gateway` it is
 * a gateway, and each silent operation counts.
 */
export const openOperations: Rule = {
  diagnostics: [unstated, mutationOpen, open],
  check: ({ operations, origin }, report, { stated }) => {
    const all = [...operations.values()];
    const silent = all.filter(({ securityStated }) => !securityStated);
    if (silent.length === all.length && !(stated && all.some(isMutation))) {
      report(unstated({ operations: all.length, mutations: all.filter(isMutation).length }, origin));
      return;
    }
    for (const operation of silent) report((isMutation(operation) ? mutationOpen : open)({ route: routeOf(operation) }, operation.origin));
  },
};
