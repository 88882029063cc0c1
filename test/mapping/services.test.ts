import { describe, expect, it } from 'vitest';
import { directOf } from '../support/services.js';
import { build, type Parts } from './support.js';

const calls: readonly (readonly [name: string, integration: object])[] = [
  ['a queue', { queue: 'inbox' }], ['an ordered queue', { queue: 'ledger', group: '$request.body#/a' }], ['a topic', { topic: 'notices' }], ['a bus', { bus: 'events', source: 's', detailType: 'd' }],
  ['a stream', { stream: 'clicks', partitionKey: '$request.body#/a' }], ['a workflow', { workflow: 'nightly' }], ['a workflow that is waited for', { workflow: 'pricing', mode: 'sync' }],
];
const sent = async (policy: object, more: Partial<Parts> = {}) => directOf((await build({ policy, ...more })).api, 'doIt');

describe.each(calls)('a call of %s', (_, integration) => {
  it('has a role of its own, with one action on one resource, for the gateway alone (P42)', async () => {
    const { resources, integration: given } = await build({ policy: { integration } });
    expect(given['credentials']).toEqual({ 'Fn::GetAtt': 'DoItRole.Arn' });
    const { AssumeRolePolicyDocument: trust, Policies: policies } = resources['DoItRole']?.['Properties'] as unknown as { AssumeRolePolicyDocument: { Statement: object[] }; Policies: { PolicyDocument: { Statement: { Action: string[]; Resource: unknown[] }[] } }[] };
    expect(trust.Statement).toEqual([{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }]);
    const [statement, ...others] = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect([statement?.Action.length, statement?.Resource.length, others.length]).toEqual([1, 1, 0]);
    expect(JSON.stringify(statement)).not.toContain('*');
  });

  it('takes JSON and nothing else, so that no body reaches the service as it came (P62)', async () => {
    const { integration: given } = await build({ policy: { integration } });
    expect(given).toMatchObject({ type: 'aws', httpMethod: 'POST', passthroughBehavior: 'never' });
    expect(Object.keys(given['requestTemplates'] ?? {})).toEqual(['application/json']);
  });

  it('has an answer for whatever the service says, each of another status, with every header declared (P63, P64)', async () => {
    const { integration: given, method } = await build({ policy: { integration } });
    const responses = given['responses'] as unknown as Record<string, { statusCode: string; responseParameters: Record<string, string> }>;
    expect(Object.keys(responses).sort()).toEqual(['4\\d{2}', '5\\d{2}', 'default']);
    expect(new Set(Object.values(responses).map(({ statusCode }) => statusCode)).size).toBe(3);
    for (const { statusCode, responseParameters } of Object.values(responses)) {
      const declared = Object.keys(method['responses']?.[statusCode]?.['headers'] ?? {});
      expect(declared).toEqual(expect.arrayContaining(Object.keys(responseParameters).map((name) => name.replace('method.response.header.', ''))));
    }
  });

  it('names the origin on each answer where CORS allows it (P28)', async () => {
    const { integration: given } = await build({ policy: { integration }, gateway: { cors: { origins: ['https://a.example'] } } });
    for (const response of Object.values(given['responses'] ?? {})) expect(response['responseParameters']).toMatchObject({ 'method.response.header.Access-Control-Allow-Origin': "'https://a.example'" });
  });

  it('is the same call in Terraform', async () => {
    const { files } = await build({ policy: { integration } });
    expect(files.get('infra/calls.tf')).toContain('"do-it-call" = {');
    expect(files.get('infra/openapi.tf')).toContain('aws_iam_role.calls["do-it-call"].arn');
  });
});

describe('what is sent', () => {
  it('is encoded as the value of a form, with nothing before it (P46, P90)', async () => {
    const { request, integration } = await sent({ integration: { queue: 'inbox' } });
    expect(request.split('\n').slice(0, -1).every((line) => /^##|##$/.test(line))).toBe(true);
    expect(request.split('\n').at(-1)).toBe('Action=SendMessage&Version=2012-11-05&MessageBody=$util.urlEncode("$message")');
    expect(integration['requestParameters']).toEqual({ 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" });
  });
  it('has a group and a key in an ordered queue (P47), and no delay (P48)', async () => {
    const { request } = await sent({ integration: { queue: 'ledger', group: '$request.body#/a' } });
    expect(request).toMatch(/&MessageGroupId=\$util\.urlEncode\("\$group"\)&MessageDeduplicationId=\$util\.urlEncode\("\$dedupe"\)$/);
    expect((await build({ policy: { integration: { queue: 'ledger', group: '$request.body#/a', delay: '5s' } } })).codes).toContain('integration/fifo');
  });
  it('is told to the bus with the header that it wants (P50)', async () => {
    const { integration } = await sent({ integration: { bus: 'events', source: 's', detailType: 'd' } });
    expect(integration['requestParameters']).toEqual({ 'integration.request.header.Content-Type': "'application/x-amz-json-1.1'", 'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'" });
  });
  it('has its apostrophes repaired inside of a JSON text (P55)', async () => {
    expect((await sent({ integration: { bus: 'events', source: 's', detailType: 'd' } })).request).toContain('"Detail": "$util.escapeJavaScript("$message").replaceAll("\\\\\'", "\'")"');
  });
  it('is base64 on a stream (P56)', async () => {
    expect((await sent({ integration: { stream: 'clicks', partitionKey: 'k' } })).request).toContain('"PartitionKey": "k", "Data": "$util.base64Encode("$message")"');
  });
  it('bears the idempotency key as the name of a run, in letters that a name may have (P54)', async () => {
    const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 64 } };
    const { request } = await sent({ async: { through: 'nightly', idempotencyKey: '$request.header.Idempotency-Key' } }, { parameters: [key] });
    expect(request).toContain('replaceAll("[^A-Za-z0-9_-]", "-")');
    expect(request).toContain('#if($name != "")"name": "$name", #end');
  });
  it('goes to a workflow by an integration, not by an event of the workflow (P53)', async () => {
    const { resources, integration } = await build({ policy: { integration: { workflow: 'nightly' } } });
    expect(resources['NightlyWorkflow']?.['Properties']).not.toHaveProperty('Events');
    expect(JSON.stringify(integration['uri'])).toContain(':states:action/StartExecution');
  });
  it('goes to the account of a queue that is somebody else’s', async () => {
    const { integration } = await build({ policy: { integration: { queue: 'theirs' } } });
    expect(integration['uri']).toEqual({ 'Fn::Sub': [expect.stringMatching(/:sqs:path\/\$\{\w+Part4\}\/\$\{\w+Part5\}$/), expect.objectContaining({})] });
  });
});

describe('what is answered', () => {
  it('is an error where the bus did not take the event (P49)', async () => {
    expect((await sent({ integration: { bus: 'events', source: 's', detailType: 'd' } })).reply()).toMatch(/^## whether it was done, .*\n#set\(\$outcome = \$input\.path\('\$\.FailedEntryCount'\)\)##\n#if\("\$outcome" == "0"\)/);
  });
  it('is an error where a run failed or was given up (P51)', async () => {
    const reply = (await sent({ integration: { workflow: 'pricing', mode: 'sync' } })).reply();
    expect(reply).toContain(`#if("$outcome" == "SUCCEEDED")`);
    expect(reply).toContain('#elseif("$outcome" == "TIMED_OUT")#set($context.responseOverride.status = 504)');
    expect(reply).toContain('#{else}#set($context.responseOverride.status = 502)');
    expect(reply).not.toContain('cause');
  });
  it('has what the acknowledgement declares, as far as it names the id of the work', async () => {
    expect((await sent({ integration: { queue: 'inbox' } })).reply()).toBe('{\n  "requestId": "#if($context.requestId != "")$util.escapeJavaScript($context.requestId).replaceAll("\\\\\'", "\'")#{end}"\n}');
  });
  it('is what the author mapped, with the author’s headers', async () => {
    const { reply, integration } = await sent({ integration: { queue: 'inbox' }, responses: { 202: { body: { taken: true, by: '$response.body#/SendMessageResponse/ResponseMetadata/RequestId' }, headers: { 'x-a': 'b', 'x-id': '$context.requestId' } } } });
    expect(reply()).toContain('"taken": true');
    expect(reply()).toContain('$context.responseOverride.header.x-id');
    expect(integration['responses']?.['default']?.['responseParameters']).toMatchObject({ 'method.response.header.x-a': "'b'" });
  });
  it('says where the state of the work is, and when to ask', async () => {
    const { reply, integration } = await sent({ async: { through: 'inbox', status: 'getIt' } }, { paths: { '/work/{id}': { get: { operationId: 'getIt', parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } }], responses: { 200: { description: 'ok' } } } } } });
    expect(reply()).toContain('#set($place = $place.replaceAll("(/[^/]+){1}/?\\z", ""))');
    expect(reply()).toContain('responseOverride.header.Location = "$place/work/$part3"');
    expect(integration['responses']?.['default']?.['responseParameters']).toMatchObject({ 'method.response.header.Retry-After': "'1'" });
  });
});

describe('a worker', () => {
  it.each([
    ['inbox', '&MessageAttribute.${number}.Name=tracking'],
    ['notices', '&MessageAttributes.entry.${number}.Name=tracking'],
    ['events', '"Resources": ["'],
  ])('is told by %s what the caller follows the work by', async (through, text) => {
    expect((await sent({ async: { through } })).request).toContain(text);
  });
  it('is given as many attempts as `retry` says, where a queue counts them', async () => {
    const retry = { attempts: 7, backoff: '240s' };
    const { resources, messages } = await build({ policy: { async: { through: 'inbox', retry } } });
    expect(resources['InboxQueue']?.['Properties']).toMatchObject({ VisibilityTimeout: 240, RedrivePolicy: { maxReceiveCount: 7 } });
    expect(messages.join('\n')).not.toContain('(async)');
    expect((await build({ policy: { async: { through: 'notices', retry } } })).messages.join('\n')).toContain('(async)');
  });
  it.each<[string, number, number]>([['notices', 1, 0], ['notices', 3, 2], ['events', 2, 1]])('is given by %s as many attempts as `retry` says, up to three', async (through, attempts, retries) => {
    const { resources, files, messages } = await build({ policy: { async: { through, retry: { attempts } } } });
    expect(Object.entries(resources).find(([id]) => id.endsWith('Worker'))?.[1]['Properties']?.['EventInvokeConfig']).toMatchObject({ MaximumRetryAttempts: retries });
    expect(files.get('infra/workers.tf')).toMatch(new RegExp(`maximum_retry_attempts\\s*= ${retries}\\n`));
    expect(messages.join('\n')).toContain('tried again a minute later, and two minutes after that');
  });
  it('does what the gateway accepted, and what fails for good is kept (P66)', async () => {
    const { resources, codes } = await build({ policy: { async: { through: 'inbox' } }, gateway: { resources: { inbox: { kind: 'queue', visibility: '180s', deadLetter: { after: 5 } } } } });
    expect(codes).toEqual([]);
    expect(resources['InboxWorker']?.['Properties']?.['Events']?.['Work']).toMatchObject({ Type: 'SQS' });
    expect(resources['InboxQueue']?.['Properties']?.['RedrivePolicy']).toMatchObject({ maxReceiveCount: 5 });
    expect(Object.keys(resources).some((id) => id === 'DoItFunction')).toBe(false);
  });
});

describe('an expression that no template reaches is refused', () => {
  it.each([
    ['the URL', { integration: { queue: 'inbox' }, request: { at: '$url' } }, '`$url`'],
    ['the body, in an answer', { integration: { queue: 'inbox' }, responses: { 202: { body: { a: '$request.body#/a' } } } }, '`$request.body#/a`'],
    ['a part of a workflow’s output', { integration: { workflow: 'pricing', mode: 'sync' }, responses: { 200: { body: { a: '$response.body#/a' } } } }, '`$response.body#/a`'],
  ])('%s', async (_, policy, text) => {
    const { codes, messages } = await build({ policy });
    expect([...new Set(codes)]).toEqual(['mapping/unreachable']);
    expect(messages.join('\n')).toContain(text);
  });
});

describe('an HTTP API', () => {
  const plain = { protocol: 'http', body: null, responses: { 202: { description: 'ok' } } } as const;
  it.each([
    ['a queue', { queue: 'inbox' }, { integrationSubtype: 'SQS-SendMessage', requestParameters: { QueueUrl: { Ref: 'InboxQueue' }, MessageBody: '$request.body' } }],
    ['an ordered queue', { queue: 'ledger', group: '$context.sourceIp' }, { requestParameters: { MessageGroupId: '$context.identity.sourceIp', MessageDeduplicationId: '$context.requestId' } }],
    ['a stream', { stream: 'clicks', partitionKey: 'from-{$context.sourceIp}' }, { integrationSubtype: 'Kinesis-PutRecord', requestParameters: { PartitionKey: 'from-${context.identity.sourceIp}', Data: '$request.body' } }],
    ['a workflow', { workflow: 'nightly', name: '$context.requestId' }, { integrationSubtype: 'StepFunctions-StartExecution', requestParameters: { Input: '$request.body', Name: '$context.requestId' } }],
  ])('calls %s by its subtype', async (_, integration, want) => {
    const { integration: given, codes } = await build({ ...plain, policy: { integration } });
    expect(codes).toEqual([]);
    expect(given).toMatchObject({ type: 'aws_proxy', payloadFormatVersion: '1.0', credentials: { 'Fn::GetAtt': 'DoItRole.Arn' }, responseParameters: { 200: { 'overwrite:statuscode': '202' } }, ...want });
    expect(given).not.toHaveProperty('uri');
  });
  it.each([
    ['a topic (P61)', { integration: { topic: 'notices' } }, {}],
    ['a bus, which may take nothing and say 200 (P49)', { integration: { bus: 'events', source: 's', detailType: 'd' } }, {}],
    ['a run that is waited for (P51)', { integration: { workflow: 'pricing', mode: 'sync' } }, { responses: { 200: { description: 'ok' } } }],
    ['a message of parts', { integration: { queue: 'inbox' }, request: { a: '$context.requestId' } }, {}],
    ['a body that must be checked (P86)', { integration: { queue: 'inbox' } }, { body: { type: 'object' } }],
    ['an acknowledgement with a body', { integration: { queue: 'inbox' } }, { responses: { 202: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } } }],
  ])('does not call %s', async (_, policy, more) => {
    expect([...new Set((await build({ ...plain, policy, ...more })).codes)]).toEqual(['target/unsupported']);
  });
});

describe('a mapping where no service is called', () => {
  it('is told to be no part of what is generated', async () => {
    const { messages } = await build({ policy: { integration: { function: { payload: 'raw' } }, request: { a: '$request.body#/a' } } });
    expect(messages.join('\n')).toContain('(mapping.request)');
  });
});

describe('a backend over HTTP', () => {
  const path = '/work/{id}';
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 9 } }];
  it('is asked at the path that the document maps, whose values stay encoded', async () => {
    const { integration, codes } = await build({ path, parameters, gateway: { resources: { old: { kind: 'http', url: 'https://a.example/v1/' } } }, policy: { integration: { http: 'old', path: '/items {x}/{$request.path.id}/{$context.requestId}' } } });
    expect(codes).toEqual([]);
    expect(integration).toMatchObject({ type: 'http_proxy', uri: { 'Fn::Sub': '${OldUrl}/items%20%7Bx%7D/{part1}/{part3}' }, requestParameters: { 'integration.request.path.part1': 'method.request.path.id', 'integration.request.path.part3': 'context.requestId' } });
  });
  it('may be another one in each deployment', async () => {
    const { files } = await build({ gateway: { resources: { old: { kind: 'http', url: 'https://a.example/v1/' } } }, policy: { integration: { http: 'old' } } });
    expect(files.get('infra/template.yaml')).toMatch(/OldUrl:\n {4}Type: String\n {4}Description: [^\n]+\n {4}Default: https:\/\/a\.example\/v1\n/);
    expect(files.get('infra/variables.tf')).toMatch(/variable "old_url" \{[^}]*default += "https:\/\/a\.example\/v1"/);
  });
  it('has no path of what a caller could change it with', async () => {
    const query = [...parameters, { name: 'q', in: 'query', schema: { type: 'string', maxLength: 9 } }];
    expect((await build({ path, parameters: query, policy: { integration: { http: 'https://a.example', path: '/items/{$request.query.q}' } } })).codes).toContain('mapping/unreachable');
  });
});

describe('a table', () => {
  const resources = { notes: { kind: 'table', key: { partition: 'id' } } };
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  const id = { id: '$context.requestId' };
  it.each<[string, object, object | undefined, object]>([
    ['what is stored', { action: 'put', key: id }, { type: 'object', properties: { a: {} } }, { 204: { description: 'ok' } }],
    ['an item without properties', { action: 'put', key: id }, { type: 'object' }, { 204: { description: 'ok' } }],
    ['what is answered', { action: 'get', key: id }, undefined, { 200: { description: 'ok', ...json({ type: 'object', properties: { a: {} } }) } }],
    ['an answer without properties', { action: 'get', key: id }, undefined, { 200: { description: 'ok', ...json({ type: 'object' }) } }],
    ['what a put answers of the body', { action: 'put', key: id, item: { a: '$request.body#/a' } }, { type: 'object', properties: { a: { type: 'string', maxLength: 9 } } }, { 200: { description: 'ok', ...json({ type: 'object', properties: { a: { type: 'string' } } }) } }],
  ])('must be told of %s', async (_, integration, body, responses) => {
    expect((await build({ gateway: { resources }, body: body ?? null, responses, policy: { integration: { table: 'notes', ...integration } } })).codes).toContain('mapping/unreachable');
  });
  it('is scanned for a reason, and by key not at all', async () => {
    const scan = async (more: object) => (await build({ gateway: { resources }, body: null, responses: { 204: { description: 'ok' } }, policy: { integration: { table: 'notes', action: 'scan', ...more } } })).codes;
    expect(await scan({})).toEqual(['integration/missing-argument']);
    expect(await scan({ reason: 'There are three.', key: id })).toContain('integration/needless-key');
    expect(await scan({ reason: 'There are three.' })).toEqual([]);
  });
});
