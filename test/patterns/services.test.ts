import { expect, it } from 'vitest';
import { inside, resourcesOf, samResourcesOf } from '../support/targets.js';
import { integrationOf, operationOf, requestTemplate, responseTemplate, row } from './support.js';

/** Every backend error is one for the caller: by the status of the service, and never by its text alone. */
const refusesFaults = (integration: Record<string, unknown>): void => {
  expect(Object.keys(integration['responses'] as object).sort()).toEqual(['4\\d{2}', '5\\d{2}', 'default']);
  expect(inside(integration, 'responses', '4\\d{2}', 'statusCode')).toBe('502');
  expect(inside(integration, 'responses', '5\\d{2}', 'statusCode')).toMatch(/^5/);
};

row('3', 'apigw-sqs-rest, apigw-sqs-terraform', '03-queue', (edge, built) => {
  it('sends the body as one value of a form, to the queue of the account, and nothing that came in another type', () => {
    const integration = integrationOf(edge(), 'post', '/messages');
    expect(integration).toMatchObject({
      type: 'aws', httpMethod: 'POST', passthroughBehavior: 'never',
      uri: 'arn:‹partition›:apigateway:‹region›:sqs:path/‹account›/‹queue inbox.name›',
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    });
    expect(requestTemplate(integration)).toMatch(/Action=SendMessage&.*MessageBody=\$util\.urlEncode\(/);
    expect(inside(integration, 'responses', 'default', 'statusCode')).toBe('202');
    refusesFaults(integration);
  });
  it('may send to that queue, and do nothing else', () => {
    expect(edge().calls).toEqual({ 'send message': [{ actions: ['sqs:SendMessage'], resources: ['‹queue inbox.arn›'] }] });
    expect(integrationOf(edge(), 'post', '/messages')['credentials']).toBe('‹role send message.arn›');
  });
  it('has an access log, and a queue for what could not be read', () => {
    expect(edge().gateway['accessLog']).toMatchObject({ requestId: '$context.requestId', integrationStatus: '$context.integration.status', integrationError: '$context.integration.error' });
    expect(edge().queues['inbox']).toMatchObject({ redrive: { maxReceiveCount: 5 } });
  });
  it('is deployed anew when its definition changes', () => {
    const [[, deployment] = []] = resourcesOf(built().targets.terraform, 'aws_api_gateway_deployment');
    expect(inside(deployment, 'triggers', 'redeployment')).toBe('‹sha1(local.openapi)›');
    expect(samResourcesOf(built().targets.sam, 'AWS::ApiGateway::Deployment'), 'the transform makes one for each definition').toEqual([]);
  });
});

row('4', 'apigw-sns-sqs-lambda-cdk', '04-topic', (edge) => {
  it('publishes the body as one value of a form', () => {
    const integration = integrationOf(edge(), 'post', '/announcements');
    expect(integration['uri']).toBe('arn:‹partition›:apigateway:‹region›:sns:path//');
    expect(inside(integration, 'requestParameters', 'integration.request.header.Content-Type')).toBe("'application/x-www-form-urlencoded'");
    expect(requestTemplate(integration)).toMatch(/Action=Publish&.*TopicArn=.*‹topic announcements\.arn›.*&Message=\$util\.urlEncode\(/);
    refusesFaults(integration);
  });
  it('may publish to that topic', () => expect(edge().calls).toEqual({ announce: [{ actions: ['sns:Publish'], resources: ['‹topic announcements.arn›'] }] }));
});

row('5', 'apigw-rest-api-eventbridge-sam, -terraform', '05-bus', (edge) => {
  it('puts one entry, whose detail is a string of JSON', () => {
    const integration = integrationOf(edge(), 'post', '/happenings');
    expect(integration['uri']).toBe('arn:‹partition›:apigateway:‹region›:events:action/PutEvents');
    expect(integration['requestParameters']).toEqual({ 'integration.request.header.Content-Type': "'application/x-amz-json-1.1'", 'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'" });
    expect(requestTemplate(integration)).toMatch(/\{"Entries": \[\{"EventBusName": "‹bus happenings\.\w+›", "Source": "site\.pages", "DetailType": "Happened", "Detail": "\$util\.escapeJavaScript\(/);
    refusesFaults(integration);
  });
  it('is no success when the bus took none of it', () => {
    const answer = responseTemplate(integrationOf(edge(), 'post', '/happenings'), 'default');
    expect(answer).toContain("$input.path('$.FailedEntryCount')");
    expect(answer).toContain('$context.responseOverride.status = 502');
  });
  it('may put events on that bus', () => expect(edge().calls).toEqual({ report: [{ actions: ['events:PutEvents'], resources: ['‹bus happenings.arn›'] }] }));
});

row('6', 'step-function-sync-rest-api', '06-workflow-sync', (edge) => {
  it('runs the workflow with an input in which apostrophes are whole', () => {
    const integration = integrationOf(edge(), 'post', '/estimates');
    expect(integration['uri']).toBe('arn:‹partition›:apigateway:‹region›:states:action/StartSyncExecution');
    expect(requestTemplate(integration)).toMatch(/"stateMachineArn": "‹workflow estimate\.arn›", "input": "\$util\.escapeJavaScript\("\$message"\)\.replaceAll\("\\\\'", "'"\)"/);
    refusesFaults(integration);
  });
  it('answers with the output, and a failed run is a failure', () => {
    const answer = responseTemplate(integrationOf(edge(), 'post', '/estimates'), 'default');
    expect(answer).toMatch(/#if\("\$outcome" == "SUCCEEDED"\)[^]*\$input\.path\('\$\.output'\)[^]*#elseif\("\$outcome" == "TIMED_OUT"\)[^]*status = 504[^]*#\{else\}[^]*status = 502/);
    expect(answer).not.toContain('$.cause');
  });
  it('may run that workflow', () => expect(edge().calls).toEqual({ estimate: [{ actions: ['states:StartSyncExecution'], resources: ['‹workflow estimate.arn›'] }] }));
});

row('7', 'apigw-ddb-openapi-crud', '07-table', (edge) => {
  const calls: readonly (readonly [method: string, path: string, action: string, operation: string])[] = [
    ['get', '/', 'Scan', 'list regions'], ['post', '/', 'UpdateItem', 'add region'], ['get', '/{id}', 'GetItem', 'get region'], ['put', '/{id}', 'UpdateItem', 'change region'], ['delete', '/{id}', 'DeleteItem', 'delete region'],
  ];
  it.each(calls)('%s %s is %s, which is all that its role may do', (method, path, action, operation) => {
    const integration = integrationOf(edge(), method, path);
    expect(integration).toMatchObject({ type: 'aws', httpMethod: 'POST', passthroughBehavior: 'never', uri: `arn:‹partition›:apigateway:‹region›:dynamodb:action/${action}` });
    expect((edge().calls as Record<string, unknown>)[operation]).toEqual([{ actions: [`dynamodb:${action}`], resources: ['‹table regions.arn›'] }]);
    refusesFaults(integration);
    expect(inside(integration, 'responses', 'default', 'responseParameters', 'method.response.header.cache-control')).toBe("'no-store'");
  });
  it('makes the id itself, and answers what it wrote', () => {
    const template = requestTemplate(integrationOf(edge(), 'post', '/'));
    expect(template).toMatch(/"id": \{"S": "[^\n]*\$context\.requestId/);
    for (const [method, path] of [['post', '/'], ['put', '/{id}']] as const) expect(requestTemplate(integrationOf(edge(), method, path))).toContain('"ReturnValues": "ALL_NEW"');
  });
  it('names attributes by aliases, since `status` is a reserved word', () => {
    expect(requestTemplate(integrationOf(edge(), 'put', '/{id}'))).toMatch(/"ExpressionAttributeNames": \{[^}]*"\\u0023n\d": "status"/);
  });
  it('answers 404 to what is not there', () => {
    expect(responseTemplate(integrationOf(edge(), 'get', '/{id}'), 'default')).toMatch(/#if\("\$outcome" != ""\)[^]*#\{else\}#set\(\$context\.responseOverride\.status = 404\)/);
    expect(responseTemplate(integrationOf(edge(), 'put', '/{id}'), '4\\d{2}')).toMatch(/ConditionalCheckFailed[^\n]*status = 404/);
    expect(responseTemplate(integrationOf(edge(), 'post', '/'), '4\\d{2}')).toMatch(/ConditionalCheckFailed[^\n]*status = 409/);
  });
});

row('8', 'apigw-s3-proxy', '08-bucket', (edge) => {
  it('takes signed requests only', () => {
    for (const path of ['/files', '/folders/{folder}', '/files/{key+}']) expect(operationOf(edge(), 'get', path)['security']).toEqual([{ sigv4: [] }]);
  });
  it('reads the object whose key is the rest of the path', () => {
    const integration = integrationOf(edge(), 'get', '/files/{key+}');
    expect(integration).toMatchObject({
      type: 'aws', httpMethod: 'GET', uri: 'arn:‹partition›:apigateway:‹region›:s3:path/‹bucket files.name›/{key0}',
      requestParameters: { 'integration.request.path.key0': 'method.request.path.key' },
    });
    expect(inside(integration, 'responses', 'default', 'responseParameters')).toMatchObject({
      'method.response.header.Content-Type': 'integration.response.header.Content-Type', 'method.response.header.Content-Length': 'integration.response.header.Content-Length', 'method.response.header.ETag': 'integration.response.header.ETag',
    });
  });
  it('lists the bucket, or what begins with a name', () => {
    expect(integrationOf(edge(), 'get', '/files')).toMatchObject({ httpMethod: 'GET', uri: 'arn:‹partition›:apigateway:‹region›:s3:path/‹bucket files.name›', requestParameters: { 'integration.request.querystring.list-type': "'2'" } });
    expect(integrationOf(edge(), 'get', '/folders/{folder}')).toMatchObject({ requestParameters: { 'integration.request.querystring.prefix': 'method.request.path.folder' } });
  });
  it('has an answer for each fault, on all three', () => {
    for (const path of ['/files', '/folders/{folder}', '/files/{key+}']) refusesFaults(integrationOf(edge(), 'get', path));
    expect(responseTemplate(integrationOf(edge(), 'get', '/files/{key+}'), '4\\d{2}')).toMatch(/NoSuchKey[^\n]*AccessDenied[^\n]*status = 404/);
  });
  it('may read the objects, or list the bucket, and no more', () => expect(edge().calls).toEqual({
    'get file': [{ actions: ['s3:GetObject'], resources: ['‹bucket files.arn›/*'] }],
    'list files': [{ actions: ['s3:ListBucket'], resources: ['‹bucket files.arn›'] }],
    'list folder': [{ actions: ['s3:ListBucket'], resources: ['‹bucket files.arn›'] }],
  }));
});

row('9', 'lambda-durable-order-processing-sam', '09-async', (edge) => {
  it('accepts at once, with an id and where to ask for it', () => {
    const integration = integrationOf(edge(), 'post', '/jobs');
    expect(integration['type']).toBe('aws');
    expect(inside(integration, 'responses', 'default', 'statusCode')).toBe('202');
    const answer = responseTemplate(integration, 'default');
    expect(answer).toMatch(/"jobId": ".*\$context\.requestId/);
    expect(answer).toContain('$context.responseOverride.header.Location = "$place/jobs/$part');
  });
  it('has the work done by a function that the queue calls, a failed message at a time', () => {
    expect(edge().sources).toEqual({ 'workers/work': { from: '‹queue work.arn›', batch: 10, reports: ['ReportBatchItemFailures'] } });
    expect(edge().queues['work']).toMatchObject({ visibility: 180, redrive: { maxReceiveCount: 5 } });
  });
  it('tells how the work goes, by the alias of a function that only that route may call', () => {
    expect(integrationOf(edge(), 'get', '/jobs/{jobId}')).toMatchObject({ type: 'aws_proxy', uri: 'arn:‹partition›:apigateway:‹region›:lambda:path/2015-03-31/functions/‹function get-job.alias›/invocations' });
    expect(edge().permissions['get-job']).toEqual(['*/GET/jobs/*']);
    expect(operationOf(edge(), 'get', '/jobs/{jobId}')['security']).toEqual([{ sigv4: [] }]);
  });
});
