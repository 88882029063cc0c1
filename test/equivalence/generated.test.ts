import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAll } from '../support/compile.js';
import { samEdge, terraformEdge } from '../support/edge.js';
import { targetsOf, type Fields } from '../support/targets.js';
import { thorough } from '../support/thorough.js';
import { differences } from './differences.js';

const maybe = <Value>(key: string, value: fc.Arbitrary<Value>): fc.Arbitrary<Fields> => fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [key]: given }));
const merged = (...parts: readonly fc.Arbitrary<Fields>[]): fc.Arbitrary<Fields> => fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Fields);

const limit = fc.record({ rate: fc.integer({ min: 1, max: 90 }), burst: fc.integer({ min: 1, max: 180 }) });
const kinds = { jobs: { kind: 'queue' }, lane: { kind: 'queue', fifo: true }, news: { kind: 'topic' }, facts: { kind: 'bus' }, clicks: { kind: 'stream' }, notes: { kind: 'table', key: { partition: 'id' } }, files: { kind: 'bucket' }, theirs: { kind: 'queue', existing: 'TheirQueue' } };
const grants = [{ jobs: 'publish' }, { lane: 'publish' }, { news: 'publish' }, { facts: 'publish' }, { clicks: 'publish' }, { notes: 'read' }, { notes: 'write' }, { files: 'read' }, { theirs: 'publish' }];
const schemes: Fields = {
  user: { type: 'http', scheme: 'bearer', 'x-gateway': { issuer: 'https://id.example.com', audience: ['shop'] } },
  member: { type: 'http', scheme: 'bearer', 'x-gateway': { function: 'check' } },
  asked: { type: 'http', scheme: 'bearer', 'x-gateway': { introspection: 'https://id.example.com/introspect', credentials: 'IdpClient' } },
  service: { type: 'apiKey', in: 'header', name: 'Authorization', 'x-gateway': { iam: true } },
};
const security = fc.constantFrom<readonly Fields[]>([], [{ user: [] }], [{ user: ['things:read'] }], [{ member: [] }], [{ asked: [] }], [{ service: [] }], [{ user: [] }, { member: [] }]);
const body = { requestBody: { required: true, content: { 'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { type: 'string', maxLength: 9 } } } } } } };

const policy = merged(
  maybe('throttle', limit), maybe('timeout', fc.integer({ min: 1, max: 20 }).map((seconds) => `${seconds}s`)),
  maybe('uses', fc.subarray(grants, { maxLength: 3 })), maybe('function', merged(maybe('memory', fc.constantFrom(256, 1024)), maybe('reservedConcurrency', fc.integer({ min: 1, max: 9 })))),
);
const operation = fc.record({ method: fc.constantFrom('get', 'post', 'put', 'delete'), path: fc.constantFrom('/', '/things', '/things/{id}', '/things/{id}/parts', '/files/{id}.{format}', '/a-b/c_d'), security, policy });

const functions = merged(
  maybe('split', fc.constantFrom('operation', 'resource', 'command-query', 'api')), maybe('architecture', fc.constantFrom('arm64', 'x86_64')), maybe('logRetention', fc.constantFrom('7d', '90d')), maybe('keepWarm', fc.record({ provisioned: fc.integer({ min: 1, max: 3 }) })),
  maybe('rollout', fc.record({ strategy: fc.constantFrom('canary', 'linear', 'all-at-once'), percent: fc.integer({ min: 1, max: 99 }), interval: fc.constantFrom('1m', '5m', '90s'), alarms: fc.subarray(['errors', 'p95 > 800ms', 'p99.9 > 2s']) })),
);
const stage = merged(maybe('throttle', limit), maybe('variables', fc.dictionary(fc.constantFrom('LEVEL', 'FLAG_2'), fc.constantFrom('debug', 'a-b.c', '1'))), maybe('domain', fc.constant('api.example.com')));

/** A document of every policy that both kinds of API have, in any combination. */
const documents = fc.record({
  gateway: merged(
    fc.constantFrom('rest', 'http', 'auto').map((protocol) => ({ protocol })), maybe('functions', functions), maybe('stages', fc.dictionary(fc.constantFrom('dev', 'prod'), stage, { minKeys: 1 })),
    maybe('cors', fc.record({ origins: fc.constantFrom(['*'], ['https://a.example'], ['https://a.example', 'https://b.example']), maxAge: fc.constant('5m') })),
    maybe('observability', fc.record({ accessLog: fc.constantFrom('json', 'none'), tracing: fc.boolean(), metrics: fc.boolean() })),
  ),
  operations: fc.uniqueArray(operation, { minLength: 1, maxLength: 6, selector: ({ method, path }) => `${method} ${path}` }),
}).map(({ gateway, operations }): Fields => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path, security: asked, policy: own } of operations) {
    (paths[path] ??= {})[method] = {
      operationId: `${method} ${path}`.replace(/\W+/g, '_').replace(/_$/, ''), security: asked, responses: { 200: { description: 'Fine.' } }, 'x-gateway': own,
      parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string', maxLength: 9 } })),
      ...(method === 'post' || method === 'put' ? body : {}),
    };
  }
  return { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, 'x-gateway': { resources: kinds, ...gateway }, paths, components: { securitySchemes: schemes }, 'x-gateway-allow': ['auth/mutation-open', 'load/no-throttle'].map((rule) => ({ rule, reason: 'The test asks for it.' })) };
});

describe('whatever a document asks for', () => {
  it('SAM and Terraform say the same', async () => {
    let compared = 0;
    await fc.assert(fc.asyncProperty(documents, async (document) => {
      // What a document may not ask for is told before anything is generated.
      if ((await compileAll({ stdin: JSON.stringify(document) }, { emitters: [] })).failed) return;
      const targets = await targetsOf(document);
      if (targets.sam.definition === undefined) return;
      const [sam, terraform] = [samEdge(targets), terraformEdge(targets)].map((edge) => differences.reduce((rest, difference) => difference.without(rest), edge));
      expect(sam).toEqual(terraform);
      compared++;
    }), { numRuns: thorough ? 300 : 40, seed: 14 });
    expect(compared, 'most documents must be ones that build').toBeGreaterThan(thorough ? 150 : 20);
  });
});
