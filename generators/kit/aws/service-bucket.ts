import type { Api } from '../../../src/ir/index.js';
import { cloud, partition, region, type CloudText } from './cloud-text.js';
import { timeoutOf } from './integration.js';
import { partsOf, pathOf } from './mapped-path.js';
import type { Route } from './routes.js';
import type { ServiceRoute } from './service-rest.js';
import { repliesOf } from './service-response.js';
import type { BucketCall, DirectBackend } from './services.js';

/** How a bucket is asked (Amazon S3 API reference), and the headers of its answer that go on to the caller. */
const calls: Readonly<Record<BucketCall, { readonly method: 'GET' | 'PUT'; readonly parameters: Readonly<Record<string, string>>; readonly headers: readonly string[] }>> = {
  'get-object': { method: 'GET', parameters: {}, headers: ['Cache-Control', 'Content-Disposition', 'Content-Length', 'Content-Type', 'ETag', 'Last-Modified'] },
  'put-object': { method: 'PUT', parameters: { 'integration.request.header.Content-Type': 'method.request.header.Content-Type' }, headers: ['ETag'] },
  'list-objects': { method: 'GET', parameters: { 'integration.request.querystring.list-type': "'2'" }, headers: ['Content-Type'] },
};

/** Bodies pass as they are, bytes included: no template stands before or behind them. */
export const bucketRoute = (api: Api, route: Route, backend: DirectBackend): ServiceRoute => {
  const { operation } = route;
  const call = calls[backend.call as BucketCall];
  const key = pathOf(api, route, backend.input.get('key'), 'key');
  const replies = repliesOf(api, route, backend, call.headers);
  const listed = backend.call === 'list-objects';
  const place = listed ? cloud`` : cloud`/${key.path}`;
  const prefix: Readonly<Record<string, string>> = listed && backend.input.has('key') ? { 'integration.request.querystring.prefix': key.parameter ?? "''" } : {};
  return {
    gaps: [...key.gaps, ...(listed && key.parameter === undefined && backend.input.has('key') ? [{ expression: key.first, why: 'a prefix is a constant, or one value' }].flatMap(({ expression, why }) => (expression ? [{ expression, why }] : [])) : []), ...replies.gaps],
    responses: replies.method,
    integration: {
      type: 'aws',
      httpMethod: call.method,
      uri: cloud`arn:${partition}:apigateway:${region}:s3:path/${{ cloud: 'resource-name', name: backend.resource }}${place}`,
      credentials: cloud`${{ cloud: 'role-arn', name: operation.id }}`,
      passthroughBehavior: 'when_no_match',
      timeoutInMillis: timeoutOf(operation, 29_000),
      requestParameters: { ...(listed ? {} : key.parameters), ...call.parameters, ...prefix },
      responses: replies.integration,
    },
  };
};

/** The objects that a key can name: anything where a value stands. */
export const objectsOf = (backend: DirectBackend): CloudText => {
  const arn = { cloud: 'resource-arn', name: backend.resource } as const;
  if (backend.call === 'list-objects') return cloud`${arn}`;
  return cloud`${arn}/${partsOf(backend.input.get('key')).map((part) => (typeof part === 'string' ? part : '*')).join('')}`;
};
