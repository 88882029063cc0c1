import { messageOf } from '../../../src/ir/call.js';
import type { Api } from '../../../src/ir/index.js';
import type { Gap } from '../velocity/template.js';
import { backendRoute } from './backend-rest.js';
import { functionRoute, handsPayload } from './function-rest.js';
import { cloud, type CloudObject } from './cloud-text.js';
import { timeoutOf } from './integration.js';
import type { Route } from './routes.js';
import { actionBackend, actionRoute } from './service-action.js';
import { bucketRoute } from './service-bucket.js';
import { jsonTypes, requestScript } from './service-request.js';
import { repliesOf } from './service-response.js';
import { tableScript } from './service-table.js';
import { directBackend, isBucket, isMessage, serviceUri, written } from './services.js';

/** A route of a REST API whose request and answer the gateway makes itself. */
export interface ServiceRoute {
  readonly integration: CloudObject;
  /** The method's responses: every status and header that the integration uses. */
  readonly responses: CloudObject;
  readonly gaps: readonly Gap[];
}

/** The route of an operation that the gateway hands to a service itself, or to a backend by mappings; nothing for others. */
export const serviceRoute = (api: Api, route: Route): ServiceRoute | undefined => {
  const { operation } = route;
  const action = actionBackend(operation);
  if (action) return actionRoute(api, route, action);
  const backend = directBackend(operation);
  if (!backend) return handsPayload(operation) ? functionRoute(api, route) : backendRoute(api, route);
  if (isBucket(backend)) return bucketRoute(api, route, backend);
  const request = isMessage(backend) ? requestScript(api, route, backend) : tableScript(api, route, backend);
  const replies = repliesOf(api, route, backend);
  const { headers } = written[backend.call as keyof typeof written];
  return {
    gaps: [...(isMessage(backend) ? unreadable(route) : []), ...request.gaps, ...replies.gaps],
    responses: replies.method,
    integration: {
      type: 'aws',
      httpMethod: 'POST',
      uri: serviceUri(backend),
      credentials: cloud`${{ cloud: 'role-arn', name: operation.id }}`,
      // Another media type would reach the service as it came.
      passthroughBehavior: 'never',
      timeoutInMillis: timeoutOf(operation, 29_000),
      requestParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [`integration.request.header.${name}`, `'${value}'`])),
      requestTemplates: Object.fromEntries(jsonTypes(operation).map((type) => [type, request.text])),
      responses: replies.integration,
    },
  };
};

/** A body that is no JSON is no message. */
const unreadable = (route: Route): Gap[] => {
  const { body, integration } = route.operation;
  const message = messageOf(route.operation);
  return body && !integration.request && message.kind === 'value' && body.contents.every(({ kind }) => kind !== 'json')
    ? [{ expression: message.expression, why: 'templates read bodies of JSON only' }] : [];
};
