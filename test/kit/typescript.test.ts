import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comment, docComment, foreign, ident, isIdentifier, lit, objectLiteral, prop, regex, ts } from '../../generators/kit/typescript/index.js';
import type { Json } from '../../src/base/json.js';

const evaluate = (code: string): unknown => new Function(`"use strict"; return (${code});`)() as unknown;
const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom("'", '"', '`', '\\', '${', '*/', '</script>', '\u2028', '\u2029', '\r\n', '\u202e', '\u200b', '\ufeff', '__proto__', 'constructor', '\ud800', '$&', '{{x}}', '//', '@ts-ignore'),
  fc.array(fc.constantFrom("'", '\\', '\n', '*/', '`', '${1}', '\u2066', 'a', '\u{e0041}')).map((parts) => parts.join('')),
);
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), nasty,
    fc.array(tie('value')), fc.array(fc.tuple(nasty, tie('value'))).map((entries) => Object.fromEntries(entries) as Json)),
})).value;

describe('what is printed reads back the same', () => {
  test('literals', () => {
    fc.assert(fc.property(json, (value) => { expect(evaluate(String(lit(value)))).toEqual(value); }), { numRuns: 500 });
  });

  test('a property of the name __proto__', () => {
    const value = JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":2}}') as Json;
    const read = evaluate(String(lit(value))) as object;
    expect(Object.hasOwn(read, '__proto__')).toBe(true);
    expect(JSON.stringify(read)).toBe(JSON.stringify(value));
  });

  test('property names', () => {
    fc.assert(fc.property(nasty, (name) => { expect(Object.keys(evaluate(`{ ${String(prop(name))}: 1 }`) as object)).toEqual([name]); }), { numRuns: 500 });
  });

  test('nothing hidden, and no end of a script element', () => {
    fc.assert(fc.property(json, (value) => { expect(String(lit(value))).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]|<\//u); }), { numRuns: 500 });
  });

  test('expressions', () => {
    for (const source of ['\\\\/', '[/]', '\n', '^a$', "'", '\\u{1F600}']) expect((evaluate(String(regex(source, 'u'))) as RegExp).source).toBe(new RegExp(source, 'u').source);
  });

  test('text of other printers', () => {
    expect(evaluate(String(foreign('"\u2028\u202e\u00e9😀"')))).toBe('\u2028\u202e\u00e9😀');
  });
});

describe('comments end where they should', () => {
  test('one line', () => {
    fc.assert(fc.property(nasty, (text) => { expect(evaluate(`\n${String(comment(text))}\n1`)).toBe(1); }), { numRuns: 500 });
  });
  test('documentation', () => {
    fc.assert(fc.property(nasty, nasty, (a, b) => { expect(evaluate(`${String(docComment(a, b))} 1`)).toBe(1); }), { numRuns: 500 });
  });
});

test('identifiers are refused, not mended', () => {
  fc.assert(fc.property(nasty, (name) => {
    if (isIdentifier(name)) expect(String(ident(name))).toBe(name);
    else expect(() => ident(name)).toThrow('Not an identifier');
  }));
  for (const name of ['class', 'a-b', '', '1a', '__proto__', 'a b', 'é', 'await']) expect(() => ident(name)).toThrow('Not an identifier');
});

test('a piece of several lines keeps the indentation of its place', () => {
  expect(String(ts`{\n  a: ${objectLiteral([['long', lit('x'.repeat(70))], ['longer', lit('y'.repeat(70))]])},\n}`)).toBe(`{\n  a: {\n    long: '${'x'.repeat(70)}',\n    longer: '${'y'.repeat(70)}',\n  },\n}`);
});
