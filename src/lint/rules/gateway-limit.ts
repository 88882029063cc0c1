import { defineDiagnostic } from '../../diagnostics/define.js';
import { showDuration } from '../../language/values.js';
import { operationRule } from '../rule.js';

const overLimit = defineDiagnostic<{ timeoutMs: number; limitMs: number }>({
  code: 'time/over-gateway-limit',
  level: 'error',
  allow: true,
  summary: 'a synchronous operation that may take longer than the gateway waits',
  message: ({ timeoutMs, limitMs }) => `the operation may take ${showDuration(timeoutMs)}, and the gateway waits ${showDuration(limitMs)} at most`,
  help: () => 'Answer now and work later with `async`, or lower `timeout`.',
});

/** What the two kinds of gateway wait for at most, in milliseconds. */
const limits = { rest: 29_000, http: 30_000 } as const;

export const gatewayLimit = operationRule([overLimit], ({ policy, integration, origin }, report, { protocol }) => {
  const limitMs = limits[protocol.kind];
  if (integration.flow.kind === 'wait' && policy.timeoutMs > limitMs) report(overLimit({ timeoutMs: policy.timeoutMs, limitMs }, origin));
});
