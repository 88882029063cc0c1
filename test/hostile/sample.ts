import type { Json, JsonObject } from '../../src/base/json.js';

const text = (maxLength: number): JsonObject => ({ type: 'string', maxLength });
const json = (schema: Json, more: JsonObject = {}): JsonObject => ({ 'application/json': { schema, ...more } });
const reference = (name: string): JsonObject => ({ $ref: `#/components/${name}` });
const ok = (schema: Json): JsonObject => ({ 200: { description: 'Fine.', content: json(schema) }, default: reference('responses/Problem') });

/** A small document with something of everything: what is done to it must never fell the compiler. */
export const sample: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Lending', version: '1.0.0', description: 'Books, lent.', contact: { name: 'Us' }, license: { name: 'MIT' } },
  servers: [{ url: 'https://{region}.example.com/v1', description: 'Here', variables: { region: { default: 'eu', enum: ['eu', 'us'], description: 'Where' } } }],
  tags: [{ name: 'books', description: 'All of them' }],
  externalDocs: { url: 'https://example.com/docs', description: 'More' },
  security: [{ customer: ['books:read'] }],
  'x-gateway': {
    name: 'lending',
    protocol: 'rest',
    profiles: { cheap: { throttle: { rate: 50, burst: 100 }, timeout: '3s' } },
    defaults: { profile: 'cheap', limits: { body: '64KB' } },
    functions: { split: 'operation', runtime: 'nodejs22.x', memory: 256, logRetention: '30d' },
    resources: {
      books: { kind: 'table', key: { partition: 'shelf', sort: 'bookId' }, indexes: { byTitle: { partition: 'title' } } },
      loans: { kind: 'queue', visibility: '180s', deadLetter: { after: 3 } },
      scans: { kind: 'bucket' },
      legacy: { kind: 'http', url: 'https://legacy.example.com/v1' },
      hired: { kind: 'topic', existing: 'arn:aws:sns:eu-west-1:123456789012:hired' },
    },
    errors: { schema: '#/components/schemas/Problem', map: { BookGone: 404 } },
    headers: { request: { remove: ['x-internal-*'], set: { 'x-request-id': '$context.requestId' } }, response: { remove: ['server'], set: { 'x-frame-options': 'DENY' } } },
    cors: { origins: ['https://books.example.com', 'https://staff.example.com'], credentials: true, maxAge: '10m', expose: ['ETag'] },
    observability: { accessLog: 'json', tracing: true, metrics: true },
    stages: { dev: { variables: { LEVEL: 'debug' } }, prod: { variables: { LEVEL: 'warn' }, throttle: { rate: 500, burst: 900 } } },
  },
  paths: {
    '/books': {
      summary: 'Books',
      get: {
        operationId: 'listBooks', tags: ['books'], summary: 'All books', description: 'In order.', security: [], externalDocs: { url: 'https://example.com/books' },
        parameters: [
          { name: 'shelf', in: 'query', description: 'Which', style: 'form', explode: true, schema: { type: 'array', maxItems: 5, items: text(20) }, example: ['a'] },
          { name: 'filter', in: 'query', style: 'deepObject', explode: true, schema: { type: 'object', properties: { title: text(20) } } },
          { name: 'seen', in: 'cookie', schema: { type: 'boolean', default: false } },
        ],
        responses: { 200: { description: 'A page.', headers: { ETag: { description: 'Its mark', schema: { type: 'string' } } }, content: json({ type: 'array', items: reference('schemas/Item') }, { examples: { one: { summary: 'One', value: [] } } }) } },
      },
      post: {
        operationId: 'addBook', 'x-gateway': { throttle: { rate: 5, burst: 10 }, uses: [{ books: 'write' }], function: { memory: 512 } },
        parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: text(64) }],
        requestBody: { required: true, description: 'The book', content: json(reference('schemas/Item'), { example: { kind: 'book', title: 'It' } }) },
        responses: { 201: { description: 'Added.', links: { get: { operationId: 'getBook', parameters: { bookId: '$response.body#/bookId' } } } }, default: reference('responses/Problem') },
        callbacks: { lent: { '{$request.body#/title}': { post: { requestBody: { content: json({ type: 'object' }) }, responses: { 200: { description: 'Seen.' } } } } } },
      },
    },
    '/books/{bookId}.{format}': {
      parameters: [reference('parameters/BookId'), { name: 'format', in: 'path', required: true, schema: { type: 'string', enum: ['pdf', 'txt'] } }],
      get: { operationId: 'getBook', deprecated: true, responses: ok(reference('schemas/Book')), 'x-gateway': { version: { header: 'Api-Version', date: '2026-01-15', sunset: '2027-01-15' }, uses: [{ books: 'read' }] } },
    },
    '/loans': {
      post: {
        operationId: 'lend', security: [{ staff: [] }, { customer: ['books:read'] }],
        parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, schema: text(64) }],
        requestBody: { required: true, content: json({ type: 'object', required: ['bookId'], properties: { bookId: text(40), days: { type: 'integer', minimum: 1, maximum: 30, default: 14 } }, additionalProperties: false }) },
        responses: { 202: { description: 'It will be lent.', headers: { Location: { schema: { type: 'string' } } } }, default: reference('responses/Problem') },
        'x-gateway': { async: { through: 'loans', acknowledge: 202, tracking: '$context.requestId', status: 'getLoan', idempotencyKey: '$request.header.Idempotency-Key', retry: { attempts: 3, backoff: '30s' } } },
      },
    },
    '/loans/{loanId}': {
      get: { operationId: 'getLoan', parameters: [{ name: 'loanId', in: 'path', required: true, schema: text(40) }], responses: ok({ type: 'object', properties: { state: { const: 'lent' } } }) },
    },
    '/scans': {
      put: {
        operationId: 'scan', security: [{ partner: [] }],
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object', properties: { page: { type: 'string', format: 'binary' }, note: text(9) } }, encoding: { page: { contentType: 'image/png', headers: { 'X-Part': { schema: { type: 'string' } } } } } } } },
        responses: ok({ type: 'object' }), 'x-gateway': { throttle: { rate: 1, burst: 2 }, errors: { map: { Blurred: 422 } } },
      },
    },
    '/notices': {
      post: {
        operationId: 'notify', security: [{ staff: [] }], requestBody: { required: true, content: json({ type: 'object', properties: { title: text(40) } }) },
        responses: { 202: { description: 'Told.' }, default: reference('responses/Problem') },
        'x-gateway': { integration: { topic: 'hired', subject: 'About {$request.body#/title}' }, request: { title: '$request.body#/title', from: 'us' }, 'x-note': 1 },
      },
    },
    '/health': {
      get: { operationId: 'health', security: [], responses: { 200: { description: 'Up.', content: json({ type: 'object' }, { examples: { up: { value: { state: 'up' } } } }) } }, 'x-gateway': { integration: { mock: { status: 200, example: 'up' } } } },
    },
  },
  components: {
    parameters: { BookId: { name: 'bookId', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z0-9]+$', maxLength: 40 } } },
    responses: { Problem: { description: 'What went wrong.', content: { 'application/problem+json': { schema: reference('schemas/Problem') } } } },
    schemas: {
      Book: { type: 'object', title: 'A book', description: 'Bound.', required: ['kind', 'title'], properties: { kind: { type: 'string', const: 'book' }, title: { type: ['string', 'null'], maxLength: 40, examples: ['It'] }, price: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 }, parts: { type: 'array', maxItems: 9, items: reference('schemas/Book') } } },
      Map: { type: 'object', required: ['kind'], properties: { kind: { const: 'map' }, scale: { type: 'integer', enum: [1, 2] } }, patternProperties: { '^x-': text(9) }, propertyNames: text(9) },
      Item: { oneOf: [reference('schemas/Book'), reference('schemas/Map')], discriminator: { propertyName: 'kind', mapping: { book: '#/components/schemas/Book', map: 'Map' } } },
      Problem: { type: 'object', required: ['title', 'status'], properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string', default: 'None.' } } },
    },
    securitySchemes: {
      customer: { type: 'oauth2', description: 'People', flows: { clientCredentials: { tokenUrl: 'https://id.example.com/token', scopes: { 'books:read': 'Read' } } }, 'x-gateway': { issuer: 'https://id.example.com/', audience: ['books'], algorithms: ['RS256'], keys: 'https://id.example.com/jwks' } },
      staff: { type: 'http', scheme: 'bearer', bearerFormat: 'opaque', 'x-gateway': { function: 'staffAuthorizer', identity: ['$request.header.Authorization'], cacheTtl: '60s' } },
      partner: { type: 'apiKey', in: 'header', name: 'x-api-key', 'x-gateway': { plans: { basic: { rate: 2, burst: 4, quota: { limit: 100, per: 'day' } } } } },
    },
  },
};

export type Path = readonly (string | number)[];

/** Every place of a value, the whole first. */
export const placesIn = (value: Json, path: Path = []): Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value as Record<string, Json>).flatMap(([key, item]) => placesIn(item, [...path, Array.isArray(value) ? Number(key) : key]))
    : []),
];

export const valueAt = (value: Json, path: Path): Json => path.reduce<Json>((inner, key) => (inner as Record<string | number, Json>)[key] as Json, value);

/** A copy with another value at a place. */
export const replaced = (value: Json, [key, ...rest]: Path, by: Json): Json => {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as readonly Json[])] : { ...(value as object) }) as Record<string | number, Json>;
  copy[key] = replaced(copy[key] as Json, rest, by);
  return copy as unknown as Json;
};
