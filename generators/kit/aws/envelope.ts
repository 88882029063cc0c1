import type { Api, EnvelopeValue } from '../../../src/ir/index.js';
import { jsonLiteral } from '../velocity/literal.js';
import type { CloudObject, CloudValue } from './cloud-text.js';

/** Types of gateway responses with the status each is answered with, and its words. */
const answers = {
  ACCESS_DENIED: [403, 'Forbidden', 'The caller may not do this.'],
  API_CONFIGURATION_ERROR: [500, 'Internal Server Error', 'The request could not be served.'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal Server Error', 'The request could not be served.'],
  AUTHORIZER_FAILURE: [500, 'Internal Server Error', 'The request could not be served.'],
  BAD_REQUEST_BODY: [400, 'Bad Request', 'The body is not what the operation takes.'],
  BAD_REQUEST_PARAMETERS: [400, 'Bad Request', 'A required parameter is missing.'],
  EXPIRED_TOKEN: [403, 'Forbidden', 'The credentials have expired.'],
  INTEGRATION_FAILURE: [502, 'Bad Gateway', 'The backend did not answer.'],
  INTEGRATION_TIMEOUT: [504, 'Gateway Timeout', 'The backend did not answer in time.'],
  INVALID_API_KEY: [403, 'Forbidden', 'The API key is missing or not known.'],
  INVALID_SIGNATURE: [403, 'Forbidden', 'The signature is not valid.'],
  MISSING_AUTHENTICATION_TOKEN: [404, 'Not Found', 'There is no such operation.'],
  QUOTA_EXCEEDED: [429, 'Too Many Requests', 'The quota is used up.'],
  RESOURCE_NOT_FOUND: [404, 'Not Found', 'There is no such operation.'],
  THROTTLED: [429, 'Too Many Requests', 'Too many requests; try again later.'],
  UNAUTHORIZED: [401, 'Unauthorized', 'Credentials are missing or not valid.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type', 'The operation does not take this media type.'],
  WAF_FILTERED: [403, 'Forbidden', 'The request was refused.'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type GatewayErrorType = keyof typeof answers;

/**
 * `x-amazon-apigateway-gateway-responses`: every error of the gateway itself in the document's envelope. The
 * templates are not VTL; only `$context.…` is replaced in them (developer guide, gateway response templates).
 * `REQUEST_TOO_LARGE` cannot be customised. Cross-origin readers get the CORS headers on errors too.
 */
export const gatewayResponses = (api: Api, corsHeaders: Readonly<Record<string, string>>): CloudObject => {
  const headers = Object.fromEntries(Object.entries(corsHeaders).map(([name, value]) => [`gatewayresponse.header.${name}`, value]));
  const contentType = { 'gatewayresponse.header.Content-Type': `'${api.errors.mediaType}'` };
  const responses = Object.entries(answers).map(([type, [status, title, detail]]): [string, CloudValue] => {
    const retry: CloudObject = status === 429 ? { 'gatewayresponse.header.Retry-After': "'1'" } : {};
    return [type, {
      statusCode: status,
      responseParameters: { ...headers, ...contentType, ...retry },
      responseTemplates: { 'application/json': envelopeTemplate(api, status, title, detail) },
    }];
  });
  const fallbacks = [['DEFAULT_4XX', 'Bad Request', 400], ['DEFAULT_5XX', 'Internal Server Error', 500]] as const;
  for (const [type, title, status] of fallbacks) {
    // Without a status code of its own, so that each answer keeps the one it has.
    responses.push([type, { responseParameters: { ...headers, ...contentType }, responseTemplates: { 'application/json': envelopeTemplate(api, status, title, 'The gateway refused the request.') } }]);
  }
  return Object.fromEntries(responses.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** An error in the document's envelope; the same text in a gateway response and in a mapping template. */
export const envelopeTemplate = (api: Api, status: number, title: string, detail: string): string =>
  `{${api.errors.fields.map(({ name, value }) => `${jsonLiteral(name)}:${fieldText(value, status, title, detail)}`).join(',')}}`;

const fieldText = (value: EnvelopeValue, status: number, title: string, detail: string): string => {
  switch (value.kind) {
    case 'status': return String(status);
    case 'status-text': return JSON.stringify(String(status));
    case 'title': return JSON.stringify(title);
    case 'detail': return JSON.stringify(detail);
    case 'type': return '"about:blank"';
    case 'code': return JSON.stringify(title.toUpperCase().replaceAll(' ', '_'));
    case 'instance': return '"urn:request:$context.extendedRequestId"';
    // The caller can choose $context.requestId; this one it cannot.
    case 'request-id': return '"$context.extendedRequestId"';
    case 'errors': return '[]';
    case 'literal': return jsonLiteral(value.value);
  }
};
