import type { Api, Method, Operation, Parameter, Schema, SecurityScheme, StaticBackend } from '../../../src/ir/index.js';
import { datedRoute } from '../../../src/ir/versions.js';
import { cacheKeyOf, caches, type KeyName } from './cache.js';
import { accessOf, usedSchemes, type Access } from './access.js';
import { cloud, type CloudObject, type CloudValue } from './cloud-text.js';
import { preflight, staticCorsHeaders } from './cors.js';
import { gatewayResponses } from './envelope.js';
import { invocationUri, mockHeaders, restIntegration } from './integration.js';
import { createModels } from './models.js';
import { routesOf, type Route } from './routes.js';
import { serviceRoute } from './service-rest.js';
import { guardId, guardsOf, type Guard } from './guards.js';

/** A definition for the importer of REST APIs, with what of the document it could not hold. */
export interface Definition { readonly body: CloudObject; readonly lost: ReadonlySet<string> }

/**
 * The OpenAPI 3.0 document that a REST API is imported from. It says only what the gateway acts on: no prose of the
 * author's, and of schemas what its validator applies (developer guide, "x-amazon-apigateway" extensions).
 */
export const restDefinition = (api: Api): Definition => {
  const routes = routesOf(api);
  const models = createModels(api);
  const accesses = new Map(routes.map(({ operation }) => [operation.id, accessOf(api, operation)]));
  const binary = binaryTypes(api);
  const paths: Record<string, Record<string, CloudValue>> = {};
  for (const route of routes) {
    const { operation } = route;
    if (operation.method === 'TRACE') continue;
    (paths[route.path] ??= {})[operation.method.toLowerCase()] = method(api, route, accesses.get(operation.id) as Access, models.bodyModel, binary.length > 0);
  }
  if (api.cors) addPreflights(api, routes, paths, binary.length > 0);
  const schemes = usedSchemes(accesses.values());
  const keyed = [...accesses.values()].some(({ apiKey }) => apiKey);
  const signed = [...accesses.values()].some(({ authorizer }) => authorizer.kind === 'iam');
  return {
    lost: models.lost,
    body: {
      openapi: '3.0.1',
      info: { title: api.name, version: api.version },
      'x-amazon-apigateway-importexport-version': '1.0',
      'x-amazon-apigateway-request-validators': {
        all: { validateRequestBody: true, validateRequestParameters: true },
        parameters: { validateRequestBody: false, validateRequestParameters: true },
      },
      'x-amazon-apigateway-gateway-responses': gatewayResponses(api, staticCorsHeaders(api)),
      ...(binary.length > 0 ? { 'x-amazon-apigateway-binary-media-types': binary } : {}),
      ...(keyed ? { 'x-amazon-apigateway-api-key-source': 'HEADER' } : {}),
      paths,
      components: {
        ...(models.schemas.size > 0 ? { schemas: Object.fromEntries([...models.schemas].sort(([a], [b]) => (a < b ? -1 : 1))) } : {}),
        securitySchemes: {
          ...Object.fromEntries(schemes.map((scheme) => [scheme.id, authorizer(scheme)])),
          ...Object.fromEntries(guardsOf(api).map((each) => [each.id, guardAuthorizer(each)])),
          ...(keyed ? { api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } : {}),
          ...(signed ? { sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' } } : {}),
        },
      },
    },
  };
};

type BodyModel = (operationId: string, schema: Schema) => string;

const method = (api: Api, route: Route, access: Access, bodyModel: BodyModel, binary: boolean): CloudObject => {
  const { operation } = route;
  // What an older version takes, no model of the newest does.
  const content = datedRoute(api.operations, operation) ? undefined : modelled(operation, bodyModel);
  const key = caches(api) ? cacheKeyOf(api, route) : undefined;
  const names = key && 'names' in key ? key.names : [];
  const direct = serviceRoute(api, route);
  const integration: CloudObject = { ...(direct?.integration ?? restIntegration(api, route, binary)), ...(names.length > 0 ? { cacheKeyParameters: names.map((name) => `method.request.${name}`) } : {}) };
  return {
    operationId: operation.id,
    parameters: withKey(parameters(api, route), [...names, ...mentioned(integration)]),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: direct ? direct.responses : integration['type'] === 'mock' ? mockResponses(api, operation) : { 200: { description: 'As the function answers, with whatever status' } },
    security: securityOf(access),
    'x-amazon-apigateway-request-validator': content ? 'all' : 'parameters',
    'x-amazon-apigateway-integration': integration,
  };
};

/** Headers and queries that an integration takes from a request must be declared as well. */
const mentioned = ({ requestParameters }: CloudObject): KeyName[] =>
  Object.values((requestParameters ?? {}) as CloudObject).flatMap((value) => (typeof value === 'string' && /^method\.request\.(header|querystring)\./.test(value) ? [value.slice('method.request.'.length) as KeyName] : []));

const mockResponses = (api: Api, operation: Operation): CloudObject => {
  const { backend } = operation.integration;
  const answer: Pick<StaticBackend, 'status' | 'mediaType'> = backend.kind === 'static' ? backend : { status: 501 };
  const headers = [...new Set([...Object.keys(mockHeaders(api, answer)), 'Content-Type'])].sort();
  return { [String(answer.status)]: { description: 'An example', headers: Object.fromEntries(headers.map((name): [string, CloudValue] => [name, { schema: { type: 'string' } }])) } };
};

/**
 * A body's models: under each of its media types, and under `$default`, or another media type would get past them.
 * Only bodies that must be there and are JSON throughout: the validator takes an empty body for `{}`, and
 * everything for JSON. The function checks the others.
 */
const modelled = (operation: Operation, bodyModel: BodyModel): CloudObject | undefined => {
  const contents = operation.body?.contents ?? [];
  if (operation.body?.required !== true || contents.length === 0 || contents.some(({ kind, mediaType, schema }) => kind !== 'json' || !schema || mediaType.includes('*'))) return undefined;
  const names = contents.map(({ schema }, index) => bodyModel(index === 0 ? operation.id : `${operation.id}${index + 1}`, schema as Schema));
  const [first = 'Empty'] = names;
  const same = names.every((name) => name === first);
  const models = contents.map(({ mediaType }, index): [string, CloudValue] => [mediaType, model(names[index] ?? first)]);
  return Object.fromEntries([...models, ...(same ? [['$default', model(first)] as [string, CloudValue]] : [])]);
};
const model = (name: string): CloudObject => ({ schema: { $ref: `#/components/schemas/${name}` } });

type MethodParameter = { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: CloudObject };

/** The gateway checks that required ones are there; their values are the function's to check. */
const parameters = (api: Api, route: Route): MethodParameter[] => {
  const variables = [...new Set(route.variables.values())].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const taken = new Set(variables.map(({ name }) => name));
  const several = datedRoute(api.operations, route.operation) !== undefined;
  const others = route.operation.parameters.filter(({ in: place, name }) => (place === 'query' || place === 'header') && plainName.test(name) && !taken.has(name));
  return [...variables, ...others.filter(unique).map((parameter) => ({ name: parameter.name, in: parameter.in, required: !several && presenceIsSure(api, parameter), schema: { type: 'string' } }))];
};

/** Every part of a cache key must be declared, or the importer refuses it. */
const withKey = (declared: readonly MethodParameter[], names: readonly KeyName[]): CloudValue[] => [
  ...declared,
  ...names.flatMap((key): MethodParameter[] => {
    const [place, name] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)];
    const at = place === 'querystring' ? 'query' : place;
    return declared.some((parameter) => parameter.in === at && parameter.name === name) ? [] : [{ name, in: at, required: false, schema: { type: 'string' } }];
  }),
];
const plainName = /^[A-Za-z0-9._$-]+$/;
/** One name may stand in one place only: "Parameter names must be unique across querystring, header and path". */
const unique = (parameter: Parameter, index: number, all: readonly Parameter[]): boolean => all.findIndex(({ name }) => name === parameter.name) === index;
/** An exploded object is not sent under its own name, and an empty value counts as missing. */
const presenceIsSure = (api: Api, { required, encoding, schema }: Parameter): boolean =>
  required && (encoding.kind === 'content' || (!encoding.allowEmptyValue && encoding.style !== 'deepObject' && !(encoding.style === 'form' && encoding.explode && mayBeObject(api, schema))));

const mayBeObject = (api: Api, schema: Schema, depth = 0): boolean => {
  const target = schema.ref === undefined ? undefined : api.schemas.get(schema.ref)?.schema;
  if (target) return depth > 20 || mayBeObject(api, target, depth + 1);
  return schema.types ? schema.types.includes('object') : schema.enum === undefined && schema.const === undefined;
};

const securityOf = ({ authorizer: by, apiKey }: Access): CloudValue => {
  const key: CloudObject = apiKey ? { api_key: [] } : {};
  switch (by.kind) {
    case 'open': return apiKey ? [key] : [];
    case 'iam': return [{ sigv4: [], ...key }];
    case 'scheme': return [{ [by.scheme.id]: by.scheme.check?.kind === 'user-pool' ? [...by.scopes] : [], ...key }];
    case 'guard': return [{ [guardId(by.anyOf)]: [], ...key }];
  }
};

const authorizer = (scheme: SecurityScheme): CloudObject => {
  const { check } = scheme;
  if (check?.kind === 'user-pool') {
    return {
      type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [cloud`${{ cloud: 'parameter', name: check.pool }}`] },
    };
  }
  if (check?.kind !== 'function') return {};
  const [first] = check.identity;
  const token = check.identity.length === 1 && first?.in === 'header' ? first.name : undefined;
  const uri = invocationUri(cloud`${{ cloud: 'authorizer-arn', name: check.function }}`);
  return {
    type: 'apiKey', name: token ?? 'Unused', in: 'header', 'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: token === undefined ? 'request' : 'token',
      authorizerUri: uri,
      authorizerResultTtlInSeconds: check.identity.length === 0 ? 0 : check.cacheTtlSeconds,
      ...(token === undefined && check.identity.length > 0 ? { identitySource: check.identity.map(identity).join(', ') } : {}),
    },
  };
};

/** The verdict depends on the credential and on the route, and is remembered by exactly these, or not at all. */
const guardAuthorizer = ({ name, ttlSeconds }: Guard): CloudObject => ({
  type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': {
    type: 'request',
    authorizerUri: invocationUri(cloud`${{ cloud: 'authorizer-arn', name }}`),
    authorizerResultTtlInSeconds: ttlSeconds,
    ...(ttlSeconds > 0 ? { identitySource: 'method.request.header.Authorization, context.httpMethod, context.resourcePath' } : {}),
  },
});

const identity = (source: { readonly in: string; readonly name: string }): string => {
  switch (source.in) {
    case 'header': return `method.request.header.${source.name}`;
    case 'query': return `method.request.querystring.${source.name}`;
    case 'stage': return `stageVariables.${source.name}`;
    default: return `context.${source.name}`;
  }
};

/** Media types whose bodies are bytes. Never a wildcard for all: JSON would reach functions as base64. */
export const binaryTypes = (api: Api): string[] => {
  const types = new Set<string>();
  for (const { body, responses } of api.operations.values()) {
    for (const { kind, mediaType } of [...(body?.contents ?? []), ...responses.flatMap(({ contents }) => contents)]) {
      if ((kind === 'binary' || kind === 'multipart') && mediaType !== '*/*') types.add(mediaType);
    }
  }
  return [...types].sort();
};

const addPreflights = (api: Api, routes: readonly Route[], paths: Record<string, Record<string, CloudValue>>, binary: boolean): void => {
  const { cors } = api;
  if (!cors) return;
  const byPath = new Map<string, Route[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  for (const [path, here] of byPath) {
    const item = paths[path];
    if (!item || 'options' in item) continue;
    const methods = here.map(({ operation }) => operation.method).filter((name): name is Exclude<Method, 'TRACE'> => name !== 'TRACE');
    item['options'] = preflight(cors, methods, cors.headers, binary);
  }
};
