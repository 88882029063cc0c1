import type { Api, SecurityScheme } from '../../../src/ir/index.js';
import { accessOf, usedSchemes, type Access } from './access.js';
import { cloud, type CloudObject, type CloudText, type CloudValue } from './cloud-text.js';
import { httpIntegration, invocationUri } from './integration.js';
import { routesOf } from './routes.js';
import { subtypeRoute } from './service-http.js';
import { guardId, guardsOf, type Guard } from './guards.js';

/**
 * The OpenAPI 3.0 document that an HTTP API is imported from: routes, integrations, authorizers. Bodies and schemas
 * have no effect there, so there are none.
 */
export const httpDefinition = (api: Api): CloudObject => {
  const accesses: Access[] = [];
  const paths: Record<string, Record<string, CloudValue>> = {};
  for (const route of routesOf(api)) {
    const { operation, path, variables } = route;
    const direct = subtypeRoute(api, route);
    const integration = operation.method === 'TRACE' ? undefined : direct && 'integration' in direct ? direct.integration : httpIntegration(api, route);
    if (!integration) continue;
    const access = accessOf(api, operation);
    accesses.push(access);
    (paths[path] ??= {})[operation.method.toLowerCase()] = {
      operationId: operation.id,
      parameters: [...new Set(variables.values())].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      responses: { default: { description: 'As the function answers' } },
      ...securityOf(access),
      'x-amazon-apigateway-integration': integration,
    };
  }
  return {
    openapi: '3.0.1',
    // The importer takes the name of the API from here.
    info: { title: cloud`${api.name}-${{ cloud: 'stage' }}`, version: api.version },
    'x-amazon-apigateway-importexport-version': '1.0',
    paths,
    components: {
      securitySchemes: {
        ...Object.fromEntries(usedSchemes(accesses).map((scheme) => [scheme.id, authorizer(scheme)])),
        ...Object.fromEntries(guardsOf(api).map((each) => [each.id, guardAuthorizer(each)])),
      },
    },
  };
};

const securityOf = ({ authorizer: by }: Access): CloudObject => {
  switch (by.kind) {
    case 'open': return { security: [] };
    case 'iam': return { security: [], 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } };
    case 'scheme': return { security: [{ [by.scheme.id]: by.scheme.check?.kind === 'function' ? [] : [...by.scopes] }] };
    case 'guard': return { security: [{ [guardId(by.anyOf)]: [] }] };
  }
};

const authorizer = (scheme: SecurityScheme): CloudObject => {
  const { check } = scheme;
  if (check?.kind === 'jwt') return jwtAuthorizer({ issuer: check.issuer, audience: [...check.audience] });
  if (check?.kind === 'user-pool') {
    const audience = { cloud: 'parameter', name: `${scheme.name} clients`, what: `Ids of the app clients whose tokens pass as ${scheme.name}`, list: true } as const;
    return jwtAuthorizer({ issuer: poolIssuer(check.pool), audience: cloud`${audience}` });
  }
  if (check?.kind !== 'function') return {};
  return {
    type: 'apiKey', name: 'Authorization', in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      authorizerUri: invocationUri(cloud`${{ cloud: 'authorizer-arn', name: check.function }}`),
      authorizerResultTtlInSeconds: check.identity.length === 0 ? 0 : check.cacheTtlSeconds,
      // The verdict is cached by these; with the route among them it is never reused for another one.
      ...(check.identity.length > 0 ? { identitySource: [...check.identity.map(identity), ...(check.cacheTtlSeconds > 0 ? ['$context.routeKey'] : [])].join(', ') } : {}),
    },
  };
};

const jwtAuthorizer = (jwtConfiguration: CloudObject): CloudObject =>
  ({ type: 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration } });

/** The issuer that a pool's tokens name; its ARN tells it, and for a pool known by a parameter another one does. */
const poolIssuer = (pool: string): CloudText => {
  const [, partition = '', poolRegion = '', id = ''] = /^arn:([\w-]+):cognito-idp:([\w-]+):\d*:userpool\/([\w-]+)$/.exec(pool) ?? [];
  if (id === '') return cloud`${{ cloud: 'parameter', name: `${pool} issuer`, what: `Issuer of the user pool ${pool}: https://cognito-idp.REGION.amazonaws.com/POOL` }}`;
  return cloud`https://cognito-idp.${poolRegion}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${id}`;
};

/** With the route among what the verdict is remembered by, it is never reused for another one. */
const guardAuthorizer = ({ name, ttlSeconds }: Guard): CloudObject => ({
  type: 'apiKey', name: 'Authorization', in: 'header',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerPayloadFormatVersion: '2.0',
    enableSimpleResponses: true,
    authorizerUri: invocationUri(cloud`${{ cloud: 'authorizer-arn', name }}`),
    authorizerResultTtlInSeconds: ttlSeconds,
    ...(ttlSeconds > 0 ? { identitySource: '$request.header.Authorization, $context.routeKey' } : {}),
  },
});

const identity = (source: { readonly in: string; readonly name: string }): string => {
  switch (source.in) {
    case 'header': return `$request.header.${source.name}`;
    case 'query': return `$request.querystring.${source.name}`;
    case 'stage': return `$stageVariables.${source.name}`;
    default: return `$context.${source.name}`;
  }
};
