import { expect, it } from 'vitest';
import type { Edge } from '../support/edge.js';
import { inside, resourcesOf, samResourcesOf, type Fields } from '../support/targets.js';
import { integrationOf, operationOf, requestTemplate, responseTemplate, row } from './support.js';

const invocation = (name: string): string => `arn:‹partition›:apigateway:‹region›:lambda:path/2015-03-31/functions/‹function ${name}.alias›/invocations`;
const scheme = (edge: Edge, name: string): unknown => inside(edge.definition, 'components', 'securitySchemes', name);

row('1', 'apigw-http-api-lambda, -terraform', '01-http-function', (edge, built) => {
  it('is an HTTP API of explicit routes, and no other', () => {
    expect(Object.keys(edge().definition['paths'] as object)).toEqual(['/hello/{name}']);
    expect(samResourcesOf(built().targets.sam, 'AWS::Serverless::HttpApi')).toHaveLength(1);
    expect(inside(resourcesOf(built().targets.terraform, 'aws_apigatewayv2_api')[0]?.[1], 'protocol_type')).toBe('HTTP');
  });
  it('hands requests to the function in the second format', () =>
    expect(integrationOf(edge(), 'get', '/hello/{name}')).toMatchObject({ type: 'aws_proxy', httpMethod: 'POST', payloadFormatVersion: '2.0', uri: invocation('say-hello') }));
  it('alone may call it', () => expect(edge().permissions).toEqual({ 'say-hello': ['*/GET/hello/*'] }));
  it('shares with the pages and methods that are listed', () => expect(edge().gateway['cors']).toMatchObject({ allow_origins: ['https://shop.example.com'], allow_methods: ['GET'], max_age: 300 }));
});

row('2', 'apigw-cors-nonproxy', '02-cors', (edge) => {
  const headers = ['Access-Control-Allow-Headers', 'Access-Control-Allow-Methods', 'Access-Control-Allow-Origin'];
  it('answers preflights itself, open, with headers that are declared and set', () => {
    const [operation, integration] = [operationOf(edge(), 'options', '/notes'), integrationOf(edge(), 'options', '/notes')];
    expect(operation['security']).toEqual([]);
    expect(integration).toMatchObject({ type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 204}' } });
    expect(Object.keys(inside(operation, 'responses', '204', 'headers') as object)).toEqual(expect.arrayContaining(headers));
    expect(inside(integration, 'responses', 'default', 'responseParameters')).toMatchObject({
      'method.response.header.Access-Control-Allow-Headers': "'authorization,content-type'",
      'method.response.header.Access-Control-Allow-Methods': "'POST,OPTIONS'",
      'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'",
    });
  });
  it('lets the page read the errors of the gateway, too', () => {
    for (const key of ['DEFAULT_4XX', 'DEFAULT_5XX']) {
      expect(inside(edge().definition, 'x-amazon-apigateway-gateway-responses', key, 'responseParameters', 'gatewayresponse.header.Access-Control-Allow-Origin')).toBe("'https://shop.example.com'");
    }
  });
  it('makes the payload of the function by a template', () => {
    expect(integrationOf(edge(), 'post', '/notes')).toMatchObject({ type: 'aws', httpMethod: 'POST', passthroughBehavior: 'never', uri: invocation('add-note') });
    for (const part of ['"route": "/notes"', '"headers": {', "$input.json('$')"]) expect(requestTemplate(integrationOf(edge(), 'post', '/notes'))).toContain(part);
    expect(edge().permissions).toEqual({ 'add-note': ['*/POST/notes'] });
  });
  it('selects answers to errors by the text of the error, each of another status, and lets the page read them', () => {
    const responses = integrationOf(edge(), 'post', '/notes')['responses'] as Record<string, Fields>;
    expect(Object.entries(responses).map(([pattern, { statusCode }]) => [pattern, statusCode])).toEqual([
      ['default', '201'], ['(?s)(?:\\{"fault":\\u0022NoteExists\\u0022,.*)', '409'], ['(?s)(?:\\{"fault":null,.*)', '500'], ['(?s)(?:(?!\\{"fault":|.*Task timed out after .*).+)', '502'], ['(?s)(?:(?!\\{"fault":).*Task timed out after .*)', '504'],
    ]);
    for (const { statusCode, responseParameters } of Object.values(responses)) {
      expect(responseParameters).toMatchObject({ 'method.response.header.Access-Control-Allow-Origin': "'https://shop.example.com'" });
      expect(Object.keys(inside(operationOf(edge(), 'post', '/notes'), 'responses', String(statusCode), 'headers') as object)).toEqual(expect.arrayContaining(['Access-Control-Allow-Origin', 'Content-Type']));
    }
  });
});

row('10', 'apigw-lambda-authorizer', '10-authorizer', (edge) => {
  it('asks an authorizer of one header before the route', () => {
    expect(operationOf(edge(), 'get', '/club')['security']).toEqual([{ member: [] }]);
    expect(scheme(edge(), 'member')).toMatchObject({ type: 'apiKey', name: 'authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'token', authorizerResultTtlInSeconds: 0 } });
    expect(inside(scheme(edge(), 'member'), 'x-amazon-apigateway-authorizer', 'authorizerUri')).toMatch(/functions\/‹function authorizers\/member-authorizer\.(?:arn|alias)›\/invocations$/);
  });
  it('may be called as an authorizer, and the function as that route', () =>
    expect(edge().permissions).toEqual({ 'authorizers/member-authorizer': ['authorizers/*'], 'enter-club': ['*/GET/club'] }));
});

row('11', 'cognito-httpapi', '11-tokens-http', (edge) => {
  it('has tokens checked for issuer, audience and scope', () => {
    expect(inside(scheme(edge(), 'customer'), 'x-amazon-apigateway-authorizer')).toEqual({ type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { issuer: 'https://id.example.com/', audience: ['profiles'] } });
    expect(operationOf(edge(), 'get', '/profile')['security']).toEqual([{ customer: ['profiles/read'] }]);
  });
});

row('11', 'cognito-restapi', '11-user-pool-rest', (edge) => {
  it('has tokens checked by the user pool, for their scope', () => {
    expect(scheme(edge(), 'customer')).toMatchObject({ 'x-amazon-apigateway-authtype': 'cognito_user_pools', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [expect.stringMatching(/^‹input cognitoidp.*arn›$/)] } });
    expect(operationOf(edge(), 'get', '/profile')['security']).toEqual([{ customer: ['profiles/read'] }]);
  });
});

row('12', 'apigw-usage-plans', '12-usage-plans', (edge, built) => {
  it('wants a key on every route', () => {
    expect(scheme(edge(), 'api_key')).toEqual({ type: 'apiKey', name: 'x-api-key', in: 'header' });
    for (const method of ['get', 'post']) expect(operationOf(edge(), method, '/plantest')['security']).toEqual([{ api_key: [] }]);
  });
  it('limits a key in all, by the day, and on one route', () => expect(edge().plans).toEqual({ basic: { rate: 15, burst: 30, quota: 50, per: 'DAY', routes: { '/plantest/POST': [5, 10] } } }));
  it('has a key of the plan', () => expect(edge().keys).toEqual({ basic: 'API_KEY' }));
  it('has the plan wait for the stage', () => {
    expect(inside(samResourcesOf(built().targets.sam, 'AWS::ApiGateway::UsagePlan')[0]?.[1], 'ApiStages', 0)).toMatchObject({ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Api.Stage' } });
    expect(inside(resourcesOf(built().targets.terraform, 'aws_api_gateway_usage_plan')[0]?.[1], 'api_stages', 0, 'stage')).toBe('‹aws_api_gateway_stage.this.stage_name›');
  });
});

row('13', 'apigw-throttle-sam, apigw-method-cache', '13-throttle-and-cache', (edge, built) => {
  it('limits the stage, and one route by less', () => {
    expect(edge().stages['prod']).toMatchObject({ rate: 1000, burst: 2000 });
    expect(edge().limits['POST /']).toEqual({ rate: 25, burst: 50 });
  });
  it('has a cache, in which the answers of one route are kept', () => {
    expect(edge().stages['prod']).toMatchObject({ cache: 0.5 });
    expect(Object.entries(edge().limits).map(([route, limit]) => [route, inside(limit, 'ttl')])).toEqual([['GET /', 10], ['POST /', undefined]]);
  });
  it('keeps no answers of any other route', () => {
    const [, api] = samResourcesOf(built().targets.sam, 'AWS::Serverless::Api')[0] ?? [];
    expect(inside(api, 'MethodSettings', 0)).toMatchObject({ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: false });
    const all = resourcesOf(built().targets.terraform, 'aws_api_gateway_method_settings').find(([name]) => name === 'all')?.[1];
    expect(all).toMatchObject({ method_path: '*/*', settings: [{ caching_enabled: false }] });
  });
});

row('14', 'apigw-canary-deployment-cdk', '14-canary', (edge, built) => {
  it('gives the new version half of the requests first, and takes it back where it fails', () => {
    const alarm = ['GreaterThanThreshold', 60, 1, 'notBreaching'];
    expect(edge().rollouts).toEqual({ 'get-version': { way: ['TimeBasedCanary', 10, 50], alarms: [['Duration', 'p95', 500, ...alarm], ['Errors', 'Sum', 0, ...alarm]] } });
  });
  it('calls the alias that both versions answer to, and may call either', () => {
    expect(integrationOf(edge(), 'get', '/version')['uri']).toBe(invocation('get-version'));
    expect(edge().permissions).toEqual({ 'get-version': ['*/GET/version'] });
    for (const [, permission] of samResourcesOf(built().targets.sam, 'AWS::Lambda::Permission')) expect(permission['FunctionName']).toEqual({ Ref: 'GetVersionFunction.Alias' });
    expect(inside(resourcesOf(built().targets.terraform, 'aws_lambda_permission')[0]?.[1], 'qualifier')).toBe('‹local.aliases[each.value.function].name›');
  });
  it('leaves the version that all know where it is, until CodeDeploy moves the alias', () => {
    expect(inside(samResourcesOf(built().targets.sam, 'AWS::Serverless::Function')[0]?.[1], 'AutoPublishAlias')).toBe('live');
    const gradual = resourcesOf(built().targets.terraform, 'aws_lambda_alias').find(([name]) => name === 'gradual')?.[1];
    expect(inside(gradual, 'lifecycle', 0, 'ignore_changes')).toEqual(['‹function_version›', '‹routing_config›']);
  });
});

row('15', 'apigw-lambda-request-validator, apigw-data-validation-tf', '15-validation', (edge) => {
  it('refuses requests without their parameters or with another body', () => {
    const operation = operationOf(edge(), 'post', '/vehicles');
    expect(operation['x-amazon-apigateway-request-validator']).toBe('all');
    expect(inside(edge().definition, 'x-amazon-apigateway-request-validators', 'all')).toEqual({ validateRequestBody: true, validateRequestParameters: true });
    expect(operation['parameters']).toMatchObject([{ name: 'fleet', in: 'query', required: true }, { name: 'x-operator', in: 'header', required: true }]);
  });
  it('has one model for the declared type and for every other', () => {
    const content = inside(operationOf(edge(), 'post', '/vehicles'), 'requestBody', 'content') as Record<string, unknown>;
    expect(Object.keys(content).sort()).toEqual(['$default', 'application/json']);
    expect(content['$default']).toEqual(content['application/json']);
  });
  it('keeps what the document says of values', () => {
    expect(inside(edge().definition, 'components', 'schemas', 'AddVehicleBody')).toMatchObject({ required: ['make', 'year'], properties: { make: { enum: ['Tram', 'Bus', 'Ferry'] }, year: { minimum: 2010 } } });
  });
});

row('16', 'apigw-rest-api-http-integration, -terraform, apigw-rest-api-mock-integration', '16-proxy-and-mock', (edge) => {
  it('passes requests on to an address that the deployment may name, the document’s unless it does', () =>
    expect(integrationOf(edge(), 'get', '/parts')).toMatchObject({ type: 'http_proxy', httpMethod: 'GET', uri: '‹input legacyurl›/parts' }));
  it('answers from the example', () => {
    const integration = integrationOf(edge(), 'get', '/status');
    expect(integration).toMatchObject({ type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } });
    expect(JSON.parse(responseTemplate(integration, 'default'))).toEqual({ status: 'up' });
  });
});

row('16', 'apigw-vpclink-pvt, apigw-rest-api-http-integration with mappings', '16-private', (edge) => {
  const path = '/shops/{shop}/reservations';
  it('goes by the link whose id the deployment gives, to an address of its own', () =>
    expect(integrationOf(edge(), 'post', path)).toMatchObject({ type: 'http', httpMethod: 'POST', connectionType: 'VPC_LINK', connectionId: '‹input internallinkid›', uri: '‹input stockurl›/places/{part1}/holds' }));
  it('sends a body of its own making, and nothing that the template cannot read', () => {
    const integration = integrationOf(edge(), 'post', path);
    expect(integration['passthroughBehavior']).toBe('never');
    expect(inside(integration, 'requestParameters')).toMatchObject({ 'integration.request.path.part1': 'method.request.path.shop', 'integration.request.querystring.dry': 'method.request.querystring.dry', 'integration.request.header.Content-Type': "'application/json'" });
    expect(String(inside(integration, 'requestTemplates', 'application/json'))).toContain('"quantity": ');
  });
  it('answers what the author made of a success, and errors in the envelope', () => {
    const integration = integrationOf(edge(), 'post', path);
    expect(inside(integration, 'responses', '201', 'responseParameters')).toMatchObject({ 'method.response.header.etag': 'integration.response.header.ETag' });
    expect(responseTemplate(integration, '201')).toContain('"reservation": ');
    expect(responseTemplate(integration, '409')).toContain('"status":409');
    expect(inside(integration, 'responses', 'default', 'statusCode')).toBe('502');
  });
});
