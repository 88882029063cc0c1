import { expect, test } from 'vitest';
import { createLocator } from '../../src/diagnostics/locate.js';
import { lowerInput } from '../lower-openapi/support.js';
import { folderWith, minimal } from './support.js';

const overlay = (actions: string): string => `overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n${actions}`;
const apply = (actions: string, api = minimal): ReturnType<typeof lowerInput> =>
  lowerInput('api.yaml', { cwd: folderWith({ 'api.yaml': api, 'o.yaml': actions.startsWith('overlay') || actions.startsWith('x') ? actions : overlay(actions) }), overlays: ['o.yaml'] });

test('objects merge, lists grow, values are replaced, removals remove', async () => {
  const api = minimal.replace('operationId: getA', 'operationId: getA\n      summary: old\n      tags: [a, b]\n      deprecated: true');
  const { lowered, diagnostics } = await apply(`
  - target: $.paths['/a'].get
    update: { summary: new, tags: [c], x-gateway: { timeout: 5s } }
  - target: $.paths['/a'].get.tags
    update: d
  - target: $.paths['/a'].get.deprecated
    remove: true
  - target: $.paths['/a'].get.tags[?@ == 'a']
    remove: true
`, api);
  expect(diagnostics).toEqual([]);
  expect(lowered?.operations[0]?.shape).toMatchObject({ summary: 'new', tags: ['b', 'c', 'd'], deprecated: false });
  expect(lowered?.operations[0]?.operation.get('x-gateway')?.value).toEqual({ timeout: '5s' });
});

test('a fault in what an overlay brought is told in the overlay', async () => {
  const { diagnostics, document, sources } = await apply("  - target: $.paths['/a'].get\n    update:\n      deprecated: 'yes'\n");
  const locate = createLocator(sources, document?.origins);
  expect(diagnostics.map(({ code, at }) => [code, locate(at).file, locate(at).line])).toEqual([['document/wrong-type', 'o.yaml', 6]]);
});

test('items behind a removed one are still told where they were written', async () => {
  const api = minimal.replace('operationId: getA', "operationId: getA\n      parameters:\n        - { name: a, in: query, schema: { type: string } }\n        - { name: b, in: query, schema: { type: strin } }");
  const { diagnostics, document, sources } = await apply("  - target: $.paths['/a'].get.parameters[0]\n    remove: true\n", api);
  const locate = createLocator(sources, document?.origins);
  expect(diagnostics.map(({ code, at }) => [code, locate(at).line])).toEqual([['schema/unknown-type', 10]]);
});

test('values that a YAML alias shares change apart', async () => {
  const api = `${minimal}  /b: &b\n    get: { responses: { '204': { description: Done } } }\n  /c: *b\n`;
  const { lowered } = await apply("  - target: $.paths['/b'].get\n    update: { summary: b }\n", api);
  expect(lowered?.operations.map(({ shape }) => [shape.path.text, shape.summary])).toEqual([['/a', undefined], ['/b', 'b'], ['/c', undefined]]);
});

test.each<[string, string, string, boolean]>([
  ['a target that matches nothing', "  - { target: \"$.paths['/z']\", update: {} }\n", 'overlay/unmatched', true],
  ['a target that is no JSONPath', '  - { target: "$.paths[", update: {} }\n', 'overlay/target', false],
  ['an update of a text', '  - { target: $.info.title, update: X }\n', 'overlay/target', false],
  ['the removal of everything', '  - { target: $, remove: true }\n', 'overlay/target', false],
  ['an action without a target', '  - { update: {} }\n', 'overlay/shape', false],
  ['an action that does nothing', '  - { target: $.info }\n', 'overlay/shape', false],
  ['another version', 'overlay: 2.0.0\nactions: []\n', 'overlay/shape', false],
  ['another file', 'x: 1\n', 'overlay/shape', false],
])('%s', async (_, actions, code, loads) => {
  const { diagnostics, document } = await apply(actions);
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  expect(document !== undefined).toBe(loads);
});
