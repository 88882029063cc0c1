import { defineDiagnostic } from '../../diagnostics/define.js';
import { expressionsIn } from '../../expressions/sources.js';
import type { Operation } from '../../ir/index.js';
import { operationRule, routeOf } from '../rule.js';

const unsigned = defineDiagnostic<{ route: string; name: string }>({
  code: 'callbacks/unsigned',
  level: 'warning',
  summary: 'a callback that nothing would sign, and so no sender is made for',
  message: ({ route, name }) => `${route} describes the callback \`${name}\`, and nothing says which secret signs it; no sender is made`,
  help: () => 'Name the secret with `callbacks: { secret: … }`, here or in `defaults`.',
});

const noSender = defineDiagnostic<{ route: string; name: string }>({
  code: 'callbacks/no-sender',
  level: 'warning',
  summary: 'a callback of an operation behind which no code of yours runs',
  message: ({ route, name }) => `nobody sends the callback \`${name}\`: no code of yours runs behind ${route}`,
  help: () => 'Put the work off to a queue, topic, bus or stream with `async`, serve the operation by a function, or take the callback out.',
});

const beyondWork = defineDiagnostic<{ name: string; text: string; why: string }>({
  code: 'callbacks/beyond-work',
  level: 'error',
  summary: 'an address of a callback that the worker does not know',
  message: ({ name, text, why }) => `the worker that sends \`${name}\` does not know \`${text}\`: ${why}`,
  help: () => 'Take the address from the body, or hand the body on unchanged.',
});

/** What code of the developer's runs behind an operation: in the request, or when its work is done. */
const senderOf = ({ integration: { backend, flow } }: Operation): 'function' | 'worker' | undefined =>
  (flow.kind === 'accept' && flow.worker !== undefined ? 'worker' : backend.kind === 'function' && !backend.task && backend.payload !== 'raw' ? 'function' : undefined);

export const callbackRules = operationRule([unsigned, noSender, beyondWork], (operation, report) => {
  const { callbacks, policy, integration } = operation;
  const sender = senderOf(operation);
  for (const { name, origin, address } of callbacks) {
    if (!policy.callbacks) report(unsigned({ route: routeOf(operation), name }, origin));
    else if (!sender) report(noSender({ route: routeOf(operation), name }, origin));
    if (sender !== 'worker' || !address) continue;
    for (const { text, source } of expressionsIn(address)) {
      if (source.kind !== 'body') report(beyondWork({ name, text, why: 'the body is all that is handed on' }, origin));
      else if (integration.request) report(beyondWork({ name, text, why: 'what is handed on is what `request` makes of the body' }, origin));
    }
  }
});
