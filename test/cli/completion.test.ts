import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../src/cli/lsp/completion.js';
import { compileAll } from '../support/compile.js';
import { root } from '../support/cli.js';

/** What is offered at the `|` of a text, and the text after the first of it was taken. */
const at = (marked: string, api?: Parameters<typeof completionsAt>[2]) => {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const lines = marked.replace('|', '').split('\n');
  const cursor = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const items = completionsAt(lines, cursor, api);
  const taken = (label: string): string | undefined => {
    const edit = items.find((item) => item.label === label)?.textEdit;
    if (!edit || !('range' in edit)) return undefined;
    const line = lines[cursor.line] ?? '';
    return line.slice(0, edit.range.start.character) + edit.newText + line.slice(edit.range.end.character);
  };
  return { labels: items.map(({ label }) => label), taken };
};

const head = "openapi: 3.1.0\ninfo: { title: Things, version: '1' }\nx-gateway:\n  resources:\n    jobs: { kind: queue }\n    later: { kind: queue }\n    sky: { kind: bucket }\npaths:\n  /things/{id}:\n    post:\n      operationId: addThing\n";

describe('completion', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['keys of an operation', `${head}      x-gateway:\n        ti|`, ['timeout', 'throttle', 'integration', 'cache'], ['protocol', 'resources']],
    ['keys of an operation, on an empty line between others', `${head}      x-gateway:\n        timeout: 5s\n        |\n        throttle: { rate: 1, burst: 1 }\n      responses: {}`, ['integration'], ['timeout', 'throttle']],
    ['keys in braces', `${head}      x-gateway: { timeout: 5s, thr| }\n`, ['throttle'], ['timeout']],
    ['keys in braces that are not closed', `${head}      x-gateway: { throttle: { rate: 5, |`, ['burst', 'per'], ['rate', 'timeout']],
    ['keys of the whole', 'openapi: 3.1.0\nx-gateway:\n  |\n', ['protocol', 'resources', 'stages'], ['throttle']],
    ['keys of a path', 'openapi: 3.1.0\npaths:\n  /a:\n    x-gateway:\n      |\n', ['timeout'], ['resources']],
    ['keys of a scheme', 'openapi: 3.1.0\ncomponents:\n  securitySchemes:\n    a:\n      type: http\n      x-gateway:\n        iss|\n', ['issuer'], ['throttle']],
    ['keys of a path in a file of its own', 'post:\n  operationId: addThing\n  x-gateway:\n    |\n', ['integration'], ['resources']],
    ['the extension itself', `${head}      |\n`, ['x-gateway', 'x-gateway-allow'], ['timeout']],
    ['variants by key', `${head}      x-gateway:\n        integration:\n          |\n`, ['queue', 'table', 'function'], []],
    ['the other keys of a variant', `${head}      x-gateway:\n        integration:\n          queue: jobs\n          |\n`, ['group', 'dedupe'], ['table', 'queue']],
    ['what a resource may be', 'openapi: 3.1.0\nx-gateway:\n  resources:\n    jobs:\n      kind: |\n', ['queue', 'table'], []],
    ['keys of a resource of that kind', 'openapi: 3.1.0\nx-gateway:\n  resources:\n    jobs:\n      kind: queue\n      |\n', ['fifo', 'deadLetter'], ['shards', 'kind']],
    ['choices', `${head}      x-gateway:\n        throttle:\n          per: |\n`, ['route', 'client', 'key'], []],
    ['choices in quotes', `${head}      x-gateway:\n        throttle:\n          per: "c|"\n`, ['client'], []],
    ['items of a list', 'openapi: 3.1.0\nx-gateway:\n  cors:\n    methods:\n      - |\n', ['GET', 'DELETE'], []],
    ['items of a list in brackets', 'openapi: 3.1.0\nx-gateway:\n  cors:\n    methods: [GET, D|]\n', ['DELETE'], []],
    ['resources of the kind that is meant', `${head}      x-gateway:\n        integration: { queue: | }\n`, ['jobs', 'later'], ['sky']],
    ['codes that are accepted', `${head}      x-gateway-allow:\n        - rule: |\n`, ['auth/open'], []],
    ['the same in JSON', '{ "openapi": "3.1.0", "x-gateway": { "defaults": { "ti|" } } }', ['timeout'], ['protocol']],
    ['values in JSON', '{ "openapi": "3.1.0", "x-gateway": { "protocol": "|" } }', ['rest', 'http', 'auto'], []],
  ])('offers %s', (_, text, offered, not) => {
    const { labels } = at(text);
    expect(labels).toEqual(expect.arrayContaining([...offered]));
    for (const label of not) expect(labels).not.toContain(label);
  });

  it.each(['openapi: 3.1.0\n|', `${head}      summary: x-|`, 'a: [', '|', 'openapi: 3.1.0\nx-gateway:\n  resources:\n    |'])('offers nothing of the gateway where nothing of it stands: %j', (text) => {
    expect(at(text.includes('|') ? text : `${text}|`).labels.filter((label) => !label.startsWith('x-gateway'))).toEqual([]);
  });

  it('offers what an operation’s requests have where an expression is begun', async () => {
    const path = join(root, 'specs/orders/openapi.yaml');
    const { api } = await compileAll(path);
    const text = readFileSync(path, 'utf8');
    const integration = /\n {4}post:\n {6}operationId: placeOrder\n/;
    expect(text).toMatch(integration);
    const { labels } = at(text.replace(integration, '$&      x-gateway:\n        request: { of: $request.| }\n'), api);
    expect(labels).toEqual(expect.arrayContaining(['$request.body', '$context.requestId', '$auth.principalId']));
    expect(labels.some((label) => label.startsWith('$request.body#/'))).toBe(true);
  });

  it('writes a key with its colon, over what was begun, and no second one', () => {
    expect(at(`${head}      x-gateway:\n        ti|mey`).taken('timeout')).toBe('        timeout: ');
    expect(at(`${head}      x-gateway:\n        thr|`).taken('throttle')).toBe('        throttle:');
    expect(at(`${head}      x-gateway:\n        ti|: 5s`).taken('timeout')).toBe('        timeout: 5s');
    expect(at('{ "openapi": "3.1.0", "x-gateway": { "defaults": { "ti|" } } }').taken('timeout')).toBe('{ "openapi": "3.1.0", "x-gateway": { "defaults": { "timeout" } } }');
    expect(at(`${head}      x-gateway: { integration: { queue: la| } }`).taken('later')).toBe('      x-gateway: { integration: { queue: later } }');
  });
});
