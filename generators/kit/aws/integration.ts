import type { Api, Operation, StaticBackend } from '../../../src/ir/index.js';
import { silent } from '../velocity/literal.js';
import { addressOf } from './backend-address.js';
import { backendIntegration } from './backend-http.js';
import { cloud, partition, region, type CloudObject, type CloudText } from './cloud-text.js';
import { answerCors } from './cors.js';
import type { Route } from './routes.js';

/** The gateway's own timeout: at least 50 ms, and at most what the kind of API takes. */
export const timeoutOf = ({ policy, integration: { backend } }: Operation, most: number): number =>
  Math.min(Math.max((backend.kind === 'http' ? backend.timeoutMs : undefined) ?? policy.timeoutMs, 50), most);

/** How API Gateway addresses a function: always by POST, whatever the caller's method. */
export const invocationUri = (functionArn: CloudText): CloudText =>
  cloud`arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

export const functionArn = (name: string): CloudText => cloud`${{ cloud: 'function-arn', name }}`;

/** The integration of a route of a REST API. What this compiler does not generate yet answers 501, and was reported. */
export const restIntegration = (api: Api, route: Route, binary: boolean): CloudObject => {
  const { operation } = route;
  const { backend } = operation.integration;
  const timeoutInMillis = timeoutOf(operation, 29_000);
  switch (backend.kind) {
    case 'function':
      return { type: 'aws_proxy', httpMethod: 'POST', uri: invocationUri(functionArn(backend.function)), passthroughBehavior: 'never', timeoutInMillis };
    case 'http': {
      const address = addressOf(api, route, backend);
      if (!address) return notYet(api, binary);
      return { type: 'http_proxy', httpMethod: operation.method, uri: address.uri, ...address.connection, requestParameters: address.parameters, passthroughBehavior: 'when_no_match', timeoutInMillis };
    }
    case 'static':
      return mock(api, backend, binary);
    case 'service':
    case 'action':
      return notYet(api, binary);
  }
};

/** The integration of a route of an HTTP API; nothing where the kind of API has no way to answer. */
export const httpIntegration = (api: Api, route: Route): CloudObject | undefined => {
  const { operation } = route;
  const { backend } = operation.integration;
  const timeoutInMillis = timeoutOf(operation, 30_000);
  switch (backend.kind) {
    case 'function':
      return { type: 'aws_proxy', httpMethod: 'POST', uri: invocationUri(functionArn(backend.function)), payloadFormatVersion: '2.0', timeoutInMillis };
    case 'http': {
      const found = backendIntegration(api, route, backend);
      return found && 'integration' in found ? { ...found.integration, timeoutInMillis } : undefined;
    }
    case 'static':
    case 'service':
    case 'action':
      return undefined;
  }
};

/** `$` and `#` begin directives of Velocity, and `{{` a dynamic reference; JSON can write them as escapes, and so the body stays text. */
const vtlJson = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023').replaceAll('{{', '{\\u007b');

/** Headers of an answer that the gateway gives by itself: what it is, and what browsers are told of it. */
export const mockHeaders = (api: Api, { mediaType }: Pick<StaticBackend, 'mediaType'>): Readonly<Record<string, string>> =>
  ({ ...answerCors(api).headers, ...(mediaType === undefined ? {} : { 'Content-Type': `'${mediaType}'` }) });

const mock = (api: Api, backend: StaticBackend, binary: boolean): CloudObject => {
  const headers = Object.entries(mockHeaders(api, backend)).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [...answerCors(api).lines.map(silent), backend.body === undefined ? '' : vtlJson(backend.body)].join('');
  return {
    type: 'mock',
    ...(binary ? { contentHandling: 'CONVERT_TO_TEXT' } : {}),
    passthroughBehavior: 'when_no_match',
    requestTemplates: { 'application/json': `{"statusCode": ${backend.status}}` },
    responses: {
      default: {
        statusCode: String(backend.status),
        ...(headers.length === 0 ? {} : { responseParameters: Object.fromEntries(headers.map(([name, value]) => [`method.response.header.${name}`, value])) }),
        ...(text === '' ? {} : { responseTemplates: { 'application/json': text } }),
      },
    },
  };
};

const notYet = (api: Api, binary: boolean): CloudObject => mock(api, { kind: 'static', status: 501 }, binary);
