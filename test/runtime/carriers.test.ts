import { describe, expect, test, vi } from 'vitest';
import { httpAuthorizer, restAuthorizer, type Verdict } from '../../src/runtime/authorizer.js';
import { fromContext, receivedAt, requestId, traceparent } from '../../src/runtime/gateway.js';
import { match, router } from '../../src/runtime/route.js';
import { busWorker, queueWorker, streamWorker, topicWorker } from '../../src/runtime/worker.js';
import { parseMultipart } from '../../src/runtime/multipart.js';

vi.spyOn(console, 'error').mockImplementation(() => {});

const failing = (wanted: string) => ({ body }: { body: string }): void => {
  if (body === wanted) throw new Error('no');
};

describe('workers', () => {
  const record = (id: string, group?: string) => ({ messageId: id, body: JSON.stringify(id), attributes: { ApproximateReceiveCount: '2', ...(group ? { MessageGroupId: group } : {}) } });
  test('only what failed is delivered again', async () =>
    expect(await queueWorker(failing('b'))({ Records: [record('a'), record('b'), record('c')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] }));
  test('in order, nothing overtakes', async () =>
    expect(await queueWorker(failing('b'))({ Records: [record('a', 'g'), record('b', 'g'), record('c', 'g')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'c' }] }));
  test('what is no JSON fails alone', async () =>
    expect(await queueWorker(() => {})({ Records: [{ messageId: 'x', body: '{' }, record('a')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'x' }] }));
  test('a stream stops at its first failure', async () => {
    const data = (text: string) => ({ kinesis: { sequenceNumber: text, data: Buffer.from(JSON.stringify(text)).toString('base64') } });
    expect(await streamWorker(failing('b'))({ Records: [data('a'), data('b')] })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
  });
  test('the caller’s id of the work reaches the worker', async () => {
    const seen: (string | undefined)[] = [];
    const note = ({ trackingId }: { trackingId?: string }): void => void seen.push(trackingId);
    await queueWorker(note)({ Records: [{ ...record('a'), messageAttributes: { tracking: { stringValue: 't-1' } } }, record('b')] });
    await topicWorker(note)({ Records: [{ Sns: { MessageId: 'm', Message: '1', MessageAttributes: { tracking: { Value: 't-2' } } } }] });
    await busWorker(note)({ id: 'e', detail: 1, resources: ['t-3'] });
    expect(seen).toEqual(['t-1', undefined, 't-2', 't-3']);
  });
  test('without batches a failure is thrown', async () => {
    await expect(topicWorker(failing('a'))({ Records: [{ Sns: { MessageId: 'm', Message: '"a"' } }] })).rejects.toThrow('Work m failed');
    await expect(busWorker(failing('b'))({ id: 'e', detail: 'a' })).resolves.toBeUndefined();
  });
});

describe('authorizers', () => {
  const places = [{ scheme: 'customer', in: 'header', name: 'authorization' }] as const;
  const check = ({ credential }: { credential?: string }): Verdict => {
    if (credential === 'boom') throw new Error('secret');
    return credential === 'good' ? { allow: true, principalId: 'u1', scopes: ['a', 'b'], claims: { tenant: 't' } } : { allow: false };
  };
  const methodArn = 'arn:aws:execute-api:eu-west-1:123456789012:api/prod/GET/orders/1';
  test('a verdict of a REST API holds for the stage, as it is cached', async () => {
    expect(await restAuthorizer(places, check)({ methodArn, authorizationToken: 'Bearer good' })).toMatchObject({
      principalId: 'u1', policyDocument: { Statement: [{ Effect: 'Allow', Resource: 'arn:aws:execute-api:eu-west-1:123456789012:api/prod/*' }] },
    });
  });
  test.each([['bad', 'Bearer bad'], ['thrown', 'Bearer boom'], ['nothing', undefined]])('%s is denied', async (_, authorization) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    expect(await restAuthorizer(places, check)({ methodArn, headers })).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } });
    expect(await httpAuthorizer(places, check)({ headers })).toEqual({ isAuthorized: false });
  });
  test('what it says of the caller reaches the function', async () => {
    const { context } = await httpAuthorizer(places, check)({ headers: { authorization: 'bearer good' } });
    expect(fromContext(context ?? {})).toEqual({ scheme: 'customer', principalId: 'u1', scopes: ['a', 'b'], claims: { tenant: 't' } });
  });
});

describe('ids', () => {
  test.each([['abc-1', 'abc-1'], ['a\nb', 'own'], ['x'.repeat(129), 'own'], ['', 'own']])('request id %j', (given, want) => expect(requestId({ 'x-request-id': given }, 'own')).toBe(want));
  test.each([
    ['Root=1-5759e988-bd862e3fe1be46a994272793', /^00-5759e988bd862e3fe1be46a994272793-[0-9a-f]{16}-00$/],
    ['Self=1-67891234-12456789abcdef0123456789;Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1', /^00-5759e988bd862e3fe1be46a994272793-[0-9a-f]{16}-01$/],
    ['Root=1-5759e988-short', /^00-(?!5759)[0-9a-f]{32}-[0-9a-f]{16}-00$/],
    ['Parent=53995c3f42cd8ad8', /^00-[0-9a-f]{32}-53995c3f42cd8ad8-00$/],
  ])('the trace of %s', (given, want) => {
    expect(traceparent({ 'x-amzn-trace-id': given })).toMatch(want);
  });

  test.each([[Date.UTC(2026, 0, 15, 10, 20, 30, 7), '2026-01-15T10:20:30.007Z'], [Date.UTC(2026, 0, 15, 10, 20, 59, 999), '2026-01-15T10:20:59.999Z'], [-1, '1969-12-31T23:59:59.999Z'], [1.5, '1970-01-01T00:00:00.001Z'], [Date.UTC(12_026, 0, 1), '+012026-01-01T00:00:00.000Z']])('%d was received at %s', (epochMs, want) => {
    expect([receivedAt(epochMs), receivedAt(epochMs)]).toEqual([want, want]);
  });

  test.each(['00-00000000000000000000000000000000-53995c3f42cd8ad8-01', 'ff-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01', 'x'])('traceparent %s is not taken', (given) => {
    expect(traceparent({ traceparent: given })).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(traceparent({ traceparent: given })).not.toBe(given);
  });
});

describe('routes', () => {
  const literal = (text: string) => ({ kind: 'literal', text }) as const;
  const variable = (name: string, greedy = false) => ({ kind: 'variable', name, greedy }) as const;
  const route = router([
    { contract: { method: 'GET', route: '/a/{x}', segments: [literal('a'), variable('x')] } },
    { contract: { method: 'GET', route: '/a/b', segments: [literal('a'), literal('b')] } },
    { contract: { method: 'GET', route: '/a/{p+}', segments: [literal('a'), variable('p', true)] } },
    { contract: { method: 'POST', route: '/r.{f}', segments: [{ kind: 'mixed', parts: [{ text: 'r.' }, { name: 'f' }] }] } },
  ]);
  test.each<[string, string, string | undefined, unknown]>([
    ['GET', '/a/b', undefined, '/a/b'], ['GET', '/a/b/', undefined, '/a/b'], ['GET', '/a/c', undefined, '/a/{x}'], ['GET', '/a/c/d', undefined, '/a/{p+}'], ['POST', '/r.json', undefined, '/r.{f}'],
    ['GET', '/stage/base/a/c', '/a/{x}', '/a/{x}'], ['GET', '/%61/b', undefined, '/a/b'],
  ])('%s %s', (method, path, chosen, want) => expect(route(method, path, chosen)).toMatchObject({ kind: 'found', operation: { contract: { route: want } } }));
  test('an empty variable is none', () => expect(match([literal('a'), variable('x')], ['a', ''])).toBeUndefined());
  test('nothing there', () => expect(route('GET', '/z', undefined)).toEqual({ kind: 'no-path' }));
  test('another method', () => expect(route('PUT', '/a/b', undefined)).toEqual({ kind: 'no-method', allowed: ['GET'] }));
});

describe('multipart', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const type = 'multipart/form-data; boundary="b b"';
  test.each<[string, string, string]>([
    ['cut off', '--b b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx', 'ends before its last boundary'],
    ['nameless', '--b b\r\n\r\nx\r\n--b b--', 'has a part without a name'],
    ['no boundary within', 'x', 'does not begin with its boundary'],
  ])('%s', (_, text, want) => expect(parseMultipart(bytes(text), type)).toBe(want));
  test('too many parts', () => expect(parseMultipart(bytes(`${'--b b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(1001)}--b b--`), type)).toBe('has more than 1000 parts'));
  test('quotes in a name', () => expect(parseMultipart(bytes('--b b\r\ncontent-disposition: form-data; name="a\\"b"; filename="c;d"\r\n\r\n\r\n--b b--'), type)).toMatchObject([{ name: 'a"b', filename: 'c;d' }]));
});
