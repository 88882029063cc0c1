import { describe, expect, test } from 'vitest';
import type { ParameterContract, Shape } from '../../src/runtime/contract.js';
import { decodeParameter, type Places } from '../../src/runtime/parameters.js';
import { queryPairs } from '../../src/runtime/http.js';

const list: Shape = { array: 'string' };
const numbers: Shape = { array: 'integer' };
const color: Shape = { object: [['R', 'integer'], ['G', 'integer'], ['B', 'integer']] };
const rgb = { R: 100, G: 200, B: 150 };

const parameter = (place: ParameterContract['in'], style: ParameterContract['style'], explode: boolean, shape: Shape, name = 'color'): ParameterContract =>
  ({ in: place, name, required: false, shape, style, explode });

const places = (given: Partial<{ path: string; query: string; header: string; cookies: string[] }>): Places => ({
  path: new Map(given.path === undefined ? [] : [['color', given.path]]),
  query: queryPairs(given.query ?? ''),
  headers: given.header === undefined ? {} : { color: given.header },
  cookies: (given.cookies ?? []).map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const),
});

describe('every style of the OpenAPI tables', () => {
  test.each<[string, ParameterContract, Places, unknown]>([
    ['simple text', parameter('path', 'simple', false, 'string'), places({ path: 'blue' }), 'blue'],
    ['simple text, decoded', parameter('path', 'simple', false, 'string'), places({ path: 'a%2Fb%20c' }), 'a/b c'],
    ['simple list', parameter('path', 'simple', false, list), places({ path: 'blue,black,brown' }), ['blue', 'black', 'brown']],
    ['simple list, a comma within an item', parameter('path', 'simple', false, list), places({ path: 'a%2Cb,c' }), ['a,b', 'c']],
    ['simple object', parameter('path', 'simple', false, color), places({ path: 'R,100,G,200,B,150' }), rgb],
    ['simple object, exploded', parameter('path', 'simple', true, color), places({ path: 'R=100,G=200,B=150' }), rgb],
    ['label text', parameter('path', 'label', false, 'string'), places({ path: '.blue' }), 'blue'],
    ['label list', parameter('path', 'label', false, list), places({ path: '.blue,black' }), ['blue', 'black']],
    ['label list, exploded', parameter('path', 'label', true, list), places({ path: '.blue.black' }), ['blue', 'black']],
    ['label object', parameter('path', 'label', false, color), places({ path: '.R,100,G,200,B,150' }), rgb],
    ['label object, exploded', parameter('path', 'label', true, color), places({ path: '.R=100.G=200.B=150' }), rgb],
    ['matrix text', parameter('path', 'matrix', false, 'string'), places({ path: ';color=blue' }), 'blue'],
    ['matrix list', parameter('path', 'matrix', false, list), places({ path: ';color=blue,black' }), ['blue', 'black']],
    ['matrix list, exploded', parameter('path', 'matrix', true, list), places({ path: ';color=blue;color=black' }), ['blue', 'black']],
    ['matrix object', parameter('path', 'matrix', false, color), places({ path: ';color=R,100,G,200,B,150' }), rgb],
    ['matrix object, exploded', parameter('path', 'matrix', true, color), places({ path: ';R=100;G=200;B=150' }), rgb],
    ['form text', parameter('query', 'form', true, 'string'), places({ query: 'color=light+blue%21' }), 'light blue!'],
    ['form text, given twice', parameter('query', 'form', true, 'string'), places({ query: 'color=a&color=b' }), 'b'],
    ['form list', parameter('query', 'form', false, list), places({ query: 'color=blue,black' }), ['blue', 'black']],
    ['form list, exploded', parameter('query', 'form', true, list), places({ query: 'color=blue&color=bl,ack' }), ['blue', 'bl,ack']],
    ['form list of numbers', parameter('query', 'form', true, numbers), places({ query: 'color=1&color=2' }), [1, 2]],
    ['form list, empty', parameter('query', 'form', true, list), places({ query: 'color=' }), []],
    ['form object', parameter('query', 'form', false, color), places({ query: 'color=R,100,G,200,B,150' }), rgb],
    ['form object, exploded', parameter('query', 'form', true, color), places({ query: 'R=100&G=200&B=150&other=1' }), rgb],
    ['spaces', parameter('query', 'spaceDelimited', false, list), places({ query: 'color=blue%20black+brown' }), ['blue', 'black', 'brown']],
    ['spaces, object', parameter('query', 'spaceDelimited', false, color), places({ query: 'color=R%20100%20G%20200%20B%20150' }), rgb],
    ['pipes', parameter('query', 'pipeDelimited', false, list), places({ query: 'color=blue%7Cblack|brown' }), ['blue', 'black', 'brown']],
    ['deep object', parameter('query', 'deepObject', true, color), places({ query: 'color%5BR%5D=100&color[G]=200&color[B]=150' }), rgb],
    ['deep object with a list', parameter('query', 'deepObject', true, { object: [['tags', list]] }), places({ query: 'color[tags]=a&color[tags]=b' }), { tags: ['a', 'b'] }],
    ['header list', parameter('header', 'simple', false, numbers), places({ header: '1, 2,3' }), [1, 2, 3]],
    ['header object, exploded', parameter('header', 'simple', true, color), places({ header: 'R=100,G=200,B=150' }), rgb],
    ['header, not percent-decoded', parameter('header', 'simple', false, 'string'), places({ header: '100%25' }), '100%25'],
    ['cookie', parameter('cookie', 'form', false, 'integer'), places({ cookies: ['a=1', 'color=7'] }), 7],
    ['content', { ...parameter('query', 'form', false, 'any'), content: 'json' }, places({ query: 'color=%7B%22a%22%3A%5B1%5D%7D' }), { a: [1] }],
    ['union, one value', parameter('query', 'form', true, { union: ['integer', list, 'string'] }), places({ query: 'color=5' }), 5],
    ['union, text', parameter('query', 'form', true, { union: ['integer', list, 'string'] }), places({ query: 'color=x' }), 'x'],
    ['union, several values', parameter('query', 'form', true, { union: ['integer', list, 'string'] }), places({ query: 'color=5&color=6' }), ['5', '6']],
    ['null', parameter('query', 'form', true, { union: ['null', 'integer'] }), places({ query: 'color=' }), null],
    ['true', parameter('query', 'form', true, 'boolean'), places({ query: 'color=true' }), true],
    ['exponent', parameter('query', 'form', true, 'number'), places({ query: 'color=-1.5e3' }), -1500],
  ])('%s', (_, contract, given, want) => {
    expect(decodeParameter(contract, given, new Set(['color']))).toEqual({ value: want });
  });

  test('absent', () => expect(decodeParameter(parameter('query', 'form', true, list), places({ query: 'colour=1' }), new Set())).toBeUndefined());
});

describe('what is no value of its type is refused, not bent', () => {
  test.each<[string, Shape, string, string]>([
    ['an empty text is not 0', 'integer', '', 'type'],
    ['hexadecimal', 'integer', '0x10', 'type'],
    ['a fraction', 'integer', '1.5', 'type'],
    ['leading zeros', 'integer', '007', 'type'],
    ['blanks', 'integer', '+1', 'type'],
    ['beyond what a number holds exactly', 'integer', '9007199254740993', 'type'],
    ['infinity', 'number', '1e999', 'type'],
    ['NaN', 'number', 'NaN', 'type'],
    ['yes', 'boolean', 'yes', 'type'],
    ['1', 'boolean', '1', 'type'],
    ['TRUE', 'boolean', 'TRUE', 'type'],
    ['broken encoding', 'string', '%E0%A4%A', 'malformed'],
    ['encoding that is not UTF-8', 'string', '%ff', 'malformed'],
  ])('%s', (_, shape, text, keyword) => {
    expect(decodeParameter(parameter('query', 'form', true, shape), places({ query: `color=${text}` }), new Set())).toMatchObject({ fault: { keyword } });
  });
});

describe('hostile names are data', () => {
  test.each<[string, string]>([
    ['__proto__', 'color[__proto__]=1'], ['constructor', 'color[constructor][prototype][x]=1'], ['depth', `color${'[a]'.repeat(60)}=1`],
  ])('%s', (_, query) => {
    decodeParameter(parameter('query', 'deepObject', true, 'any'), places({ query }), new Set());
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test('a property called __proto__ is an own one', () => {
    const decoded = decodeParameter(parameter('query', 'deepObject', true, { object: [], rest: 'string' }), places({ query: 'color[__proto__]=1' }), new Set()) as { value: object };
    expect(Object.hasOwn(decoded.value, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(decoded.value)).toBe(Object.prototype);
  });
});
