import { describe, expect, test } from 'vitest';
import { defineDiagnostic, type Diagnostic } from '../../src/diagnostics/define.js';
import { createLocator } from '../../src/diagnostics/locate.js';
import { renderGithub } from '../../src/diagnostics/render/github.js';
import { renderJson } from '../../src/diagnostics/render/json.js';
import { renderSarif } from '../../src/diagnostics/render/sarif.js';
import { renderTerminal } from '../../src/diagnostics/render/terminal.js';

const yaml = 'a:\n  b: one\n  list:\n    - x: 1\n    - y: "two"\n"c~d/e": { f: 3 }\n';
const json = '{\r\n  "a": { "b": "one" },\r\n  "list": [ 1, { "x\\u0041": 2 } ]\r\n}\r\n';
const sources = new Map([['spec.yaml', yaml], ['spec.json', json]]);
const locate = createLocator(sources, new Map([['spec.yaml#/moved', { file: 'spec.json', pointer: '/a' }]]));

describe('places', () => {
  test.each<[string, string, string, boolean, [line: number, column: number, endColumn: number]]>([
    ['a value', 'spec.yaml', '/a/b', false, [2, 6, 9]],
    ['its key', 'spec.yaml', '/a/b', true, [2, 3, 4]],
    ['an item', 'spec.yaml', '/a/list/1/y', false, [5, 10, 15]],
    ['an object, by its key', 'spec.yaml', '/a', false, [1, 1, 2]],
    ['an escaped key', 'spec.yaml', '/c~0d~1e/f', false, [6, 15, 16]],
    ['what is missing, by what is around it', 'spec.yaml', '/a/list/7/z', false, [3, 3, 7]],
    ['nothing known', 'spec.yaml', '/zzz', false, [1, 1, 3]],
    ['JSON', 'spec.json', '/a/b', false, [2, 15, 20]],
    ['a JSON key', 'spec.json', '/a/b', true, [2, 10, 13]],
    ['a JSON key with an escape', 'spec.json', '/list/1/xA', false, [3, 29, 30]],
  ])('%s', (_, file, pointer, key, [line, column, endColumn]) => {
    expect(locate({ file, pointer }, key)).toMatchObject({ file, line, column, endColumn });
  });

  test('what was moved is found where it was written', () => {
    expect(locate({ file: 'spec.yaml', pointer: '/moved/b' })).toMatchObject({ file: 'spec.json', line: 2, column: 15 });
  });

  test('broken files and unread ones have places too', () => {
    const broken = createLocator(new Map([['x.yaml', 'a: [\n']]));
    expect(broken({ file: 'x.yaml', pointer: '', position: { line: 1, column: 4 } })).toMatchObject({ line: 1, column: 4, lineText: 'a: [' });
    expect(broken({ file: 'other.yaml', pointer: '/a' })).toEqual({ file: 'other.yaml', line: 1, column: 1, endColumn: 2 });
  });

  test('five hundred places in two megabytes take no more than a moment', () => {
    const text = JSON.stringify({ items: Array.from({ length: 20_000 }, (_, n) => ({ id: n, name: `item ${n}`, tags: ['a', 'b'], text: 'x'.repeat(40) })) }, null, 1);
    const find = createLocator(new Map([['big.json', text]]));
    // Its own time, whatever else this machine does.
    const started = process.cpuUsage();
    for (let n = 0; n < 500; n++) expect(find({ file: 'big.json', pointer: `/items/${n * 40}/name` }).lineText).toContain(`"item ${n * 40}"`);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(3000);
  });
});

const fault = defineDiagnostic<{ what: string }>({ code: 'test/fault', level: 'error', summary: 'a fault', message: ({ what }) => `${what} is wrong`, help: () => 'Mend it.' });
const hint = defineDiagnostic({ code: 'test/hint', level: 'warning', summary: 'a hint', message: () => 'look: 50% here\nand there' });
const at = (pointer: string) => ({ file: 'spec.yaml', pointer });

describe('terminal', () => {
  test('a place, its line, a second place, what to do, and a summary', () => {
    expect(renderTerminal([hint({}, at('/a/list/1/y')), fault({ what: '`b`' }, at('/a/b'), [{ at: at('/a/list'), message: 'because of this' }])], locate, { colour: false })).toBe(`error[test/fault]: \`b\` is wrong
 --> spec.yaml:2:6
  |
2 |   b: one
  |      ^^^
 ::: spec.yaml:3:3
  |
3 |   list:
  |   ^^^^ because of this
  = help: Mend it.

warning[test/hint]: look: 50% here<U+000A>and there
 --> spec.yaml:5:10
  |
5 |     - y: "two"
  |          ^^^^^

1 error and 1 warning
`);
  });

  test('colour only when it is asked for; nothing for nothing', () => {
    expect(renderTerminal([fault({ what: 'x' }, at('/a'))], locate, { colour: true })).toContain('\u001b[1;31merror[test/fault]');
    expect(renderTerminal([], locate, { colour: false })).toBe('');
  });

  test('many of one code are drawn together, here only', () => {
    const many: Diagnostic[] = Array.from({ length: 40 }, (_, n) => fault({ what: `nr ${n}` }, at('/a/b')));
    const text = renderTerminal(many, locate, { colour: false });
    expect(text.match(/ is wrong$/gm)).toHaveLength(15);
    expect(text.match(/-->/g)).toHaveLength(3);
    expect(text).toContain('and 37 more\n  spec.yaml:2:');
    expect(text).toMatch(/^  spec\.yaml lines 2, 2/m);
    expect(text).toContain('40 errors');
    expect((JSON.parse(renderJson(many, locate)) as { diagnostics: unknown[] }).diagnostics).toHaveLength(40);
  });

  test('text of a document cannot steer the terminal', () => {
    expect(renderTerminal([fault({ what: '\u001b[2J\u202eevil\u200b' }, at('/a'))], locate, { colour: false })).toContain('<U+001B>[2J<U+202E>evil<U+200B> is wrong');
  });
});

test('JSON', () => {
  expect(JSON.parse(renderJson([fault({ what: 'b' }, at('/a/b'), [{ at: at('/a'), message: 'here' }])], locate))).toEqual({
    version: 1,
    diagnostics: [{
      code: 'test/fault', level: 'error', message: 'b is wrong', help: 'Mend it.', file: 'spec.yaml', line: 2, column: 6, endColumn: 9, pointer: '/a/b',
      related: [{ message: 'here', file: 'spec.yaml', line: 1, column: 1, endColumn: 2, pointer: '/a' }],
    }],
    summary: { errors: 1, warnings: 0, notes: 0 },
  });
});

test('SARIF', () => {
  const sarif = JSON.parse(renderSarif([hint({}, at('/a')), fault({ what: 'b' }, at('/a/b'))], locate, [fault, hint], '1.2.3')) as { version: string; runs: { tool: { driver: { rules: object[] } }; results: object[] }[] };
  expect(sarif.version).toBe('2.1.0');
  expect(sarif.runs[0]?.tool.driver.rules).toMatchObject([{ id: 'test/fault', shortDescription: { text: 'a fault' } }, { id: 'test/hint' }]);
  expect(sarif.runs[0]?.results).toMatchObject([
    { ruleId: 'test/hint', ruleIndex: 1, level: 'warning' },
    { ruleId: 'test/fault', ruleIndex: 0, locations: [{ physicalLocation: { artifactLocation: { uri: 'spec.yaml' }, region: { startLine: 2, startColumn: 6, endColumn: 9 } } }] },
  ]);
});

test('GitHub', () => {
  expect(renderGithub([fault({ what: '100%\nof, it' }, at('/a/b'))], locate)).toBe('::error file=spec.yaml,line=2,col=6,endColumn=9,title=test/fault::100%25<U+000A>of, it is wrong%0AMend it.\n');
});
