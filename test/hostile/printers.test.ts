import { load as loadJsYaml } from 'js-yaml';
import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { block, noted, printHcl } from '../../generators/kit/hcl.js';
import { printJson, printJsonKept } from '../../generators/kit/json.js';
import { comment, docComment, listLiteral, lit, objectLiteral, regex } from '../../generators/kit/typescript/index.js';
import { Commented, printYaml } from '../../generators/kit/yaml.js';
import { hclOf } from '../support/hcl.js';
import { hostileTexts, sound } from '../support/texts.js';

const texts = hostileTexts(10_000);
const named = Object.fromEntries(texts.map((text, index) => [`${index}${text}`, text]));
const evaluated = (code: string): unknown => new Function(`"use strict"; return (${code}\n);`)() as unknown;

/** The tokens of a program that are neither text nor comment. */
const codeOf = (program: string): string[] => {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, program);
  const found: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) if (token !== ts.SyntaxKind.StringLiteral) found.push(scanner.getTokenText());
  return found;
};

describe('10,000 hostile texts, in each place of each printer, are read back as they are', () => {
  it('TypeScript: values and names', () => {
    expect(evaluated(String(listLiteral(texts.map((text) => lit(text)))))).toEqual(texts);
    expect(evaluated(String(objectLiteral(texts.map((text, index) => [`${index}${text}`, lit(text)]))))).toEqual(named);
    expect(evaluated(String(lit(named)))).toEqual(named);
  });

  it('TypeScript: comments hold no code, and nothing that cannot be seen', () => {
    const program = texts.flatMap((text) => [String(comment(text)), String(docComment(text, text)), '0;']).join('\n');
    expect(codeOf(program)).toEqual(texts.flatMap(() => ['0', ';']));
    expect(program).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/);
  });

  it('TypeScript: expressions match what they are made of', () => {
    const sources = texts.filter((text) => {
      try {
        return text !== '' && new RegExp(text, 'u').source !== '';
      } catch {
        return false;
      }
    });
    expect(sources.length).toBeGreaterThan(1000);
    const read = evaluated(String(listLiteral(sources.map((source) => regex(source, 'u'))))) as readonly RegExp[];
    expect(read.map(({ source }) => source)).toEqual(sources.map((source) => new RegExp(source, 'u').source));
  });

  it('JSON: values and names', () => {
    const value = { texts, named, nothing: {}, none: [], deep: { named, nothing: {} }, '__proto__\n': { 'a\nb': null } };
    expect(JSON.parse(printJson(value))).toEqual(value);
    expect(printJsonKept(value, (_, __, make) => make())).toBe(printJson(value));
  });

  it('YAML, for its readers of 1.1 and 1.2: values, items, names, below comments', () => {
    const sounded = texts.map(sound);
    const given = { items: sounded, named: Object.fromEntries(sounded.map((text, index) => [`${index}${text}`, text])) };
    const text = printYaml({ ...given, noted: sounded.map((each) => new Commented(each, 1)) }, sounded);
    for (const read of [parse(text, { version: '1.2' }), parse(text, { version: '1.1', customTags: [], merge: false }), loadJsYaml(text)]) expect(read).toEqual({ ...given, noted: sounded.map(() => 1) });
  });

  it('HCL: values, names and labels, below comments', () => {
    const sounded = texts.map(sound);
    const [locals, ...labelled] = hclOf(printHcl(sounded, [block('locals', [], { items: sounded, named: Object.fromEntries(sounded.map((text, index) => [`${index}${text}`, text])), one: noted(sounded.join('\n'), 1) }), ...sounded.slice(0, 1000).map((text) => block('b', [text], {}, text))]));
    expect(locals?.body).toEqual({ items: sounded, named: Object.fromEntries(sounded.map((text, index) => [`${index}${text}`, text])), one: 1 });
    expect(labelled.map(({ labels }) => labels[0])).toEqual(sounded.slice(0, 1000));
  });
});
