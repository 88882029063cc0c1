import type { Report } from '../../../src/diagnostics/collect.js';
import { byDefault, notYet, unsupported } from '../../../src/emit/diagnostics.js';
import { serviceOf } from '../../../src/ir/call.js';
import { features, type FeatureId } from '../../../src/ir/features.js';
import type { Api, Operation, Schema } from '../../../src/ir/index.js';
import { resolve } from '../../../src/ir/walk.js';
import { addressOf } from './backend-address.js';
import { backendIntegration } from './backend-http.js';
import { indistinct, unbuilt, unchecked, unreachable } from './diagnostics.js';
import { functionRoute, handsPayload } from './function-rest.js';
import { createModels } from './models.js';
import type { MappedIntegration } from './parameter-mapping.js';
import { routesOf, type Route } from './routes.js';
import { actionBackend } from './service-action.js';
import { subtypeRoute } from './service-http.js';
import { serviceRoute } from './service-rest.js';
import { directBackend, type DirectCall } from './services.js';
import { mostAttempts } from './worker-needs.js';

const featureOf: Readonly<Record<DirectCall, FeatureId>> = {
  'get-item': 'service.table', 'put-item': 'service.table', 'update-item': 'service.table', 'delete-item': 'service.table', 'query-items': 'service.table', 'scan-items': 'service.table',
  'get-object': 'service.bucket', 'put-object': 'service.bucket', 'list-objects': 'service.bucket',
  'send-message': 'service.queue', publish: 'service.topic', 'put-event': 'service.bus', 'put-record': 'service.stream', 'start-run': 'service.workflow-start', 'run-and-wait': 'service.workflow-run',
};

/** What calls of services, and mappings, cannot be had as the document asks for them. */
export const judgeServices = (target: string, api: Api, report: Report): void => {
  for (const route of routesOf(api)) {
    const { operation } = route;
    const [backend, action] = [directBackend(operation), actionBackend(operation)];
    if (operation.method === 'TRACE') continue;
    judgeRetry(target, api, operation, report);
    if (!backend && !action) {
      judgeMappings(target, operation, report);
      judgeBackend(target, api, route, report);
      judgePayload(api, route, report);
    }
    else if (api.protocol.kind === 'rest') {
      const what = uncheckedOf(api, operation);
      if (what.length > 0) report(unchecked({ target, operation: operation.id, what }, operation.integration.origin));
      for (const { expression, why } of serviceRoute(api, route)?.gaps ?? []) report(unreachable({ text: expression.text, why }, expression.origin));
    } else if (backend) {
      const found = subtypeRoute(api, route);
      if (found && 'lacking' in found) report(unsupported({ target, kind: 'http', feature: features[featureOf[backend.call]], why: found.lacking, instead: operation.integration.flow.kind === 'accept' ? 'Set `protocol: rest`, or write `async: { by: function }`: a function of the compiler’s then checks each request and hands it over.' : 'Set `protocol: rest`, or use a function.' }, operation.integration.origin));
      tellDoubts(found, report);
    }
  }
};

/** Values of parameter mappings that may come to something else than the document says. */
const tellDoubts = (found: MappedIntegration | undefined, report: Report): void => {
  if (found && 'doubts' in found) for (const { expression, why } of found.doubts) report(indistinct({ text: expression.text, why }, expression.origin));
};

/** Attempts are counted by a queue of the API's own, and by the function of a worker that a topic or a bus calls, at times of its own. */
const judgeRetry = (target: string, api: Api, { integration: { flow, backend, origin } }: Operation, report: Report): void => {
  const carrier = api.resources.get(serviceOf(backend)?.resource ?? '');
  if (flow.kind !== 'accept' || !flow.retry || (carrier?.kind === 'queue' && carrier.existing === undefined)) return;
  const counted = (carrier?.kind === 'topic' || carrier?.kind === 'bus') && flow.retry.attempts <= mostAttempts;
  if (counted) report(byDefault({ target, feature: 'the time between attempts', note: `the work of a ${carrier.kind} is tried again a minute later, and two minutes after that` }, origin));
  else report(notYet({ target, feature: features.async, id: 'async', note: `\`retry\` is only heeded for a queue that is created with the API, and up to ${mostAttempts} attempts for topics and buses; others try again as their service does` }, origin));
};

/** What of a request nobody looks at: the gateway's models know some keywords, and of parameters it sees whether they are there. */
const uncheckedOf = (api: Api, { id, body, parameters, integration: { backend } }: Operation): string[] => {
  const models = createModels(api);
  for (const { schema } of body?.contents ?? []) if (schema) models.bodyModel(id, schema);
  return [
    ...(backend.kind === 'service' && backend.call === 'put-object' ? ['maxSize', 'types'].filter((name) => backend.input.has(name)).map((name) => `\`${name}\``) : []),
    ...[...models.lost].sort().map((keyword) => `\`${keyword}\` of its body`),
    ...parameters.filter(({ schema }) => isBounded(resolve(api, schema))).map(({ name }) => `the value of \`${name}\``),
  ];
};

/** Whether a text is wrong for reasons that matter to whoever reads it; a length is the service's to limit. */
const isBounded = ({ types, enum: values, const: constant, pattern }: Schema): boolean =>
  values !== undefined || constant !== undefined || pattern !== undefined || (types !== undefined && !types.includes('string'));

/** Where a function asked for the event as it is, nobody maps anything. */
const judgeMappings = (target: string, { integration }: Operation, report: Report): void => {
  const tell = (id: FeatureId, note: string): void => report(notYet({ target, feature: features[id], id, note }, integration.origin));
  const { backend, request, responses } = integration;
  if (backend.kind === 'http' || (backend.kind === 'function' && backend.payload !== 'raw')) return;
  if (request) tell('mapping.request', backend.kind === 'function' ? 'the function asked for the event as it is' : 'there is nobody who would be sent it');
  if (responses.length > 0) tell('mapping.response', 'the answer is passed on as it is');
};

/** A payload that the gateway makes: what of the document it cannot hold. HTTP APIs make none. */
const judgePayload = (api: Api, route: Route, report: Report): void => {
  if (!handsPayload(route.operation) || api.protocol.kind !== 'rest') return;
  for (const { what, why, origin } of functionRoute(api, route)?.lacks ?? []) report(unbuilt({ what, why }, origin));
};

/** A backend over HTTP: what a request to it, its address and its answers cannot be made of. */
const judgeBackend = (target: string, api: Api, route: Route, report: Report): void => {
  const { id, method, integration: { backend, origin, request } } = route.operation;
  if (backend.kind !== 'http') return;
  const refuse = (feature: FeatureId, why: string, instead: string): void => report(unsupported({ target, kind: api.protocol.kind, feature: features[feature], why, instead }, origin));
  if (request && (method === 'GET' || method === 'HEAD')) refuse('mapping.request', `\`${id}\` is a ${method}, which has no body`, 'Remove `request`, and put values into `path`.');
  else if (api.protocol.kind === 'rest') for (const { expression, why } of [...addressOf(api, route, backend)?.gaps ?? [], ...serviceRoute(api, route)?.gaps ?? []]) report(unreachable({ text: expression.text, why }, expression.origin));
  else {
    const found = backendIntegration(api, route, backend);
    tellDoubts(found, report);
    if (found && 'lacking' in found) refuse(request || backend.path ? 'mapping.request' : 'mapping.response', found.lacking, 'Set `protocol: rest`, or use a function.');
  }
};
