import { ts } from 'ts-morph';
import { load, CORE_SCHEMA } from 'js-yaml';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { compileAll, filesOf } from '../support/compile.js';
import { templateOf } from '../support/template.js';
import { thorough } from '../support/thorough.js';
import { placesIn, replaced, sample, valueAt, type Path } from './sample.js';

/** Everything that ends a literal, a comment or a text of some language the output has, around code that would run. */
const payload = `a'"\`\${pwned}*/;pwned();//<!--\n;pwned();\u2028;pwned();{{resolve:ssm:x}} %{pwned} #{pwned} $x #if(1) __proto__ \\';pwned();\u202e\u200b`;
const oneLine = payload.replace(/[\n\u2028\u202e\u200b]/g, ' ');
/** CloudFormation has no escape for this one, so a template refuses it: the others are tried without it too. */
const inert = (text: string): string => text.replace('{{resolve:', '{resolve:');

const textPlaces = placesIn(sample).filter((path) => typeof valueAt(sample, path) === 'string');
const keyPlaces = placesIn(sample).filter((path) => typeof path.at(-1) === 'string');

/** The same with the key at a place called otherwise. */
const renamed = (value: Json, path: Path, name: string): Json => {
  const parent = path.slice(0, -1);
  const entries = Object.entries(valueAt(value, parent) as Record<string, Json>).map(([key, item]) => [key === path.at(-1) ? name : key, item] as const);
  return replaced(value, parent, Object.fromEntries(entries));
};

/** Names and calls in a program: what is left of it without literals and comments. */
const codeWords = (text: string): string[] => {
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, text);
  const words: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) if (token === ts.SyntaxKind.Identifier) words.push(scanner.getTokenText());
  return words;
};

const hidden = /[\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

const judge = async (path: string, content: string): Promise<void> => {
  expect(content, path).not.toMatch(hidden);
  if (/\.(?:ts|js|mjs)$/.test(path)) {
    await transform(content, { loader: path.endsWith('ts') ? 'ts' : 'js' });
    expect(codeWords(content), path).not.toContain('pwned');
  } else if (path.endsWith('.json')) JSON.parse(content);
  else if (path.endsWith('.yaml')) judgeTemplate(content);
};

const judgeTemplate = (content: string): void => {
  expect(content).not.toContain('{{resolve:');
  const { substituted } = templateOf(content);
  for (const text of substituted) {
    for (const [, name = ''] of text.matchAll(/\$\{([^}]*)\}?/g)) expect(name, text).toMatch(/^(?:!.*|AWS::[A-Za-z]+|[A-Za-z0-9]+(?:\.[A-Za-z]+)?)$/s);
    expect(text).not.toContain('${pwned}');
  }
};

describe('a payload at every place where a text may stand', () => {
  let before: Map<string, string>;
  let builds = 0;
  beforeAll(async () => {
    before = filesOf(await compileAll({ stdin: JSON.stringify(sample) }));
  });

  const attempt = async (document: Json): Promise<void> => {
    const { failed, files } = await compileAll({ stdin: JSON.stringify(document) });
    if (failed || !files) return;
    builds++;
    for (const { path, content } of files) if (before.get(path) !== content) await judge(path, content);
  };

  const texts = [['many lines', payload], ['many lines without a dynamic reference', inert(payload)], ['one line without a dynamic reference', inert(oneLine)]] as const;
  it.each(texts.map(([name, text], turn) => [name, text, turn] as const))('of %s, as a value', async (_, text, turn) => {
    builds = 0;
    // Each place has one of them; all of them at night.
    for (const path of textPlaces.filter((_each, index) => thorough || index % texts.length === turn)) await attempt(replaced(sample, path, text)).catch((error: unknown) => { throw new Error(`at /${path.join('/')}`, { cause: error }); });
    expect(builds).toBeGreaterThan(thorough ? 80 : 27);
  }, 600_000);

  it.each([...(thorough ? [['with', payload] as const] : []), ['without', inert(payload)] as const])('as a key, %s a dynamic reference', async (_, text) => {
    builds = 0;
    for (const path of keyPlaces) await attempt(renamed(sample, path, text)).catch((error: unknown) => { throw new Error(`at /${path.join('/')}`, { cause: error }); });
    expect(builds).toBeGreaterThan(50);
  }, 600_000);
});

describe('texts that readers of YAML take for something else', () => {
  it('are texts in YAML 1.1 and 1.2 alike', async () => {
    const texts = ['yes', 'No', '12:30', '1e3', '008123456789', '0x1F', '1_000', '2026-01-01', '~', 'null', '=', '<<', '.inf', '', ' a', 'a: b', '# c', '- d', '0o17', '123456789012'];
    const document = replaced(sample, ['components', 'schemas', 'Map', 'properties', 'scale'], { type: 'string', enum: texts });
    const template = filesOf(await compileAll({ stdin: JSON.stringify(document) })).get('infra/template.yaml') ?? '';
    const { value, value11 } = templateOf(template);
    expect(value11).toEqual(value);
    expect(JSON.stringify(value)).toContain(JSON.stringify(texts));
    expect(() => load(template, { schema: CORE_SCHEMA })).toThrow(/tag/);
  });
});
