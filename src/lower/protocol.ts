import type { Operation, ProtocolChoice, FeatureUse } from '../ir/index.js';
import type { FeatureId } from '../ir/features.js';

/** What only a REST API of the gateway can do, and how that is said to people. */
const restOnly: ReadonlyMap<FeatureId, string> = new Map([
  ['cache', 'a response cache'],
  ['auth.api-key', 'API keys with usage plans'],
  ['throttle.client', 'throttling of each client'],
  ['throttle.key', 'throttling of each API key'],
  ['stage.waf', 'a web application firewall'],
  ['errors.gateway', 'an error envelope of its own for the gateway’s errors'],
  ['payload.gateway', 'a payload that the gateway makes'],
  ['backend.static', 'answers by the gateway itself'],
  ['service.topic', 'publishing to a topic without a function'],
  ['service.bus', 'putting events without a function'],
  ['service.workflow-run', 'running a workflow without a function'],
  ['service.table', 'reading and writing a table without a function'],
  ['service.bucket', 'reading and writing objects without a function'],
  ['service.action', 'calling a service without a function'],
]);

/** The kind of gateway: what was asked, or the cheaper HTTP API unless something needs a REST API. */
export const chooseProtocol = (asked: ProtocolChoice['asked'], features: readonly FeatureUse[], operations: ReadonlyMap<string, Operation>): ProtocolChoice => {
  const because = [
    ...features.flatMap(({ id, at }) => {
      const what = restOnly.get(id);
      return what === undefined ? [] : [{ reason: `a REST API is needed for ${what}`, at }];
    }),
    ...[...operations.values()].flatMap(needsOf),
  ];
  // One line a reason, at the first place that gives it.
  const first = because.filter(({ reason }, index) => because.findIndex((each) => each.reason === reason) === index);
  if (asked !== 'auto') return { kind: asked, asked, because: [] };
  return { kind: first.length > 0 ? 'rest' : 'http', asked, because: first };
};

/** An HTTP API passes a body on as it is: it can neither check nor change one that no function sees. */
const needsOf = ({ integration, body }: Operation): ProtocolChoice['because'] => {
  if (integration.backend.kind === 'function' || integration.backend.kind === 'static') return [];
  return [
    ...(body ? [{ reason: 'a REST API is needed to check a body that no function sees', at: body.origin }] : []),
    ...(integration.request ? [{ reason: 'a REST API is needed to change a request that no function sees', at: integration.origin }] : []),
    ...(integration.responses.length > 0 ? [{ reason: 'a REST API is needed to change an answer that no function gives', at: integration.origin }] : []),
    ...(integration.flow.kind === 'accept' ? [{ reason: 'a REST API is needed for an acknowledgement with a body and headers of its own', at: integration.origin }] : []),
  ];
};
