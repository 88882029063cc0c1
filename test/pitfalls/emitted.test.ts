import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { documents } from '../equivalence/documents.js';
import { root } from '../support/cli.js';
import { inside, targetsOf, type Fields, type Targets } from '../support/targets.js';

const below = (folder: string): string[] => readdirSync(join(root, 'specs', folder)).map((name) => join(folder, name)).filter((name) => existsSync(join(root, 'specs', name, 'openapi.yaml')));

/** Two kinds of body, a cookie, an origin, two schemes: what no document of `specs/` has together. */
const mixed: Fields = {
  openapi: '3.1.0', info: { title: 'Mixed', version: '1' }, security: [{ reader: [] }],
  'x-gateway': { protocol: 'rest', cors: { origins: ['https://a.example', 'https://b.example'], credentials: true, expose: ['ETag'] } },
  paths: {
    '/files/{name}': { put: { operationId: 'putFile', parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 9 } }], requestBody: { required: true, content: { 'image/png': {} } }, responses: { 204: { description: 'Kept.' } } } },
    '/notes': { post: { operationId: 'addNote', security: [{ pool: ['notes/write'] }], requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', properties: { text: { type: 'string', maxLength: 9 } } } } } }, responses: { 201: { description: 'Added.' } } } },
  },
  components: { securitySchemes: { reader: { type: 'apiKey', in: 'header', name: 'X-Reader', 'x-gateway': { function: 'check', identity: ['$request.header.X-Reader', '$request.query.tenant'] } }, pool: { type: 'http', scheme: 'bearer', 'x-gateway': { userPool: 'MembersPool' } } } },
};
const given = new Map<string, string | Fields>([...[...below(''), ...below('patterns')].map((name) => [name, name] as const), ...documents, ['mixed', mixed], ['mixed, HTTP', { ...mixed, 'x-gateway': { protocol: 'http', cors: { origins: ['https://a.example'] } } }]]);

interface Operation { readonly document: string; readonly kind: 'rest' | 'http'; readonly path: string; readonly method: string; readonly definition: Fields; readonly operation: Fields; readonly integration: Fields }

describe('whatever a document asks for, what is deployed', () => {
  const all = new Map<string, Targets>();
  let operations: readonly Operation[] = [];
  beforeAll(async () => {
    for (const [name, document] of given) all.set(name, await targetsOf(document));
    operations = [...all].flatMap(([document, { sam, terraform }]) => [sam.definition, terraform.definition].flatMap((definition) => {
      const kind = Object.values(sam.resources).some(({ Type }) => Type === 'AWS::Serverless::Api') ? 'rest' as const : 'http' as const;
      return Object.entries(definition['paths'] as Readonly<Record<string, Readonly<Record<string, Fields>>>>).flatMap(([path, item]) => Object.entries(item).map(([method, operation]) =>
        ({ document, kind, path, method, definition, operation, integration: (operation['x-amazon-apigateway-integration'] ?? {}) as Fields })));
    }));
  });
  const each = (kind: 'rest' | 'http' | undefined = undefined): readonly Operation[] => operations.filter((one) => kind === undefined || one.kind === kind);
  const templates = (): readonly string[] => operations.flatMap(({ integration }) => [
    ...Object.values((integration['requestTemplates'] ?? {}) as Record<string, string>),
    ...Object.values((integration['responses'] ?? {}) as Record<string, Fields>).flatMap((response) => Object.values((response['responseTemplates'] ?? {}) as Record<string, string>)),
  ]).filter((text): text is string => typeof text === 'string');
  const failing = (facts: readonly Operation[], holds: (one: Operation) => boolean): string[] => facts.filter((one) => !holds(one)).map(({ document, method, path }) => `${document}: ${method} ${path}`);

  it('names each method and path, and neither any method nor a default route (P14, P26, P30)', () => {
    expect(new Set(operations.map(({ method }) => method))).toEqual(new Set(['delete', 'get', 'head', 'options', 'patch', 'post', 'put'].filter((name) => operations.some(({ method }) => method === name))));
    expect(operations.filter(({ path }) => !path.startsWith('/'))).toEqual([]);
    expect(failing(each(), ({ operation }) => 'security' in operation)).toEqual([]);
  });

  it('has one variable a place, and nothing below one that takes all (P20, P21, P142)', () => {
    for (const [name, { sam: { definition } }] of all) {
      const children = new Map<string, Set<string>>();
      for (const path of Object.keys(definition['paths'] as Fields)) path.split('/').forEach((step, index, steps) => {
        const place = steps.slice(0, index).join('/');
        if (step.startsWith('{')) children.set(place, (children.get(place) ?? new Set()).add(step));
        if (step.endsWith('+}')) expect(index, `${name}: ${path}`).toBe(steps.length - 1);
      });
      expect([...children].filter(([, variables]) => variables.size > 1), name).toEqual([]);
    }
  });

  it('names its models by letters and digits, no two alike whatever their case (P84)', () => {
    for (const { sam: { definition } } of all.values()) {
      const names = Object.keys((inside(definition, 'components', 'schemas') ?? {}) as Fields);
      expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    }
  });

  it('names identity sources as its kind of API does (P09)', () => {
    const authorizers = [...all.values()].flatMap(({ sam: { definition } }) => Object.values((inside(definition, 'components', 'securitySchemes') ?? {}) as Fields)).map((scheme) => (inside(scheme, 'x-amazon-apigateway-authorizer') ?? {}) as Fields);
    const sources = new Map(authorizers.flatMap(({ identitySource, type, authorizerPayloadFormatVersion: version }) => String(identitySource ?? '').split(', ').filter((text) => text !== '').map((text) => [text, version ?? type] as const)));
    expect(sources.size).toBeGreaterThan(4);
    for (const [source, kind] of sources) expect(source).toMatch(kind === '2.0' || kind === 'jwt' ? /^\$(?:request\.(?:header|querystring)\.[\w-]+|context\.\w+|stageVariables\.\w+)$/ : /^(?:method\.request\.(?:header|querystring)\.[\w-]+|context\.\w+|stageVariables\.\w+)$/);
  });

  it('asks a user pool for scopes, and never for an audience beside them (P10)', () => {
    expect(JSON.stringify([...all.values()].map(({ sam: { definition } }) => definition))).not.toContain('identityValidationExpression');
    expect(operations.find(({ document, path, kind }) => document === 'mixed' && path === '/notes' && kind === 'rest')?.operation['security']).toEqual([{ pool: ['notes/write'] }]);
  });

  it('has preflights that bodies of bytes do not break (P33)', () => {
    const preflights = operations.filter(({ document, method }) => document === 'mixed' && method === 'options');
    expect(preflights.length).toBe(4);
    expect(failing(preflights, ({ integration }) => integration['contentHandling'] === 'CONVERT_TO_TEXT')).toEqual([]);
  });

  it('takes bytes of the declared types alone for bytes (P69, P70)', () => {
    expect(inside(all.get('mixed')?.sam.definition, 'x-amazon-apigateway-binary-media-types')).toEqual(['image/png']);
    for (const { sam: { definition } } of all.values()) expect(JSON.stringify(definition['x-amazon-apigateway-binary-media-types'] ?? [])).not.toContain('*/*');
  });

  it('has functions behind proxies alone, and calls of services behind mappings (P45, P73)', () => {
    expect(failing(each('rest').filter(({ integration }) => integration['type'] === 'aws_proxy'), ({ integration }) => /:lambda:path\/2015-03-31\/functions\//.test(JSON.stringify(integration['uri'])))).toEqual([]);
    expect(failing(each(), ({ integration }) => !('responseTransferMode' in integration))).toEqual([]);
  });

  it('waits for no answer longer than its kind of API can (P71)', () =>
    expect(failing(each(), ({ kind, integration }) => integration['timeoutInMillis'] === undefined || Number(integration['timeoutInMillis']) <= (kind === 'rest' ? 29_000 : 30_000))).toEqual([]));

  it('sets no header that the gateway keeps for itself (P65)', () => {
    const kept = /^integration\.request\.header\.(?:authorization|connection|content-length|content-md5|expect|host|max-forwards|proxy-authenticate|server|te|trailer|transfer-encoding|upgrade|via|warning|www-authenticate|x-amzn-[\w-]*)$/i;
    expect(operations.flatMap(({ integration }) => Object.keys((integration['requestParameters'] ?? {}) as Fields)).filter((name) => kept.test(name))).toEqual([]);
  });

  it('answers with what the document declares, and with no reply of a service as it came, but for objects of a bucket (P58)', () =>
    expect(failing(each('rest').filter(({ integration }) => integration['type'] === 'aws'), ({ integration }) =>
      Object.entries(integration['responses'] as Record<string, Fields>).every(([key, response]) => 'responseTemplates' in response || (key === 'default' && JSON.stringify(integration['uri']).includes(':s3:path/'))))).toEqual([]));

  it('has templates of functions that the gateway knows, and of no objects printed as Java does (P87, P88, P94, P97)', () => {
    const texts = templates();
    expect(texts.length).toBeGreaterThan(40);
    for (const text of texts) {
      expect(text.match(/\$util\.(?!escapeJavaScript\(|urlEncode\(|urlDecode\(|base64Encode\(|base64Decode\(|parseJson\()/g)).toBeNull();
      expect(text).not.toMatch(/"\$input\.json/);
      for (const [, status] of text.matchAll(/responseOverride\.status *= *([^)]*)\)/g)) expect(status?.trim()).toMatch(/^[1-5]\d\d$|^\$\w+$/);
    }
  });

  it('has templates that compare with the empty text, and ask of no reference by itself but what they set to a truth (P91, P92)', () => {
    for (const text of templates()) {
      for (const [, name] of text.matchAll(/#(?:if|elseif)\(!?\$(?!foreach\.hasNext\))([\w.!{}]+)\)/g)) expect(text).toMatch(new RegExp(`#set\\(\\$${name} = (?:true|false|.*? [!=]= )`));
    }
  });

  it('has answers of the gateway itself that hold variables of its own, and nothing of Velocity (P23, P98)', () => {
    const answers = [...all.values()].flatMap(({ sam: { definition } }) => Object.entries((definition['x-amazon-apigateway-gateway-responses'] ?? {}) as Record<string, Fields>));
    expect(answers.length).toBeGreaterThan(100);
    for (const [type, answer] of answers) {
      const text = String(inside(answer, 'responseTemplates', 'application/json'));
      expect(text.replace(/\$context\.\w+(?:\.\w+)?/g, '')).not.toMatch(/[$#]/);
      if (type === 'MISSING_AUTHENTICATION_TOKEN') expect(answer['statusCode']).toBe(404);
    }
  });

  it('has answers of the gateway itself say what pages may read of them, as all others do (P27)', () => {
    const answers = Object.entries((all.get('mixed')?.sam.definition['x-amazon-apigateway-gateway-responses'] ?? {}) as Record<string, Fields>);
    expect(answers.length).toBeGreaterThan(10);
    for (const [type, answer] of answers) expect(inside(answer, 'responseParameters', 'gatewayresponse.header.Access-Control-Expose-Headers'), type).toBe("'etag'");
  });

  it('has each function called by the routes that lead to it, and told nothing of the API (P105, P143)', () => {
    for (const [name, { sam }] of all) {
      const permitted = new Set(Object.values(sam.resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission').map(({ Properties }) => JSON.stringify(Properties['FunctionName']).replace(/^.*?"(\w+)\.\w+".*$/, '$1')));
      const called = [...JSON.stringify(sam.definition).matchAll(/functions\/\$\{(\w+)\.\w+\}\/invocations/g)].map(([, id]) => id ?? '');
      expect(new Set(called), name).toEqual(permitted);
      for (const [id, { Type, Properties }] of Object.entries(sam.resources)) if (Type === 'AWS::Serverless::Function') expect(JSON.stringify(Properties), `${name}: ${id}`).not.toMatch(/"Ref":"Api"|\$\{Api[.}]/);
    }
  });

  it('takes over a changed setting of a function, too (P116)', () => {
    const functions = [...all.values()].flatMap(({ sam }) => Object.values(sam.resources)).filter(({ Type, Properties }) => Type === 'AWS::Serverless::Function' && Properties['AutoPublishAlias'] !== undefined);
    expect(functions.filter(({ Properties }) => Properties['AutoPublishAliasAllProperties'] !== true)).toEqual([]);
  });

  it('has nothing that only somebody else can make work: no hooks, no canary of a stage, no stage variable in an address, no policy of the API (P114, P115, P118, P126, P128, P129)', () => {
    for (const { sam, terraform } of all.values()) {
      const text = `${JSON.stringify(sam.template)}${JSON.stringify(terraform.blocks)}`;
      expect(text).not.toMatch(/CanarySetting|canary_settings|"Hooks"|x-amazon-apigateway-policy|"PRIVATE"/);
      expect(JSON.stringify(sam.definition)).not.toMatch(/functions\/[^"]*stageVariables/);
    }
  });

  it('has no size of messages that a target would not take (P131)', () => {
    for (const { terraform } of all.values()) expect(JSON.stringify(terraform.blocks)).not.toContain('max_message_size');
  });
});
