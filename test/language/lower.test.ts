import { describe, expect, it } from 'vitest';
import { lowerSpec } from './support.js';
import type { Api } from '../../src/ir/index.js';

const api = async (path: string): Promise<Api> => {
  const { lowered } = await lowerSpec(path);
  if (!lowered) throw new Error(`${path} did not lower`);
  return lowered.api;
};

const things = (gateway: object, policies: Readonly<Record<string, object>> = {}): string => {
  const operation = (id: string): object => ({ operationId: id, responses: { 200: { description: 'Done.' } }, ...(policies[id] ? { 'x-gateway': policies[id] } : {}) });
  return JSON.stringify({
    openapi: '3.1.0', info: { title: 'The Things API', version: '1' }, security: [], 'x-gateway': gateway,
    paths: { '/': { get: operation('home') }, '/things': { get: operation('listThings'), post: operation('addThing') }, '/things/{id}/parts': { get: { ...operation('listParts'), parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] } } },
  });
};
const functionsOf = async (gateway: object, policies?: Readonly<Record<string, object>>): Promise<Readonly<Record<string, readonly string[]>>> => {
  const { lowered } = await lowerSpec({ stdin: things(gateway, policies) });
  return Object.fromEntries([...(lowered?.api.functions.values() ?? [])].map(({ name, operations }) => [name, operations]));
};

describe('functions', () => {
  it.each<[string, object, Readonly<Record<string, object>>, object]>([
    ['one an operation', {}, {}, { home: ['home'], 'list-things': ['listThings'], 'add-thing': ['addThing'], 'list-parts': ['listParts'] }],
    ['one a resource', { functions: { split: 'resource' } }, {}, { root: ['home'], things: ['listThings', 'addThing', 'listParts'] }],
    ['reads and writes', { functions: { split: 'command-query' } }, {}, { queries: ['home', 'listThings', 'listParts'], commands: ['addThing'] }],
    ['one for all', { functions: { split: 'api' } }, {}, { api: ['home', 'listThings', 'addThing', 'listParts'] }],
    ['groups and isolated ones', { functions: { split: 'api' } }, { home: { function: { isolate: true } }, addThing: { function: { group: 'writes' } } }, { home: ['home'], writes: ['addThing'], api: ['listThings', 'listParts'] }],
    ['none for what the gateway answers itself', { functions: { split: 'api' } }, { home: { integration: { mock: { status: 200 } } } }, { api: ['listThings', 'addThing', 'listParts'] }],
  ])('%s', async (_, gateway, policies, want) => expect(await functionsOf(gateway, policies)).toEqual(want));

  it('one that serves several gets the most that any asks', async () => {
    const { lowered } = await lowerSpec({ stdin: things({ functions: { split: 'api' } }, { home: { timeout: '20s' }, addThing: { function: { memory: 1024 } } }) });
    expect(lowered?.api.functions.get('api')?.settings).toMatchObject({ memoryMb: 1024, timeoutMs: 20_000, runtime: 'nodejs22.x', architecture: 'arm64', logRetentionDays: 30 });
  });
});

describe('the tour', () => {
  it('has the backends it describes', async () => {
    const { operations } = await api('specs/orders/openapi.yaml');
    const backends = Object.fromEntries([...operations.values()].map(({ id, integration: { backend, flow } }) => [id, `${backend.kind === 'service' ? backend.call : backend.kind === 'function' && backend.task ? `${backend.task.action} link` : backend.kind}, ${flow.kind}`]));
    expect(backends).toMatchObject({
      listProducts: 'function, wait', deleteOrder: 'delete-item, wait', shipOrder: 'send-message, accept', uploadReceipt: 'upload link, wait',
      checkOut: 'run-and-wait, wait', getHealth: 'static, wait', getLegacyDocument: 'http, wait',
    });
  });

  it('puts work off to a worker that fits its queue', async () => {
    const { workers, operations } = await api('specs/orders/openapi.yaml');
    expect(operations.get('shipOrder')?.integration.flow).toMatchObject({ kind: 'accept', acknowledge: 202, status: 'getShipment', worker: 'fulfilment', retry: { attempts: 5, backoffMs: 30_000 } });
    expect(workers.get('fulfilment')).toMatchObject({ source: 'fulfilment', operations: ['shipOrder'], settings: { timeoutMs: 30_000 } });
  });

  it('says who checks what', async () => {
    const { schemes, authorizers } = await api('specs/orders/openapi.yaml');
    expect(schemes.get('customer')?.check).toMatchObject({ kind: 'jwt', issuer: 'https://id.example.com/', audience: ['orders-api'], algorithms: ['RS256'], clockSkewSeconds: 30 });
    expect(schemes.get('operator')?.check).toEqual({ kind: 'function', function: 'operator-authorizer', identity: [{ in: 'header', name: 'authorization' }], cacheTtlSeconds: 60 });
    expect(schemes.get('partner')?.check).toMatchObject({ kind: 'plans', plans: [{ name: 'basic', rate: 2, burst: 4, quota: { limit: 1000, per: 'day' } }] });
    expect([...authorizers.keys()]).toEqual(['operator-authorizer']);
  });

  it('merges headers and mapped errors into each policy', async () => {
    const policy = (await api('specs/orders/openapi.yaml')).operations.get('listOrders')?.policy;
    expect(policy?.headers.request.remove).toEqual(['x-internal-*']);
    expect(policy?.headers.request.set.get('x-request-id')).toMatchObject({ source: { kind: 'context', name: 'requestId' } });
    expect([...(policy?.errors ?? [])].map(([name, { status }]) => `${name} ${status}`)).toEqual(['OrderNotFound 404', 'OutOfStock 409', 'VersionConflict 409']);
  });
});

describe('the kind of gateway', () => {
  it('is the cheaper one unless something needs the other, and says what', async () => {
    expect((await api('specs/claims/openapi.yaml')).protocol).toEqual({ kind: 'http', asked: 'auto', because: [] });
    const { kind, because } = (await api('specs/topic/openapi.yaml')).protocol;
    expect([kind, because[0]?.reason]).toEqual(['rest', 'a REST API is needed for publishing to a topic without a function']);
  });
});

describe('the error envelope', () => {
  const envelope = async (properties: object, required: readonly string[] = []): Promise<Readonly<Record<string, unknown>>> => {
    const text = JSON.stringify({ ...JSON.parse(things({ errors: { schema: '#/components/schemas/Fault' } })) as object, components: { schemas: { Fault: { type: 'object', required, properties } } } });
    const { lowered } = await lowerSpec({ stdin: text });
    return Object.fromEntries((lowered?.api.errors.fields ?? []).map(({ name, value }) => [name, value.kind === 'literal' ? [value.value] : value.kind]));
  };
  it.each<[string, object, object]>([
    ['by name and type', { code: { type: 'string' }, message: { type: 'string' }, request_id: { type: 'string' } }, { code: 'code', message: 'detail', request_id: 'request-id' }],
    ['a number called code', { code: { type: 'integer' }, status: { type: 'string' } }, { code: 'status', status: 'status-text' }],
    ['constants and defaults', { kind: { const: 'fault' }, version: { type: 'integer', default: 2 } }, { kind: ['fault'], version: [2] }],
    ['lists of single faults', { details: { type: 'array', items: { type: 'object' } } }, { details: 'errors' }],
    ['what nothing fills is left out', { planet: { type: 'string' } }, {}],
  ])('%s', async (_, properties, want) => expect(await envelope(properties)).toEqual(want));
  it('is a problem of RFC 9457 unless said', async () => {
    expect((await api('specs/claims/openapi.yaml')).errors).toMatchObject({ mediaType: 'application/problem+json' });
  });
});

describe('an integration takes what was written', () => {
  it.each([
    ['queue', 'addEntry', ['group', 'dedupe']],
    ['queue', 'sendFeedback', ['delay']],
    ['topic', 'publishNotice', ['subject', 'attributes']],
    ['bus', 'placeOrder', ['source', 'detailType']],
    ['stream', 'recordClick', ['partitionKey']],
    ['workflow', 'startReturn', ['name']],
    ['table', 'addNote', ['item', 'key', 'condition']],
    ['table', 'listNotes', ['order', 'key', 'limit']],
    ['bucket', 'getAvatar', ['key']],
  ])('%s: %s', async (spec, id, names) => {
    const backend = (await api(`specs/${spec}/openapi.yaml`)).operations.get(id)?.integration.backend;
    expect(backend?.kind === 'service' ? [...backend.input.keys()] : backend).toEqual(names);
  });

  it('bucket: signUpload, as a function that nobody writes, and may do nothing else', async () => {
    const operation = (await api('specs/bucket/openapi.yaml')).operations.get('signUpload');
    expect(operation?.integration.backend).toMatchObject({ kind: 'function', task: { action: 'upload', bucket: 'documents', expiresSeconds: 900, maxBytes: 50 * 1024 * 1024, types: ['application/pdf', 'image/png'] } });
    expect(operation?.policy.uses).toMatchObject([{ resource: 'documents', access: 'write', keys: 'documents/*' }]);
  });
});

describe('a fault is told once', () => {
  it.each([
    ['a resource that is described wrongly is not unknown as well', { resources: { jobs: { kind: 'queu' } } }, { uses: [{ jobs: 'publish' }] }, ['gateway/unknown-value']],
    ['a check that is written wrongly is not missing as well', {}, { cache: { ttl: 5 } }, ['gateway/wrong-type']],
    ['an unknown profile', { defaults: { profile: 'chaep' } }, {}, ['gateway/unknown-profile']],
  ])('%s', async (_, gateway, policy, want) => {
    const { diagnostics } = await lowerSpec({ stdin: things(gateway, { home: policy }) });
    expect(diagnostics.map(({ code }) => code)).toEqual(want);
  });
});
