import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import type { Api } from '../../src/ir/index.js';
import { apiOf } from '../support/generated.js';
import { hasMoto, startMoto, type Moto } from '../support/moto.js';
import { play, type Asked as Sent } from '../support/played.js';
import { hasVelocity } from '../support/velocity.js';

const available = hasVelocity && hasMoto;
if (!available) console.warn('LEFT OUT: Apache Velocity or moto is not here, and no call of a table was made');

const document = `
openapi: 3.1.0
info: { title: T, version: '1' }
x-gateway: { protocol: rest, resources: { things: { kind: table, key: { partition: owner, sort: id }, indexes: { byKind: { partition: kind, sort: id } } } } }
security: []
paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: owner, in: header, required: true, schema: { type: string } }, { name: count, in: query, schema: { type: integer } }]
    put:
      operationId: putThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '204': { description: ok } }
      x-gateway: { integration: { table: things, action: put, key: { owner: $request.header.owner, id: $request.path.id } } }
    post:
      operationId: addThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '201': { description: ok, content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }, default: { $ref: '#/components/responses/Not' } }
      x-gateway: { integration: { table: things, action: put, key: { owner: $request.header.owner, id: $request.path.id }, item: { kind: 'k#1 $$', note: 'of {$request.path.id}', count: $request.query.count, list: ['$request.body#/text', null, 1.5, '$request.query.count'] }, condition: absent } }
    get:
      operationId: getThing
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Stored' } } } }, default: { $ref: '#/components/responses/Not' } }
      x-gateway: { integration: { table: things, action: get, key: { owner: $request.header.owner, id: $request.path.id } } }
    patch:
      operationId: changeThing
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Stored' } } } }, default: { $ref: '#/components/responses/Not' } }
      x-gateway: { integration: { table: things, action: update, key: { owner: $request.header.owner, id: $request.path.id }, set: { text: '$request.body#/text', size: '$request.body#/size' }, condition: present } }
    delete:
      operationId: deleteThing
      responses: { '204': { description: ok }, default: { $ref: '#/components/responses/Not' } }
      x-gateway: { integration: { table: things, action: delete, key: { owner: $request.header.owner, id: $request.path.id }, condition: { kind: 'k#1 $$' } } }
  /things:
    parameters: [{ name: owner, in: header, required: true, schema: { type: string } }]
    get:
      operationId: listThings
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { things: { type: array, items: { $ref: '#/components/schemas/Stored' } }, count: { type: integer } } } } } } }
      x-gateway: { integration: { table: things, action: query, key: { owner: $request.header.owner } } }
  /all:
    get:
      operationId: allThings
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Stored' } } } } } }
      x-gateway: { integration: { table: things, action: scan, reason: 'There are three.' } }
components:
  responses: { Not: { description: not, content: { application/problem+json: { schema: { type: object } } } } }
  schemas:
    Thing:
      type: object
      properties: { text: { type: string }, size: { type: number }, ok: { type: boolean }, none: { type: [string, 'null'] }, tags: { type: array, items: { type: string } }, rows: { type: array, items: { type: object, properties: { a: { type: integer }, b: { type: array, items: { type: number } } } } }, inner: { type: object, properties: { "it is": { type: string }, deep: { type: object, properties: { n: { type: integer } } } } } }
    Stored:
      allOf: [{ $ref: '#/components/schemas/Thing' }, { type: object, properties: { owner: { type: string }, id: { type: string }, kind: { type: string }, note: { type: string }, count: { type: integer }, list: { type: array, items: { type: [string, number, 'null'] } } } }]
`;

const text = fc.oneof(fc.constantFrom('', "it's", 'say "hi"', 'a\\', 'line\nbreak', '$x ${y} #if(1) ##', '","admin":{"BOOL":true},"x":"', 'é🙂', '\u0000\u2028', "\\'", '1.0', 'true', 'null', '[]'), fc.string({ unit: 'binary', maxLength: 12 }).map((each) => each.replace(/[\ud800-\udfff]/g, '')));
const number = fc.oneof(fc.integer(), fc.constantFrom(0, 0.5, -2.25, 1e7, 12345678.5, 1e-5));
const thing = fc.record({
  text, size: number, ok: fc.boolean(), none: fc.option(text, { nil: null }), tags: fc.array(text, { maxLength: 3 }),
  rows: fc.array(fc.record({ a: fc.integer(), b: fc.array(number, { maxLength: 2 }) }, { requiredKeys: [] }), { maxLength: 3 }), inner: fc.record({ 'it is': text, deep: fc.record({ n: fc.integer() }, { requiredKeys: [] }) }, { requiredKeys: [] }),
}, { requiredKeys: [] });

interface Asked { readonly operation: string; readonly id: string; readonly body?: Json; readonly count?: number }
const owner = 'o\'"1';
const sent = ({ operation, id, body, count }: Asked): Sent => ({
  operation, path: { id: encodeURIComponent(id) }, headers: { owner }, ...(count === undefined ? {} : { query: { count: String(count) } }), ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

describe.runIf(available)('calls of a table, as Apache Velocity prints them and the emulated service takes them', () => {
  let api: Api;
  let moto: Moto;
  beforeAll(async () => {
    [api, moto] = await Promise.all([apiOf(document), startMoto()]);
    const key = (partition: string) => [{ AttributeName: partition, KeyType: 'HASH' as const }, { AttributeName: 'id', KeyType: 'RANGE' as const }];
    await new DynamoDBClient({ endpoint: moto.url, region: 'eu-west-1', credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } }).send(new CreateTableCommand({
      TableName: 'name:things', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: ['owner', 'id', 'kind'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: key('owner'), GlobalSecondaryIndexes: [{ IndexName: 'byKind', KeySchema: key('kind'), Projection: { ProjectionType: 'ALL' } }],
    }));
  }, 60_000);
  afterAll(() => moto?.stop());

  const ask = async (all: readonly Asked[]) => (await play(api, moto)(all.map(sent))).map(({ status, text: answer, fault }) => ({ status, fault, body: answer.trim() === '' ? undefined : (JSON.parse(answer) as unknown) }));

  it('store what the document means, whatever it holds, and answer it', async () => {
    const things = fc.sample(thing, { numRuns: 400, seed: 4 });
    await ask(things.map((body, index) => ({ operation: 'putThing', id: `id ${index}`, body })));
    const found = await ask(things.map((_, index) => ({ operation: 'getThing', id: `id ${index}` })));
    expect(found.flatMap(({ status, body }, index) => {
      const want = { ...things[index], owner, id: `id ${index}` };
      try { expect([status, body]).toEqual([200, want]); return []; } catch { return [{ want, body, status }]; }
    }).slice(0, 2)).toEqual([]);
  }, 120_000);

  it('answer 409 to what is there, 404 to what is not, and nothing of the service', async () => {
    const asked: readonly (readonly [Asked, number, string?])[] = [
      [{ operation: 'addThing', id: "n'1", body: { text: 'x' }, count: 7 }, 201],
      [{ operation: 'addThing', id: "n'1", body: { text: 'x' } }, 409, 'conflict'],
      [{ operation: 'getThing', id: 'nothing' }, 404, 'missing'],
      [{ operation: 'changeThing', id: 'nothing', body: { text: 'x' } }, 404, 'missing'],
      [{ operation: 'changeThing', id: "n'1", body: { text: "y'" } }, 200],
      [{ operation: 'changeThing', id: "n'1", body: { size: 3 } }, 200],
      [{ operation: 'deleteThing', id: 'id 1' }, 409, 'conflict'],
    ];
    const answers = await ask(asked.map(([each]) => each));
    expect(answers.map(({ status }) => status)).toEqual(asked.map(([, status]) => status));
    expect(answers.map(({ fault }) => fault)).toEqual(asked.map(([, , fault]) => fault));
    expect(JSON.stringify(answers)).not.toMatch(/Exception|conditional/i);
    expect(answers[0]?.body).toEqual({ id: "n'1" });
    expect(answers[4]?.body).toMatchObject({ text: "y'", note: "of n'1", kind: 'k#1 $', count: 7, list: ['x', null, 1.5, 7] });
  });

  it('delete under a condition, and read several', async () => {
    const [gone, list, all] = await ask([{ operation: 'deleteThing', id: "n'1" }, { operation: 'listThings', id: '' }, { operation: 'allThings', id: '' }]);
    expect(gone).toMatchObject({ status: 204, body: undefined });
    const { things, count } = list?.body as { things: object[]; count: number };
    expect([things.length, count]).toEqual([100, 100]);
    expect((all?.body as object[]).length).toBe(100);
  });
});
