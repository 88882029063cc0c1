import { defineDiagnostic } from '../../diagnostics/define.js';
import { showDuration } from '../../language/values.js';
import type { Rule } from '../rule.js';

const outlives = defineDiagnostic<{ what: string; backendMs: number; gatewayMs: number }>({
  code: 'time/backend-outlives-gateway',
  level: 'warning',
  summary: 'a backend that may work on after the gateway has given up',
  message: ({ what, backendMs, gatewayMs }) => `${what} may run ${showDuration(backendMs)}, and the gateway gives up after ${showDuration(gatewayMs)}`,
  help: () => 'Lower the timeout of the backend, or raise the `timeout` of the operation.',
});

export const backendOutlivesGateway: Rule = {
  diagnostics: [outlives],
  check: (api, report) => {
    for (const { name, operations, settings } of api.functions.values()) {
      const its = operations.flatMap((id) => api.operations.get(id) ?? []);
      const gatewayMs = Math.max(...its.map(({ policy }) => policy.timeoutMs));
      if (its[0] && settings.timeoutMs > gatewayMs) report(outlives({ what: `the function \`${name}\``, backendMs: settings.timeoutMs, gatewayMs }, its[0].origin));
    }
    for (const { integration: { backend, origin }, policy } of api.operations.values()) {
      if (backend.kind === 'http' && backend.timeoutMs !== undefined && backend.timeoutMs > policy.timeoutMs) {
        report(outlives({ what: 'the service', backendMs: backend.timeoutMs, gatewayMs: policy.timeoutMs }, origin));
      }
    }
  },
};
