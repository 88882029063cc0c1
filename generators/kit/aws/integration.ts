import type { Api, HttpBackend, Operation, StaticBackend } from '../../../src/ir/index.js';
import { cloud, partition, region, type CloudObject, type CloudText, type CloudVariable } from './cloud-text.js';
import { pathOf } from './mapped-path.js';
import type { Route } from './routes.js';

/** The gateway's own timeout: at least 50 ms, and at most what the kind of API takes. */
export const timeoutOf = (operation: Operation, most: number): number => Math.min(Math.max(operation.policy.timeoutMs, 50), most);

/** How API Gateway addresses a function: always by POST, whatever the caller's method. */
export const invocationUri = (functionArn: CloudText): CloudText =>
  cloud`arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

const functionArn = (name: string): CloudText => cloud`${{ cloud: 'function-arn', name }}`;

/** The integration of a route of a REST API. What this compiler does not generate yet answers 501, and was reported. */
export const restIntegration = (api: Api, route: Route, binary: boolean): CloudObject => {
  const { operation } = route;
  const { backend } = operation.integration;
  const timeoutInMillis = timeoutOf(operation, 29_000);
  switch (backend.kind) {
    case 'function':
      return { type: 'aws_proxy', httpMethod: 'POST', uri: invocationUri(functionArn(backend.function)), passthroughBehavior: 'never', timeoutInMillis };
    case 'http': {
      const base = baseOf(api, backend);
      if (base === undefined || operation.integration.request) return notYet(binary);
      const parameters = Object.fromEntries([...new Set(route.variables.values())].map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]));
      const mapped = backend.path && pathOf(api, route, backend.path, 'part');
      return { type: 'http_proxy', httpMethod: operation.method, uri: cloud`${base}${mapped?.path ?? route.path.replace('+}', '}')}`, requestParameters: mapped?.parameters ?? parameters, passthroughBehavior: 'when_no_match', timeoutInMillis };
    }
    case 'static':
      return mock(backend, binary);
    case 'service':
      return notYet(binary);
  }
};

/** The integration of a route of an HTTP API; nothing where the kind of API has no way to answer. */
export const httpIntegration = (api: Api, operation: Operation): CloudObject | undefined => {
  const { backend } = operation.integration;
  const timeoutInMillis = timeoutOf(operation, 30_000);
  switch (backend.kind) {
    case 'function':
      return { type: 'aws_proxy', httpMethod: 'POST', uri: invocationUri(functionArn(backend.function)), payloadFormatVersion: '2.0', timeoutInMillis };
    case 'http': {
      const base = baseOf(api, backend);
      if (base === undefined || backend.path || operation.integration.request) return undefined;
      return { type: 'http_proxy', httpMethod: operation.method, uri: cloud`${base}${operation.path.text}`, payloadFormatVersion: '1.0', timeoutInMillis };
    }
    case 'static':
    case 'service':
      return undefined;
  }
};

/** Where a backend is: as the document says, or (for a resource of it) as whoever deploys does. */
const baseOf = (api: Api, { url, resource: name }: HttpBackend): CloudText | undefined => {
  const resource = name === undefined ? undefined : api.resources.get(name);
  if (resource?.kind === 'http') return cloud`${baseUrl(resource)}`;
  return url === undefined ? undefined : cloud`${url.replace(/\/$/, '')}`;
};

/** The address of a service over HTTP: the document's, unless the deployment names another. */
export const baseUrl = ({ name, url }: { readonly name: string; readonly url: string }): CloudVariable =>
  ({ cloud: 'parameter', name: `${name} url`, what: `Base URL of what the document calls ${JSON.stringify(name.slice(0, 200))}, without a slash at its end`, default: url.replace(/\/$/, '') });

/** `$` and `#` begin directives of Velocity, and `{{` a dynamic reference; JSON can write them as escapes, and so the body stays text. */
const vtlJson = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023').replaceAll('{{', '{\\u007b');

const mock = (backend: StaticBackend, binary: boolean): CloudObject => ({
  type: 'mock',
  ...(binary ? { contentHandling: 'CONVERT_TO_TEXT' } : {}),
  passthroughBehavior: 'when_no_match',
  requestTemplates: { 'application/json': `{"statusCode": ${backend.status}}` },
  responses: {
    default: {
      statusCode: String(backend.status),
      ...(backend.mediaType === undefined ? {} : { responseParameters: { 'method.response.header.Content-Type': `'${backend.mediaType}'` } }),
      ...(backend.body === undefined ? {} : { responseTemplates: { 'application/json': vtlJson(backend.body) } }),
    },
  },
});

const notYet = (binary: boolean): CloudObject => mock({ kind: 'static', status: 501 }, binary);
