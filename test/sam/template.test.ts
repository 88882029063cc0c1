import { describe, expect, it } from 'vitest';
import { resourceCount } from '../../generators/sam/resource-count.js';
import type { YamlValue } from '../../generators/kit/yaml.js';
import { built, fine, variable, type Fields } from './support.js';

const get = (...names: string[]): Fields => ({ get: { ...fine, parameters: names.map(variable) } });
const rest = { protocol: 'rest' };

describe('routes', () => {
  it.each<[string, Fields, string[]]>([
    ['siblings share the name of the first', { '/a/{id}': get('id'), '/a/{key}/b': get('key') }, ['/a/{id}', '/a/{id}/b']],
    ['a mixed segment is one variable', { '/a/{name}.{format}': get('name', 'format') }, ['/a/{name_format}']],
    ['names that the gateway does not take', { '/a/{order-id}': get('order-id') }, ['/a/{order_id}']],
    ['one name twice in a path is told apart', { '/a/{id}': get('id'), '/a/{x}/b/{id}': get('x', 'id') }, ['/a/{id}', '/a/{id}/b/{id_2}']],
    ['the root', { '/': get() }, ['/']],
  ])('%s', async (_, paths, want) => {
    // On a REST API siblings that differ are refused before they come here.
    const { body } = await built({ 'x-gateway': { protocol: 'http' }, paths });
    expect(Object.keys(body.paths).sort()).toEqual(want);
  });
});

describe('permissions to call functions', () => {
  const sources = async (count: number, split: string): Promise<string[]> => {
    const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/things/${index}/{id}`, get('id')]));
    const { resources } = await built({ 'x-gateway': { ...rest, functions: { split } }, paths });
    return Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission').map(({ Properties }) => (Properties['SourceArn'] as { 'Fn::Sub': string })['Fn::Sub']);
  };
  it('are one for each route, exact in method and path', async () => {
    const found = await sources(3, 'api');
    expect(found).toHaveLength(3);
    expect(found[0]).toBe('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/things/0/*');
  });
  it('are one for all when a function has many routes: they would not fit in its policy', async () => {
    expect(await sources(31, 'api')).toEqual(['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*']);
  });
  it('name the alias that the gateway calls', async () => {
    const { resources } = await built({ 'x-gateway': rest, paths: { '/a': { get: { ...fine, operationId: 'readA' } } } });
    expect(resources['ReadAFunctionPermission']?.Properties['FunctionName']).toEqual({ Ref: 'ReadAFunction.Alias' });
  });
});

describe('more resources than one stack takes', () => {
  const things = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`/things/${index}`, get()]));
  const count = (template: Fields): number => resourceCount(template['Resources'] as Readonly<Record<string, YamlValue>>);
  const stacks = async (gateway: Fields) => {
    const { stacks: files, ...built300 } = await built({ 'x-gateway': { ...rest, ...gateway }, paths: things(300) });
    return { ...built300, templates: [built300.value, ...files.values()] };
  };

  it('are divided: functions go into stacks of their own, and a document of 300 operations is deployed (P110)', async () => {
    const { codes, templates } = await stacks({});
    expect(codes).not.toContain('target/too-many-resources');
    expect(templates.length).toBeGreaterThan(3);
    for (const template of templates) {
      expect(count(template)).toBeLessThanOrEqual(500);
      for (const section of ['Parameters', 'Outputs']) expect(Object.keys((template[section] ?? {}) as Fields).length).toBeLessThanOrEqual(200);
    }
  });

  it('are given what they refer to, and give what is referred to', async () => {
    const { templates, value, resources } = await stacks({ resources: { notes: { kind: 'table', key: { partition: 'id' } }, jobs: { kind: 'queue' } }, defaults: { uses: [{ notes: 'write' }, { jobs: 'publish' }] }, functions: { rollout: { strategy: 'canary', percent: 25 } } });
    const [, first] = templates;
    expect(resources['Functions1']?.Properties).toEqual({ TemplateURL: 'functions-1.yaml', Parameters: { NotesTableGiven: { Ref: 'NotesTable' }, JobsQueueGiven: { Ref: 'JobsQueue' }, NotesTableArnGiven: { 'Fn::GetAtt': 'NotesTable.Arn' }, JobsQueueArnGiven: { 'Fn::GetAtt': 'JobsQueue.Arn' } } });
    const given = Object.keys(first?.['Parameters'] as Fields);
    const own = Object.keys(first?.['Resources'] as Fields);
    const text = JSON.stringify(first);
    const references = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":"([^".]+)|\$\{([^}!.]+)/g)].map(([, plain, inText]) => plain ?? inText ?? '');
    expect(references.filter((name) => !name.startsWith('AWS::') && !given.includes(name) && !own.includes(name))).toEqual([]);
    const asked = [...JSON.stringify(value).matchAll(/Functions1\.Outputs\.(\w+)/g)].map(([, name]) => name ?? '');
    expect([...new Set(asked)].sort()).toEqual(Object.keys(first?.['Outputs'] as Fields).sort());
    expect((first?.['Outputs'] as Record<string, unknown>)['GetThings0FunctionAlias']).toEqual({ Value: { Ref: 'GetThings0Function.Alias' } });
  });

  it('are told where one stack would have too many even so', async () => expect((await built({ paths: things(520) })).codes).toContain('target/too-many-resources'));
  it('and more bytes than a template may have are told, too (P111)', async () => {
    const long = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`/${'x'.repeat(900)}/${index}`, get()]));
    expect((await built({ 'x-gateway': { ...rest, functions: { split: 'api' }, cors: { origins: ['*'] } }, paths: long })).codes).toContain('target/quota');
  }, 300_000);
  it('are fewer when operations share functions', async () => expect((await built({ 'x-gateway': { functions: { split: 'api' } }, paths: things(520) })).codes).not.toContain('target/too-many-resources'));
});

describe('CORS', () => {
  const cors = { origins: ['https://a.example.com', 'https://b.example.com'], credentials: true, maxAge: '10m' };
  it('answers preflights at each path of a REST API, open, from a mock', async () => {
    const { body } = await built({ 'x-gateway': { ...rest, cors }, paths: { '/a': get(), '/b/{id}': get('id') } });
    for (const item of Object.values(body.paths)) {
      const options = item['options'] as Fields;
      expect(options['security']).toEqual([]);
      const integration = options['x-amazon-apigateway-integration'] as { type: string; responses: { default: { responseParameters: Fields; responseTemplates: Record<string, string> } } };
      expect(integration.type).toBe('mock');
      expect(integration.responses.default.responseParameters).toMatchObject({
        'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
        'method.response.header.Access-Control-Allow-Origin': "'https://a.example.com'",
        'method.response.header.Access-Control-Max-Age': "'600'",
      });
      expect(integration.responses.default.responseTemplates['application/json']).toContain('$origin == "https://b.example.com"');
    }
  });
  it('is the own setting of an HTTP API', async () => {
    const { resources, body } = await built({ 'x-gateway': { protocol: 'http', cors }, paths: { '/a': get() } });
    expect(resources['Api']?.Properties['CorsConfiguration']).toMatchObject({ AllowOrigins: cors.origins, AllowCredentials: true, MaxAge: 600 });
    expect(body.paths['/a']).not.toHaveProperty('options');
  });
});

describe('answers of the gateway itself', () => {
  const hostile = 'a"b\\ $context.stage #set {{resolve:ssm:x}}';
  it.each<[string, Fields]>([
    ['the built-in problem', {}],
    ['an envelope of the document, with a constant that looks like code', { 'x-gateway': { ...rest, errors: { schema: '#/components/schemas/Error' } }, components: { schemas: { Error: { type: 'object', required: ['message', 'hint'], properties: { message: { type: 'string' }, code: { type: 'string' }, hint: { const: hostile } } } } } }],
  ])('are JSON once the gateway has filled them in: %s', async (_, more) => {
    const { body } = await built({ 'x-gateway': rest, paths: { '/a': get() }, ...more });
    const responses = body['x-amazon-apigateway-gateway-responses'] as Record<string, { statusCode?: number; responseTemplates: Record<string, string> }>;
    expect(Object.keys(responses).length).toBeGreaterThan(15);
    for (const { responseTemplates } of Object.values(responses)) {
      const filled = JSON.parse((responseTemplates['application/json'] ?? '').replace(/\$context(?:\.[A-Za-z]+)+/g, 'filled-in')) as Fields;
      if ('hint' in filled) expect(filled['hint']).toBe(hostile);
      expect(Object.keys(filled).length).toBeGreaterThan(1);
    }
    expect(responses['DEFAULT_4XX']).not.toHaveProperty('statusCode');
  });
});

describe('stages', () => {
  it('pick their column of a mapping, and a variable that one leaves out is absent there', async () => {
    const { value, resources } = await built({ 'x-gateway': { ...rest, stages: { dev: { variables: { LEVEL: 'debug', ONLY: 'here' } }, prod: { variables: { LEVEL: 'warn' }, throttle: { rate: 7, burst: 9 } } } }, paths: { '/a': get() } });
    expect(value['Mappings']).toMatchObject({ Stages: { dev: { VariableLEVEL: 'debug', VariableONLY: 'here' }, prod: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9, VariableONLY: '' } } });
    expect((value['Parameters'] as { Stage: Fields }).Stage).toMatchObject({ Default: 'dev', AllowedValues: ['dev', 'prod'] });
    expect(resources['Api']?.Properties['Variables']).toMatchObject({ ONLY: { 'Fn::If': ['HasVariableONLY', { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'VariableONLY'] }, { Ref: 'AWS::NoValue' }] } });
    expect(value['Conditions']).toHaveProperty('HasVariableONLY');
  });
  it('are refused without the certificate and the web ACL that they ask for, and those that ask for none are not', async () => {
    const { value } = await built({ 'x-gateway': { ...rest, stages: { dev: {}, test: { domain: 'test.example.com' }, prod: { domain: 'api.example.com', waf: true } } }, paths: { '/a': get() } });
    const asks = (stages: readonly string[], parameter: string) => ({ RuleCondition: { 'Fn::Contains': [stages, { Ref: 'Stage' }] }, Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, ''] }] } }] });
    expect(value['Rules']).toMatchObject({ CertificateGiven: asks(['prod', 'test'], 'CertificateArn'), WebAclGiven: asks(['prod'], 'WebAclArn') });
    expect((await built({ 'x-gateway': rest, paths: { '/a': get() } })).value).not.toHaveProperty('Rules');
  });
});

describe('what functions have in common', () => {
  const paths = { '/a': get(), '/b': { get: { operationId: 'getB', ...fine, 'x-gateway': { function: { runtime: 'nodejs20.x' } } } } };
  it('is said once, and what one of them has otherwise stays with each', async () => {
    const { value, resources } = await built({ 'x-gateway': rest, paths });
    expect(value['Globals']).toEqual({ Function: { Handler: 'index.handler', Architectures: ['arm64'], Tracing: 'Active' } });
    expect(Object.values(resources).flatMap(({ Type: type, Properties }) => (type === 'AWS::Serverless::Function' ? [[Properties['Runtime'], Properties['Handler']]] : []))).toEqual([['nodejs22.x', undefined], ['nodejs20.x', undefined]]);
  });
  it('stays where there is one alone', async () => expect((await built({ 'x-gateway': rest, paths: { '/a': get() } })).value).not.toHaveProperty('Globals'));
});

describe('examples that a mock answers', () => {
  it('reach the caller as they are written, whatever Velocity makes of text', async () => {
    const example = { price: '$x #if(1) {{resolve:ssm:x}} #end', quote: '"\\\'' };
    const { body } = await built({
      'x-gateway': rest,
      paths: { '/a': { get: { responses: { 200: { description: 'Fine.', content: { 'application/json': { examples: { one: { value: example } } } } } }, 'x-gateway': { integration: { mock: { status: 200, example: 'one' } } } } } },
    });
    const integration = body.paths['/a']?.['get']?.['x-amazon-apigateway-integration'] as { responses: { default: { responseTemplates: Record<string, string> } } };
    const text = integration.responses.default.responseTemplates['application/json'] ?? '';
    expect(text).not.toMatch(/[$#]|\{\{/);
    expect(JSON.parse(text)).toEqual(example);
  });
});
