import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { block, call, hcl, HclText, Label, nested, noted, printHcl, text, type HclBody, type HclValue } from '../../generators/kit/hcl.js';
import { hostileTexts } from '../support/texts.js';

const terraform = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
if (!terraform) console.warn('terraform is not installed: what it says of printed HCL is left out.');

/** What terraform takes the values of a `.tfvars` for, as JSON. */
const readBack = (values: readonly HclValue[]): unknown => {
  const folder = mkdtempSync(join(tmpdir(), 'hcl-'));
  try {
    writeFileSync(join(folder, 'main.tf'), printHcl(['test'], [block('locals', [], { given: call('jsonencode', values) })]));
    execFileSync('terraform', ['fmt', '-check', '-diff'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    const answer = execFileSync('terraform', ['console'], { cwd: folder, input: 'base64encode(local.given)\n', encoding: 'utf8', stdio: 'pipe' });
    return JSON.parse(Buffer.from(JSON.parse(answer) as string, 'base64').toString('utf8')) as unknown;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Terraform keeps text in normal form C, and has no lone surrogates. */
const normal = (value: HclValue): unknown => JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? item.replace(/\p{Cs}/gu, '\ufffd').normalize('NFC') : item)));

const hostile = ['${var.x}', '%{ if true }', '$${x}', '$$${x}', '%%{x}', '%%%{', '$', '%', '$$', '{', '"', '\\', '\\"${x}', '\n', 'a\r\nb', '\t', 'EOT', '<<EOT\n', '\u2028', '\u0000', '\u0085', '\ufeff', 'é', 'e\u0301', '🙂', '\ud800', '# c', '// c', '/* c', '{{resolve:x}}', '$${', '\\${x}', 'a${', '}', '${"$"}{x}'];

describe('HCL printer', () => {
  it.runIf(terraform)('gives back hostile text, as a value, an item and a key', () => {
    const objects = hostile.map((item) => ({ [`k${item}`]: item, list: [item, 1] }));
    expect(readBack([...hostile, ...objects])).toEqual([...hostile.map(normal), ...hostile.map((item) => ({ [normal(`k${item}`) as string]: normal(item), list: [normal(item), 1] }))]);
  });

  it.runIf(terraform)('gives back any JSON value, formatted as terraform does', () => {
    const values = fc.sample(fc.jsonValue({ maxDepth: 4 }), { numRuns: 300, seed: 7 })
      .map((value) => JSON.parse(JSON.stringify(value, (_, item: unknown) => (typeof item === 'number' ? Math.round(item) % 1e9 : item))) as HclValue);
    expect(readBack(values)).toEqual(values.map(normal));
  });

  it.runIf(terraform)('gives back any text, whatever braces and quotes it has', () => {
    const texts = fc.sample(fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', 'n', '\n', 'u0024', ' ', 'é', '🙂'), maxLength: 12 }), { numRuns: 1000, seed: 11 });
    expect(readBack(texts)).toEqual(texts.map(normal));
  });

  it.runIf(terraform)('gives back 10,000 hostile texts', () => {
    const texts = hostileTexts(10_000);
    expect(readBack(texts)).toEqual(texts.map(normal));
  });

  it.runIf(terraform)('keeps text apart from the expression that follows it', () => {
    const one = hcl`upper(${'x'})`;
    expect(readBack([text`a$${one}`, new HclText(['$', '{a}']), new HclText(['%', one, '{', one, '$$']), new HclText(['cost: $$', one])])).toEqual(['a$X', '${a}', '%X{X$$', 'cost: $$X']);
  });

  const rows: readonly (readonly [string, HclBody, string])[] = [
    ['aligns arguments that follow each other', { a: 1, long_name: 'x', b: true }, 'a         = 1\nlong_name = "x"\nb         = true'],
    ['leaves out what is not given', { a: undefined, b: null }, 'b = null'],
    ['aligns anew after a value of several lines', { a: 1, bb: call('jsonencode', { x: { y: 'a very long text, so that this object is not put on one single line of the file at all' } }), ccc: 2, d: 3 },
      'a = 1\nbb = jsonencode({\n  x = {\n    y = "a very long text, so that this object is not put on one single line of the file at all"\n  }\n})\nccc = 2\nd   = 3'],
    ['sets off meta-arguments and blocks', { for_each: hcl`local.x`, name: 'n', settings: nested({ a: 1 }), lifecycle: nested({ create_before_destroy: true }) },
      'for_each = local.x\n\nname = "n"\n\nsettings {\n  a = 1\n}\n\nlifecycle {\n  create_before_destroy = true\n}'],
    ['repeats a block', { a: [nested({ n: 1 }), nested({ n: 2 }, 'label')] }, 'a {\n  n = 1\n}\n\na "label" {\n  n = 2\n}'],
    ['keeps a comment on lines of its own', { a: noted('why\nso ${x}\u2028y', 1), bbb: 2 }, '# why\n# so ${x} y\na   = 1\nbbb = 2'],
    ['quotes text in expressions, not labels', { a: hcl`aws_x.${new Label('orders')}[${'${k}"'}].arn` }, 'a = aws_x.orders["$${k}\\""].arn'],
    ['quotes keys that mean something else', { a: { for: 1, 'get-order': 2, ok: 3 } }, 'a = { "for" = 1, "get-order" = 2, ok = 3 }'],
    ['does without a number where JSON has none', { a: Number.NaN, b: -0, c: 1e21, d: -1.5e-7 }, 'a = null\nb = 0\nc = 1e+21\nd = -1.5e-7'],
  ];
  it.each(rows)('%s', (_, body, want) => {
    expect(printHcl(['h'], body)).toBe(`# h\n\n${want}\n`);
  });
});
