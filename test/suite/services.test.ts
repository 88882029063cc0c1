import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

interface Told { readonly total: { readonly kept: number }; readonly cases: readonly { readonly operation: string; readonly promise: string; readonly name: string; readonly outcome: string; readonly message?: string }[] }

const tryOut = (spec: string, out: string): { readonly code: number; readonly told: Told } => {
  const run = gatewright(['test', spec, '--out', out, '--format', 'json']);
  return { code: run.code, told: JSON.parse(run.out) as Told };
};

describe('the suite of an API that needs no code, or hardly any', () => {
  it.each<[string, string[], Record<string, string>?]>([
    ['queue', ['the same header.Idempotency-Key again is the same work, and another is another', 'what fails 3 times is kept apart, and nothing before']],
    ['table', ['changeNote changes one, and leaves the other alone']],
    ['bucket', ['the link takes a file']],
    ['intake', ['the same header.Idempotency-Key again is the same work, and another is another', 'what fails 4 times is kept apart, and nothing before'], {
      'get-parcel': "import { getParcel } from '../generated/contract/get-parcel.js';\nexport const handler = getParcel(async ({ params }) => ({ status: 200, body: { parcelId: params.parcelId } }));\n",
    }],
  ])('%s keeps its promises', (name, among, handlers = {}) => {
    const out = scratch();
    mkdirSync(join(out, 'handlers'), { recursive: true });
    for (const [file, text] of Object.entries(handlers)) writeFileSync(join(out, 'handlers', `${file}.ts`), text);
    const { told: { cases }, code } = tryOut(join(root, 'specs', name, 'openapi.yaml'), out);
    expect(cases.filter(({ outcome }) => outcome === 'broken').map(({ message }) => message)).toEqual([]);
    expect(cases.filter(({ outcome }) => outcome === 'kept').map((each) => each.name)).toEqual(expect.arrayContaining(among));
    expect(code).toBe(0);
  });
});

const document = `
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
x-gateway: { protocol: rest, cors: { origins: ['https://a.example.com', 'https://b.example.com'], expose: [etag] } }
security: []
paths:
  /things:
    get:
      operationId: listThings
      responses: { '200': { description: All of them., content: { application/json: { schema: { type: array, items: { type: string } }, example: [one] } } } }
      x-gateway: { integration: { mock: { status: 200 } } }
    put:
      operationId: makeThing
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [code], properties: { code: { type: string, maxLength: 9, pattern: '^(?!.*)x$' } } } } } }
      responses: { '204': { description: Made. } }
      x-gateway: { throttle: { rate: 5, burst: 10 }, integration: { mock: { status: 204 } } }
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 9 } }]
      responses:
        '200':
          description: It.
          content: { application/json: { schema: { type: object, properties: { id: { type: string } } }, example: { id: one } } }
          links: { again: { operationId: getThing, parameters: { id: $response.body#/id } } }
      x-gateway: { integration: { mock: { status: 200 } } }
`;

const certified = `
openapi: 3.1.0
info: { title: Certified, version: 1.0.0 }
x-gateway: { protocol: rest, stages: { prod: { domain: api.example.com } } }
security: [{ partner: [] }]
components: { securitySchemes: { partner: { type: mutualTLS, x-gateway: { truststore: trust.pem } } } }
paths:
  /things:
    get:
      operationId: listThings
      responses: { '200': { description: All of them., content: { application/json: { schema: { type: array, items: { type: string } }, example: [one] } } } }
      x-gateway: { integration: { mock: { status: 200 } } }
`;

it('callers with client certificates are let in, and nobody else', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'openapi.yaml'), certified);
  const { told: { cases }, code } = tryOut(join(folder, 'openapi.yaml'), join(folder, 'out'));
  expect([code, cases.filter(({ outcome }) => outcome === 'broken')]).toEqual([0, []]);
  expect(cases.filter(({ outcome }) => outcome === 'kept').map(({ promise }) => promise)).toEqual(expect.arrayContaining(['answers', 'callers']));
});

describe('a report', () => {
  const folder = scratch();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.yaml'), document);
  const { told: { cases } } = tryOut(join(folder, 'openapi.yaml'), join(folder, 'out'));

  it('tells by name what nothing is tried out of, and why', () => {
    expect(cases.filter(({ outcome }) => outcome === 'left-out').map(({ operation, name, message }) => [operation, name, message])).toEqual([
      ['makeThing', 'any request', 'no request can be made up: no body was found that its schema takes'],
      ['getThing', 'the link again to getThing', 'no test goes by this link: a GET makes nothing'],
    ]);
  });

  it('holds answers that no function gives to what pages may read', () => {
    expect(cases.filter(({ promise }) => promise === 'browsers').map(({ operation, name, outcome }) => [operation, name, outcome])).toEqual(expect.arrayContaining([
      ['listThings', 'the answer to a page that may call says so', 'kept'], ['getThing', 'the answer to a page that may call says so', 'kept'],
    ]));
    expect(cases.filter(({ outcome }) => outcome === 'broken').map(({ message }) => message)).toEqual([]);
  });
});
