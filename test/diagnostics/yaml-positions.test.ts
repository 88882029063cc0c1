import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../../src/base/json.js';
import { pointerToken } from '../../src/base/origin.js';
import type { Range } from '../../src/diagnostics/json-positions.js';
import { lenientPositions } from '../../src/diagnostics/lenient-positions.js';
import { yamlPositions } from '../../src/diagnostics/yaml-positions.js';
import { parse } from '../../src/load/parse.js';
import { defaultCaps } from '../../src/load/options.js';
import { root } from '../support/cli.js';

/** What is pointed at in a text, and by which key. */
const shown = (text: string, pointer: string, find = yamlPositions): readonly [value: string, key: string | undefined] | undefined => {
  const found = find(text)(pointer);
  return found && [text.slice(found.value.start, found.value.end), found.key && text.slice(found.key.start, found.key.end)];
};

const firstLine = (text: string, range?: Range): readonly [number | undefined, string | undefined] => [range?.start, text.slice(range?.start, range?.end).split('\n')[0]];

const pointersOf = (value: Json, pointer = ''): string[] => [
  pointer,
  ...(Array.isArray(value) ? value.flatMap((item, index) => pointersOf(item, `${pointer}/${index}`)) : isObject(value) ? Object.keys(value).flatMap((key) => pointersOf(value[key] ?? null, `${pointer}/${pointerToken(key)}`)) : []),
];

describe('places in YAML', () => {
  it.each([
    ['a plain value', 'a: 1', '/a', ['1', 'a']],
    ['quotes belong to a value', 'a: "b c"', '/a', ['"b c"', 'a']],
    ['and to a key', "'a/b': 'c'", '/a~1b', ["'c'", "'a/b'"]],
    ['an object is shown by its key', 'a:\n  b: 1', '/a', ['a', 'a']],
    ['so is a text of several lines', 'a: |\n  b\n  c\n', '/a', ['a', 'a']],
    ['and a value that is not written', 'a:\nb: 1', '/a', ['a', 'a']],
    ['an item', 'a:\n  - b\n  - c: 1', '/a/1/c', ['1', 'c']],
    ['an alias is where it is used', 'a: &x 1\nb: *x', '/b', ['*x', 'b']],
    ['a tag is not the value', 'a: !!str 1', '/a', ['1', 'a']],
    ['an explicit key', '? a\n: b', '/a', ['b', 'a']],
    ['what has no indentation, though it should', 'a: {\n  b: [\n    1\n  ]\n}\nc: 2', '/a/b/0', ['1', undefined]],
  ] as const)('%s', (_, text, pointer, expected) => {
    expect(shown(text, pointer)).toEqual(expected);
  });

  it('has no place below a key that is no text, and keeps those after it', () => {
    const text = '? [a, b]\n: c: 1\nd: 2';
    expect(shown(text, '/c')).toBeUndefined();
    expect(shown(text, '/d')).toEqual(['2', 'd']);
  });

  it('is lenient where the specification is not', () => {
    const text = 'a:\n  b: [\n    1,\n  ]\nc: 2';
    expect(parse(text, 'x.yaml', defaultCaps)).toEqual({ value: { a: { b: [1] }, c: 2 }, format: 'yaml' });
    expect(shown(text, '/c')).toEqual(['2', 'c']);
  });

  it('is where another parser sees it, for every value of our own documents', () => {
    const files = readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const text = readFileSync(join(root, 'specs', file), 'utf8');
      const parsed = parse(text, file, defaultCaps);
      if ('code' in parsed) continue;
      const [find, other] = [yamlPositions(text), lenientPositions(text)];
      for (const pointer of pointersOf(parsed.value)) {
        const [here, there] = [find(pointer), other(pointer)];
        expect(here?.key, `${file}#${pointer}`).toEqual(there?.key);
        // A text of several lines is shown by its key, which the other one does not do; and it counts what follows a list of several lines to it.
        const isBlock = /[|>]/.test(text[there?.value.start ?? 0] ?? '');
        expect(here && firstLine(text, isBlock ? here.key : here.value), `${file}#${pointer}`).toEqual(there && firstLine(text, isBlock ? there.key : there.value));
      }
    }
  });
});
