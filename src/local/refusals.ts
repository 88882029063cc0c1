import { gatewayResponses, type GatewayErrorType } from '../../generators/kit/aws/envelope.js';
import { staticCorsHeaders } from '../../generators/kit/aws/cors.js';
import type { Api } from '../ir/index.js';
import type { WireAnswer } from './exchange.js';

export type { GatewayErrorType };

/** Answers an error of the gateway's own. `status` where the kind of error has several. */
export type Refuse = (type: GatewayErrorType | 'DEFAULT_5XX', requestId: string, more?: { readonly status?: number; readonly headers?: WireAnswer['headers'] }) => WireAnswer;

/**
 * Errors as the target answers them: a REST API by the very responses that it is imported with, an HTTP API in the
 * service's own form, which nobody can change.
 */
export const createRefusals = (api: Api): Refuse => (api.protocol.kind === 'rest' ? fromDefinition(api) : plain);

interface Response { readonly statusCode?: number; readonly responseParameters: Readonly<Record<string, string>>; readonly responseTemplates: Readonly<Record<string, string>> }

const fromDefinition = (api: Api): Refuse => {
  const responses = gatewayResponses(api, staticCorsHeaders(api)) as unknown as Readonly<Record<string, Response>>;
  return (type, requestId, { status, headers = [] } = {}) => {
    const { statusCode, responseParameters = {}, responseTemplates = {} } = responses[type] ?? {};
    const own = Object.entries(responseParameters).map(([name, value]) => [name.replace(/^gatewayresponse\.header\./, ''), value.replace(/^'(.*)'$/, '$1')] as const);
    return {
      status: status ?? statusCode ?? 500,
      headers: [...own, ['x-amzn-ErrorType', type], ...headers],
      body: (responseTemplates['application/json'] ?? '').replaceAll('$context.extendedRequestId', requestId),
    };
  };
};

/** Developer guide, HTTP APIs: status and message of what the service itself answers. */
const messages: Readonly<Partial<Record<GatewayErrorType, readonly [number, string]>>> = {
  MISSING_AUTHENTICATION_TOKEN: [404, 'Not Found'], UNAUTHORIZED: [401, 'Unauthorized'], ACCESS_DENIED: [403, 'Forbidden'],
  INVALID_SIGNATURE: [403, 'Forbidden'], EXPIRED_TOKEN: [403, 'Forbidden'], INVALID_API_KEY: [403, 'Forbidden'],
  THROTTLED: [429, 'Too Many Requests'], QUOTA_EXCEEDED: [429, 'Too Many Requests'], BAD_REQUEST_BODY: [400, 'Bad Request'], BAD_REQUEST_PARAMETERS: [400, 'Bad Request'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type'], INTEGRATION_TIMEOUT: [503, 'Service Unavailable'], INTEGRATION_FAILURE: [503, 'Service Unavailable'],
};

const plain: Refuse = (type, _, { headers = [], status } = {}) => {
  const [known, message] = (type === 'DEFAULT_5XX' ? undefined : messages[type]) ?? [500, 'Internal Server Error'];
  return { status: status === 501 ? 501 : known, headers: [['Content-Type', 'application/json'], ...headers], body: JSON.stringify({ message }) };
};
