import fc from 'fast-check';
import { load as loadJsYaml } from 'js-yaml';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { Commented, printYaml, Tagged } from '../../generators/kit/yaml.js';

const both = (text: string): [unknown, unknown, unknown] => [
  parse(text, { version: '1.2' }), parse(text, { version: '1.1', customTags: [], merge: false }), loadJsYaml(text),
];

describe('YAML printer', () => {
  it.each(['yes', 'no', 'on', 'off', 'y', 'N', '12:30', '1e3', '0x1f', '0o17', '0123', '008', '1_000', '2020-01-01', '~', 'null', '', ' a', 'a ', 'a: b', 'a #b', '- a', '? a', '!x', '&a', '*a', '@a', '`a', '%a', '.inf', '.NaN', '=', '<<',
    'a\nb', 'a\nb\n', 'a\n\n', '\na', ' a\nb', '\u2028', '\u0000', '\u0085', '\ufeff', '"', "'", '\\', '{a}', '[a]', 'a,b', '000123456789', '+1', '-', '--- a', '---', '...', 'a\tb', '\ta\nb', 'true', 'é', '🙂', '${AWS::Region}', 'arn:aws:s3:::x', '#a', 'a\r\nb', 'AWS::Lambda::Function', 'a:', 'a: b', 'a :b', 'a:b', 'x:1:2', ':a', 'a::'])(
    'keeps %j what it is in YAML 1.1 and 1.2, as value, key and item', (text) => {
      for (const read of both(printYaml({ v: text, list: [text, { k: text }], deep: { [text]: text } }))) {
        expect(read).toEqual({ v: text, list: [text, { k: text }], deep: { [text]: text } });
      }
    });

  it('gives back any JSON value', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const object = { value: JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')) as never };
      for (const read of both(printYaml(object))) expect(read).toEqual(object);
    }), { numRuns: 500 });
  });

  it('gives back any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const clean = text.replace(/[\ud800-\udfff]/g, '');
      for (const read of both(printYaml({ a: { b: [clean] } }))) expect(read).toEqual({ a: { b: [clean] } });
    }), { numRuns: 1000 });
  });

  it('writes CloudFormation short forms and comments', () => {
    expect(printYaml({
      Url: new Commented('where it is', new Tagged('!Sub', 'https://${Api}')),
      Arn: new Tagged('!GetAtt', 'F.Arn'),
      Joined: new Tagged('!Join', ['', ['a', new Tagged('!Ref', 'B')]]),
      Found: new Tagged('!FindInMap', ['Stages', new Tagged('!Ref', 'Stage'), 'Rate']),
      If: new Tagged('!If', { a: 1 }),
    }, ['made'])).toBe(`# made
# where it is
Url: !Sub "https://\${Api}"
Arn: !GetAtt F.Arn
Joined: !Join
  - ""
  - - a
    - !Ref B
Found: !FindInMap [Stages, !Ref Stage, Rate]
If: !If
  a: 1
`);
  });
});
