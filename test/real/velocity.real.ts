import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comment, jsonLiteral, jsonText, plainText } from '../../generators/kit/velocity/literal.js';
import { characters, VelocityPrinter } from '../../generators/kit/velocity/template.js';
import { evaluate, type EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Template } from '../../src/ir/index.js';
import { root } from '../support/cli.js';
import { sound as sounded, hostileTexts } from '../support/texts.js';
import { factsOf, requests, sent, sound, template } from '../support/mapping-cases.js';

/** Apache Velocity 1.7 with API Gateway's variables; a program beside the project. */
const oracle = join(root, '../shared/toolchain/vtl-oracle');
const available = existsSync(oracle) && spawnSync(oracle, ['--batch'], { input: '[]' }).status === 0;
if (!available) {
  console.warn('LEFT OUT: Apache Velocity is not here, and no template was rendered by it');
}

interface Rendered { readonly output?: string; readonly error?: string }
const render = (cases: readonly { readonly template: string; readonly request: object }[]): readonly Rendered[] => {
  const { stdout, stderr } = spawnSync(oracle, ['--batch'], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Rendered[];
};

/** Every case is one of a fixed seed, so that a difference is found again; `cases` of them go through one process. */
const compare = (count: number, seed: number, wrap: (printer: VelocityPrinter, node: Template) => string, read: (output: string) => unknown, want: (node: Template, facts: EvaluationFacts) => unknown): readonly string[] => {
  const cases = fc.sample(fc.tuple(template, requests), { numRuns: count, seed }).filter(([node, request]) => sound(node, factsOf(request)));
  const prints = cases.map(([node, request]) => {
    const printer = new VelocityPrinter({ api: { schemas: new Map() }, variables: new Map(), identity: 'authorizer', input: 'request' });
    const text = wrap(printer, node);
    return { gaps: printer.gaps, template: [...characters, ...printer.preamble, text].join('\n'), request: sent(request), wanted: want(node, factsOf(request)) };
  });
  const rendered = render(prints.map(({ template: text, request }) => ({ template: text, request })));
  return prints.flatMap(({ template: text, request, wanted, gaps }, index) => {
    const { output, error } = rendered[index] ?? {};
    let found: unknown;
    try {
      found = error === undefined ? read(output ?? '') : error;
    } catch (failure) {
      found = `${String(failure)}: ${output}`;
    }
    return gaps.length > 0 || JSON.stringify(found) !== JSON.stringify(wanted) ? [`wanted ${JSON.stringify(wanted)}\nfound  ${JSON.stringify(found)}\n${text}\n${JSON.stringify(request)}`] : [];
  });
};

const count = Number(process.env['VELOCITY_CASES'] ?? 10_000);

describe.runIf(available)('10,000 hostile texts of a document', () => {
  // A template is no longer than the gateway takes it.
  const parts = Array.from({ length: 50 }, (_, part) => hostileTexts(10_000).slice(part * 200, (part + 1) * 200).map(sounded));
  const rendered = (print: (texts: readonly string[]) => readonly string[]): readonly string[] =>
    render(parts.map((texts) => ({ template: [...characters, ...print(texts)].join('\n'), request: {} }))).map(({ output, error }) => output ?? String(error));

  it('stand in JSON as they are, below comments and as names', () => {
    expect(rendered((texts) => ['[', ...texts.flatMap((text, index) => [comment(text), `${index === 0 ? '' : ','}${jsonText(text)}`]), ']']).map((output) => JSON.parse(output) as unknown)).toEqual(parts);
    const named = (texts: readonly string[]): object => Object.fromEntries(texts.map((text, index) => [`${index}${text}`, text]));
    expect(rendered((texts) => [jsonLiteral(named(texts))]).map((output) => JSON.parse(output) as unknown)).toEqual(parts.map(named));
  });

  it('are printed as they are', () => {
    const mark = '\u0001';
    const apart = (texts: readonly string[]): readonly string[] => texts.filter((text) => !text.includes(mark));
    expect(rendered((texts) => [mark + apart(texts).map(plainText).join(mark)]).map((output) => output.split(mark).slice(1))).toEqual(parts.map(apart));
  });
});

describe.runIf(available)('what Apache Velocity prints is what the template means', () => {
  it(`as JSON, in ${count} cases`, () => {
    const differences = compare(count, 20_260_409, (printer, node) => printer.json(node), (output) => JSON.parse(output), (node, facts) => evaluate(node, facts) ?? null);
    expect(differences.slice(0, 3)).toEqual([]);
  });

  it('as JSON inside of a JSON text, and as the value of a form', () => {
    const block = (printer: VelocityPrinter, node: Template): string => `#define($message)${printer.json(node)}#end\n`;
    const inText = compare(count / 10, 7, (printer, node) => `${block(printer, node)}{"Detail": "$util.escapeJavaScript("$message").replaceAll("\\\\'", "'")"}`, (output) => JSON.parse((JSON.parse(output) as { Detail: string }).Detail), (node, facts) => evaluate(node, facts) ?? null);
    expect(inText.slice(0, 3)).toEqual([]);
    const inForm = compare(count / 10, 8, (printer, node) => `${block(printer, node)}Action=SendMessage&MessageBody=$util.urlEncode("$message")`, (output) => JSON.parse(new URLSearchParams(output.trim()).get('MessageBody') ?? ''), (node, facts) => evaluate(node, facts) ?? null);
    expect(inForm.slice(0, 3)).toEqual([]);
  });
});
