import { describe, expect, it } from 'vitest';
import { jsonPositions } from '../../src/diagnostics/json-positions.js';

describe('positions in JSON', () => {
  const rows: readonly [name: string, text: string, pointer: string, key: string | undefined, value: string | undefined][] = [
    ['a scalar root', ' 12 ', '', undefined, '12'],
    ['a text with what looks like brackets before it', '{"a":"]}{","b":true}', '/b', '"b"', 'true'],
    ['a text with quotes and backslashes', '{"a":"\\"\\\\","b":"\\\\\\"x"}', '/b', '"b"', '"\\\\\\"x"'],
    ['an object, which stands where its key does', '{ "a" : { "b" : [ ] } }', '/a/b', '"b"', '"b"'],
    ['an item of a list', '[1, {"x": null}, -2.5e3]', '/2', undefined, '-2.5e3'],
    ['something within an item', '[1, {"x": null}]', '/1/x', '"x"', 'null'],
    ['a key that is escaped, in the pointer and in the text', '{"a\\/b~":1}', '/a~1b~0', '"a\\/b~"', '1'],
    ['an empty key', '{"":{"":3}}', '//', '""', '3'],
    ['the name of what objects inherit', '{"__proto__":{"constructor":1}}', '/__proto__/constructor', '"constructor"', '1'],
    ['a key that stands twice, of which the last counts', '{"a":1,"a":2}', '/a', '"a"', '2'],
    ['nothing at an index that is not there', '[1]', '/1', undefined, undefined],
    ['nothing within a scalar', '{"a":1}', '/a/b', undefined, undefined],
    ['nothing within an empty object', '{"a":{}}', '/a/b', undefined, undefined],
  ];
  it.each(rows)('finds %s', (_, text, pointer, key, value) => {
    const found = jsonPositions(text)(pointer);
    const shown = (range?: { readonly start: number; readonly end: number }): string | undefined => range && text.slice(range.start, range.end);
    expect([shown(found?.key), shown(found?.value)]).toEqual([key, value]);
  });

  it('finds what is 200 levels deep in a large text', () => {
    const text = `${'{"a":['.repeat(200)}1${',{"b":[2]}'.repeat(100_000)}${']}'.repeat(200)}`;
    expect(jsonPositions(text)(`${'/a/0'.repeat(199)}/a/100000/b/0`)?.value).toEqual({ start: text.lastIndexOf('2'), end: text.lastIndexOf('2') + 1 });
  });
});
