import type { CloudText } from './cloud-text.js';
import { cloud } from './cloud-text.js';

const common = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  authorizerError: '$context.authorizer.error',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationError: '$context.integration.error',
  responseLatency: '$context.responseLatency',
  errorMessage: '$context.error.message',
} as const;

/** One line of JSON a request, never with bodies or credentials (developer guide, logging variables). */
export const accessLogFormat = (kind: 'rest' | 'http'): string =>
  JSON.stringify(kind === 'rest'
    ? { ...common, resource: '$context.resourcePath', traceId: '$context.xrayTraceId', errorType: '$context.error.responseType', wafStatus: '$context.waf.status' }
    : { ...common, extendedRequestId: undefined, routeKey: '$context.routeKey' });

export const accessLogGroup = (apiName: string): CloudText => cloud`/aws/apigateway/${apiName}-${{ cloud: 'stage' }}`;
