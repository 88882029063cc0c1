import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventMaker, type EventMaker, type EventParts } from '../../src/local/event-maker.js';
import { serve, type Served } from './support.js';

const open = { responses: { 200: { description: 'Fine.' } }, 'x-gateway': { integration: { function: { payload: 'raw' } } } };

describe('the event of an HTTP API', () => {
  let served: Served;
  beforeAll(async () => {
    const tell = 'export const handler = async (event: unknown) => ({ statusCode: 200, headers: {}, body: JSON.stringify(event) });\n';
    served = await serve({
      openapi: '3.1.0', info: { title: 'Events', version: '1' }, security: [], 'x-gateway': { protocol: 'http', stages: { dev: { variables: { kind: 'a' } } } },
      paths: { '/told/{name}': { get: { operationId: 'told', parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 99 } }], ...open }, post: { operationId: 'sent', parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string', maxLength: 99 } }], requestBody: { content: { 'text/plain': { schema: { type: 'string', maxLength: 99 } } } }, ...open } } },
    }, { told: tell, sent: tell });
  });
  afterAll(() => served.close());

  it('has each header once, by its name in lower case, whatever it is called and holds; cookies apart, and no body where there is none', async () => {
    const { body } = await served.ask('GET', '/told/a%22b?q="\\', { 'X-Many': ['1', '2'], 'X-Quoted': '"a\\b"', 'X-Latin': 'caf\u00e9', ['__proto__']: 'x', 'x-amzn-trace-id': 'mine', cookie: 'a="1"; b=2' });
    const event = JSON.parse(body) as { headers: Record<string, string>; requestContext: Record<string, unknown> };
    const { headers, requestContext, ...rest } = event;
    const { host, 'x-amzn-trace-id': trace, ...others } = headers;
    expect(JSON.stringify(others)).toBe(JSON.stringify({ 'x-many': '1,2', 'x-quoted': '"a\\b"', 'x-latin': 'caf\u00e9', ['__proto__']: 'x', connection: 'close' }));
    expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24},mine$/);
    expect(rest).toEqual({ version: '2.0', routeKey: 'GET /told/{name}', rawPath: '/dev/told/a%22b', rawQueryString: 'q="\\', cookies: ['a="1"', 'b=2'], stageVariables: { kind: 'a' }, isBase64Encoded: false });
    expect(requestContext).toEqual({ http: { method: 'GET', path: '/dev/told/a%22b', sourceIp: expect.any(String) as string, userAgent: '' }, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, stage: 'dev', domainName: host, timeEpoch: expect.any(Number) as number });
  });

  it('has a body as it was sent, text or bytes', async () => {
    const told = async (type: string, sent: string): Promise<unknown> => {
      const { body, isBase64Encoded } = JSON.parse((await served.ask('POST', '/told/a', { 'content-type': type, 'content-length': String(Buffer.byteLength(sent)) }, sent)).body) as { body: unknown; isBase64Encoded: unknown };
      return [body, isBase64Encoded];
    };
    expect(await told('Text/Plain; charset=utf-8', 'a "line"\n\u2028\ud83d\ude00')).toEqual(['a "line"\n\u2028\ud83d\ude00', false]);
    expect(await told('application/octet-stream', 'bytes')).toEqual([Buffer.from('bytes').toString('base64'), true]);
  });
});

describe('the event of a REST API', () => {
  // Made of the text alone, as in a function's thread: all that it uses must stand in it.
  const make = runInNewContext(`(${eventMaker.toString()})()`) as EventMaker;
  const event = (query: string, headers: readonly string[] = [], variables = '', caller = ''): Record<string, unknown> => {
    const parts: EventParts = ['rest', '/told/{name}', 'dev', '', variables, caller, '', 'GET', '/told/a', query, '127.0.0.1', 'localhost', null, 'id', 'Root=1-a-b', 1, '', false, ...headers];
    return JSON.parse(JSON.stringify(make.rest(parts))) as Record<string, unknown>;
  };

  it('has the last value of each name and all of them, whatever it is called, and null where there is none', () => {
    expect(event('')).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null, pathParameters: null, stageVariables: null, body: null });
    expect(event('&')).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null });
    const { headers, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters } = event('a=1&b&a=%zz&__proto__=x+y&constructor=%41', ['Host', 'localhost', 'X-A', '1', 'x-a', '2', 'X-A', '3', 'Connection', 'close', 'CONTENT-length', '0', '__proto__', 'p']);
    expect(JSON.stringify([queryStringParameters, multiValueQueryStringParameters])).toBe('[{"a":"%zz","b":"","__proto__":"x y","constructor":"A"},{"a":["1","%zz"],"b":[""],"__proto__":["x y"],"constructor":["A"]}]');
    expect(JSON.stringify([headers, multiValueHeaders])).toBe('[{"Host":"localhost","X-A":"3","x-a":"2","__proto__":"p","X-Amzn-Trace-Id":"Root=1-a-b"},{"Host":["localhost"],"X-A":["1","3"],"x-a":["2"],"__proto__":["p"],"X-Amzn-Trace-Id":["Root=1-a-b"]}]');
  });

  it('tells who calls', () => {
    expect(event('', [], '{"name":"a"}', JSON.stringify({ authorizer: { principalId: 'p' }, apiKeyId: 'k', userArn: 'u', certificate: { subjectDN: 'CN=a' } }))).toMatchObject({
      pathParameters: { name: 'a' }, requestContext: { authorizer: { principalId: 'p' }, identity: { sourceIp: '127.0.0.1', userAgent: null, apiKeyId: 'k', userArn: 'u', clientCert: { subjectDN: 'CN=a' } } },
    });
  });
});
