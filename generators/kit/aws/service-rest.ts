import { messageOf } from '../../../src/ir/call.js';
import type { Api, Operation } from '../../../src/ir/index.js';
import type { Gap } from '../velocity/template.js';
import { cloud, type CloudObject } from './cloud-text.js';
import { timeoutOf } from './integration.js';
import type { Route } from './routes.js';
import { bucketRoute } from './service-bucket.js';
import { requestScript } from './service-request.js';
import { repliesOf } from './service-response.js';
import { tableScript } from './service-table.js';
import { directBackend, isBucket, isMessage, serviceUri, written } from './services.js';

/** A route of a REST API that the gateway serves with one call of a service. */
export interface ServiceRoute {
  readonly integration: CloudObject;
  /** The method's responses: every status and header that the integration uses. */
  readonly responses: CloudObject;
  readonly gaps: readonly Gap[];
}

/** The route of an operation that the gateway hands to a service itself; nothing for others. */
export const serviceRoute = (api: Api, route: Route): ServiceRoute | undefined => {
  const { operation } = route;
  const backend = directBackend(operation);
  if (!backend) return undefined;
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
      requestTemplates: Object.fromEntries(mediaTypes(operation).map((type) => [type, request.text])),
      responses: replies.integration,
    },
  };
};

/** JSON that the operation takes; a request without a body, or without a type, counts as `application/json`. */
const mediaTypes = ({ body, policy }: Operation): string[] => {
  const declared = (body?.contents ?? []).filter(({ kind, mediaType }) => kind === 'json' && !mediaType.includes('*') && (policy.limits.types?.includes(mediaType) ?? true)).map(({ mediaType }) => mediaType);
  return declared.length > 0 && body?.required ? [...new Set(declared)] : [...new Set([...declared, 'application/json'])];
};

/** A body that is no JSON is no message. */
const unreadable = (route: Route): Gap[] => {
  const { body, integration } = route.operation;
  const message = messageOf(route.operation);
  return body && !integration.request && message.kind === 'value' && body.contents.every(({ kind }) => kind !== 'json')
    ? [{ expression: message.expression, why: 'templates read bodies of JSON only' }] : [];
};
