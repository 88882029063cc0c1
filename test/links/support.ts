import { bundle, generate, write } from '../support/generated.js';
import type { Api } from '../../src/ir/index.js';
import type { HttpEvent, HttpResult } from '../../src/runtime/http.js';


/** The function of an operation of an HTTP API, as it is deployed: called with a request, answers what the gateway would get. */
export const functionOf = async (api: Api, name: string): Promise<(request: { readonly method: string; readonly path: string; readonly route: string; readonly body?: unknown; readonly subject?: string; readonly headers?: Readonly<Record<string, string>> }) => Promise<HttpResult>> => {
  const { module } = await bundle(write(await generate(api)), `generated/entry/${name}.ts`);
  const handler = module['handler'] as (event: HttpEvent) => Promise<HttpResult>;
  return ({ method, path, route, body, subject, headers = {} }) => handler({
    version: '2.0', routeKey: `${method} ${route}`, rawPath: path, rawQueryString: '', headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }), isBase64Encoded: false,
    requestContext: { http: { method }, requestId: 'r-1', stage: '$default', ...(subject === undefined ? {} : { authorizer: { jwt: { claims: { sub: subject }, scopes: [] } } }) },
  });
};
