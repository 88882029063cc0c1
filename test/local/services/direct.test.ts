import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../support.js';
import { documentWith } from './document.js';

const json = { 'content-type': 'application/json' };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } };
const key = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 64 } };
const text = { type: 'string', maxLength: 99 };
const ok = (status = 200): object => ({ [status]: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } });
const body = (properties: object): object => ({ required: true, content: { 'application/json': { schema: { type: 'object', properties } } } });
const describing = (status: number, ...names: readonly string[]): object => ({ [status]: { description: 'ok', content: { 'application/json': { schema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, text])) } } } } });
const note = ['owner', 'noteId', 'tag', 'text'];
const noteKey = { owner: 'o', noteId: '$request.path.id' };

/** One operation for each call that the gateway makes by itself. */
const document = documentWith({
  policy: { async: { through: 'inbox', status: 'getIt' }, request: { a: '$request.body#/a', count: '$request.query.count' } },
  parameters: [{ name: 'count', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 9 } }],
  gateway: { cors: { origins: ['https://shop.example.com'] } },
  paths: {
    '/work/{id}': { get: { operationId: 'getIt', parameters: [id], responses: ok() } },
    '/ledger': { post: { operationId: 'enter', parameters: [key], requestBody: body({ a: text }), responses: ok(202), 'x-gateway': { integration: { queue: 'ledger', group: 'all', dedupe: '$request.header.Idempotency-Key' } } } },
    '/notices': { post: { operationId: 'notify', requestBody: body({ a: text }), responses: ok(202), 'x-gateway': { integration: { topic: 'notices', subject: 'News', attributes: { a: '$request.body#/a' } } } } },
    '/events': { post: { operationId: 'tell', requestBody: { required: true, content: { 'application/json': { schema: {} } } }, responses: ok(202), 'x-gateway': { integration: { bus: 'events', source: 'shop', detailType: 'told' } } } },
    '/clicks': { post: { operationId: 'click', requestBody: body({ a: text }), responses: ok(202), 'x-gateway': { integration: { stream: 'clicks', partitionKey: '$request.body#/a' } } } },
    '/runs/{id}': { post: { operationId: 'run', parameters: [id], requestBody: body({ a: text }), responses: { ...ok(202), ...ok(409) }, 'x-gateway': { integration: { workflow: 'nightly', mode: 'start', name: '$request.path.id' } } } },
    '/prices': { post: { operationId: 'price', requestBody: body({ a: text }), responses: ok(), 'x-gateway': { integration: { workflow: 'pricing', mode: 'sync' } } } },
    '/notes/{id}': {
      parameters: [id],
      get: { operationId: 'getNote', responses: describing(200, ...note), 'x-gateway': { integration: { table: 'notes', action: 'get', key: noteKey } } },
      post: { operationId: 'addNote', requestBody: body({ tag: text, text }), responses: describing(201, 'owner', 'noteId'), 'x-gateway': { integration: { table: 'notes', action: 'put', key: noteKey, condition: 'absent' } } },
      put: { operationId: 'changeNote', requestBody: body({ text, was: text }), responses: { ...describing(200, ...note), ...ok(409) }, 'x-gateway': { integration: { table: 'notes', action: 'update', key: noteKey, set: { text: '$request.body#/text' }, condition: { text: '$request.body#/was' } }, responses: { 409: { body: { why: 'changed' } } } } },
      delete: { operationId: 'dropNote', responses: { 204: { description: 'gone' } }, 'x-gateway': { integration: { table: 'notes', action: 'delete', key: noteKey, condition: 'present' } } },
    },
    '/tags/{id}': { get: { operationId: 'byTag', parameters: [id], responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'array', maxItems: 99, items: { type: 'object', properties: { noteId: text } } } } } } }, 'x-gateway': { integration: { table: 'notes', action: 'query', index: 'byTag', key: { tag: '$request.path.id' }, order: 'descending', limit: 2 } } } },
    '/pages/{id}': { get: { operationId: 'page', parameters: [id], responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object', properties: { notes: { type: 'array', maxItems: 99, items: { type: 'object', properties: { noteId: text } } }, count: { type: 'integer' } } } } } } }, 'x-gateway': { integration: { table: 'notes', action: 'query', index: 'byTag', key: { tag: '$request.path.id' } } } } },
    '/notes': { get: { operationId: 'allNotes', responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'array', maxItems: 99, items: { type: 'object', properties: { noteId: text } } } } } } }, 'x-gateway': { integration: { table: 'notes', action: 'scan', limit: 2, reason: 'There are three.' } } } },
    '/files': { get: { operationId: 'listFiles', responses: { 200: { description: 'ok', content: { 'application/xml': {} } } }, 'x-gateway': { integration: { bucket: 'receipts', action: 'list', key: 'f/' } } } },
    '/files/{id}': {
      parameters: [id],
      get: { operationId: 'getFile', responses: { 200: { description: 'ok', content: { 'text/plain': {} } } }, 'x-gateway': { integration: { bucket: 'receipts', action: 'get', key: 'f/{$request.path.id}' } } },
      put: { operationId: 'putFile', requestBody: { required: true, content: { 'text/plain': {} } }, responses: { 204: { description: 'kept' } }, 'x-gateway': { integration: { bucket: 'receipts', action: 'put', key: 'f/{$request.path.id}', maxSize: '1KB', types: ['text/plain'] } } },
    },
  },
});

describe('calls that the gateway makes by itself', () => {
  let served: Served;
  beforeAll(async () => { served = await serve(document, {}, {}, { test: true }); });
  afterAll(() => served.close());
  const post = (path: string, value: unknown, headers: Record<string, string> = {}, method = 'POST') => served.ask(method, path, { ...json, ...headers }, JSON.stringify(value));
  const contents = async (name: string): Promise<unknown> => JSON.parse((await served.ask('GET', `/_gatewright/resources/${name}`)).body);

  it('acknowledge what a queue took, which holds what was mapped', async () => {
    const { status, headers, body: answer } = await post('/work?count=3', { a: 'x' });
    const { requestId } = JSON.parse(answer) as { requestId: string };
    expect([status, headers['location'], headers['retry-after']]).toEqual([202, `/work/${requestId}`, '1']);
    expect(await contents('inbox')).toMatchObject({ messages: [{ body: '{"a":"x","count":3}', receives: 0 }], deadLetters: [] });
    expect(served.log.at(-1)?.note).toBe('send-message to inbox: {"a":"x","count":3}');
  });

  it('tell a queue with an order by what it knows a request again', async () => {
    const send = (dedupe: string) => post('/ledger', { a: dedupe }, { 'Idempotency-Key': dedupe });
    expect([(await send('1')).status, (await send('1')).status, (await send('2')).status]).toEqual([202, 202, 202]);
    expect(await contents('ledger')).toMatchObject({ messages: [{ body: '{"a":"1"}', group: 'all', dedupe: '1' }, { body: '{"a":"2"}' }] });
    // No key: the service refuses, which the caller is told in the envelope.
    const refused = await post('/ledger', { a: 'x' });
    expect([refused.status, (JSON.parse(refused.body) as { title: string }).title]).toEqual([400, 'Bad Request']);
  });

  it('publish, put events and records', async () => {
    expect([(await post('/notices', { a: 'x' })).status, (await post('/events', { a: 1 })).status, (await post('/clicks', { a: 'k' })).status]).toEqual([202, 202, 202]);
    expect(await contents('notices')).toMatchObject({ published: [{ message: '{"a":"x"}', subject: 'News', attributes: { a: 'x' } }] });
    expect(await contents('events')).toMatchObject({ events: [{ source: 'shop', detailType: 'told', detail: { a: 1 } }] });
    expect(await contents('clicks')).toMatchObject({ records: [{ partitionKey: 'k', data: '{"a":"k"}' }] });
  });

  it('answer 502 for an event that failed inside of a success, readable by the pages that may call', async () => {
    const { status, headers } = await post('/events', [1], { origin: 'https://shop.example.com' });
    expect([status, headers['access-control-allow-origin']]).toEqual([502, 'https://shop.example.com']);
  });

  it('start a run once by its name, and answer what another one comes to', async () => {
    expect([(await post('/runs/one', { a: 'x' })).status, (await post('/runs/one', { a: 'y' })).status]).toEqual([202, 409]);
    expect(JSON.parse((await post('/prices', { a: 'x' })).body)).toEqual({ a: 'x' });
  });

  it('read and write a table, with 404 and 409 for what is not as supposed', async () => {
    expect((await served.ask('GET', '/notes/a')).status).toBe(404);
    const added = await post('/notes/a', { tag: 't', text: 'hello' });
    expect([added.status, JSON.parse(added.body)]).toEqual([201, { owner: 'o', noteId: 'a' }]);
    expect((await post('/notes/a', { tag: 't' })).status).toBe(409);
    expect(JSON.parse((await post('/notes/a', { text: 'new', was: 'hello' }, {}, 'PUT')).body)).toMatchObject({ text: 'new', tag: 't' });
    const conflict = await post('/notes/a', { text: 'newer', was: 'hello' }, {}, 'PUT');
    expect([conflict.status, JSON.parse(conflict.body)]).toEqual([409, { why: 'changed' }]);
    await post('/notes/b', { tag: 't' });
    await post('/notes/c', { tag: 't' });
    expect((JSON.parse((await served.ask('GET', '/tags/t')).body) as { noteId: string }[]).map(({ noteId }) => noteId)).toEqual(['c', 'b']);
    expect((JSON.parse((await served.ask('GET', '/notes')).body) as object[]).length).toBe(2);
    // Of items only what the answer describes.
    expect(JSON.parse((await served.ask('GET', '/pages/t')).body)).toEqual({ notes: [{ noteId: 'a' }, { noteId: 'b' }, { noteId: 'c' }], count: 3 });
    expect([(await served.ask('DELETE', '/notes/a')).status, (await served.ask('DELETE', '/notes/a')).status, (await served.ask('GET', '/notes/a')).status]).toEqual([204, 404, 404]);
  });

  it('read and write objects within their limits', async () => {
    const put = (bytes: string, type = 'text/plain') => served.ask('PUT', '/files/1', { 'content-type': type }, bytes);
    expect([(await put('hello')).status, (await put('x'.repeat(1025))).status, (await put('x', 'text/html')).status]).toEqual([204, 413, 415]);
    const { status, headers, body: read } = await served.ask('GET', '/files/1');
    expect([status, headers['content-type'], read]).toEqual([200, 'text/plain', 'hello']);
    expect((await served.ask('GET', '/files/2')).status).toBe(404);
    const listed = await served.ask('GET', '/files');
    expect([listed.headers['content-type'], listed.body]).toEqual(['application/xml', expect.stringContaining('<Key>f/1</Key>')]);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['no JSON', '{"a":', json, 400],
    ['another type', 'x', { 'content-type': 'text/plain' }, 400],
  ])('refuse %s', async (_, sent, headers, status) => {
    expect((await served.ask('POST', '/prices', headers, sent)).status).toBe(status);
  });

  it('tell of resources that there are, by name, and forget all when asked', async () => {
    expect(Object.keys(JSON.parse((await served.ask('GET', '/_gatewright/resources')).body) as object)).toContain('receipts');
    const unknown = await served.ask('GET', '/_gatewright/resources/nothing');
    expect([unknown.status, unknown.body]).toEqual([404, expect.stringContaining('there is clicks, events, inbox')]);
    await served.ask('POST', '/_gatewright/reset');
    expect(await contents('notes')).toEqual({ kind: 'table', items: [] });
  });
});
