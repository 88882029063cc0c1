import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters, VelocityPrinter } from '../../generators/kit/velocity/template.js';
import type { Json } from '../../src/base/json.js';
import { evaluate, type EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Expression, JsonType, Source, Template } from '../../src/ir/index.js';
import { root } from '../support/cli.js';

/** Apache Velocity 1.7 with API Gateway's variables; a program beside the project. */
const oracle = join(root, '../shared/toolchain/vtl-oracle');
const available = existsSync(oracle) && spawnSync(oracle, ['--batch'], { input: '[]' }).status === 0;
if (!available) {
  console.warn('LEFT OUT: Apache Velocity is not here, and no template was rendered by it');
}

const origin = { file: '', pointer: '' };
const expression = (text: string, source: Source, type?: JsonType, more: Partial<Expression> = {}, fallback?: Json): Expression =>
  ({ origin, text, source, optional: true, ...(type ? { schema: { origin, types: [type], ...(fallback === undefined ? {} : { default: [fallback] as const }) } } : {}), ...more });

const nasty = fc.oneof(
  fc.constantFrom('', "it's", 'say "hi"', 'a\\b', 'line\nbreak', 'tab\t', '\u2028\u2029', '$x', '${x}', '$!{x}', '#if', '#end', '#set($a=1)', '##', '#*', '{"a":1}', '","admin":true,"x":"', '&x=1', 'é🙂', '\u0000\u0001', '<b>', '%41+', '{{resolve:ssm:x}}', "\\'", 'null', '0', '-1'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\ud800-\udfff]/g, '')),
);
const scalar = fc.oneof(nasty, fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.boolean(), fc.constant(null), fc.constantFrom(0.5, -2.25, 1e-3));
const anyJson: fc.Arbitrary<Json> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.constantFrom('x', 'y', 'z z'), scalar, { maxKeys: 3 })) as fc.Arbitrary<Json>;
const keys = ['a', 'b', 'c d', 'e-f', 'g.h'];
const bodyArbitrary = fc.dictionary(fc.constantFrom(...keys), fc.oneof(anyJson, fc.dictionary(fc.constantFrom(...keys), anyJson, { maxKeys: 3 })), { maxKeys: 5 }) as fc.Arbitrary<Record<string, Json>>;

const pointer = (...tokens: string[]): Expression => expression(`$request.body#/${tokens.join('/')}`, { kind: 'body', of: 'request', pointer: tokens });
const bodies = [...keys.map((key) => pointer(key)), pointer('a', 'b'), pointer('b', 'x'), pointer('c d', 'e-f'), pointer('a', '0'), pointer('b', '1'), expression('$request.body', { kind: 'body', of: 'request', pointer: [] })];
const others = [
  expression('$request.path.id', { kind: 'parameter', in: 'path', name: 'id' }, 'string'),
  expression('$request.query.q', { kind: 'parameter', in: 'query', name: 'q' }, 'string'),
  expression('$request.query.n', { kind: 'parameter', in: 'query', name: 'n' }, 'integer'),
  expression('$request.query.flag', { kind: 'parameter', in: 'query', name: 'flag' }, 'boolean'),
  expression('$request.query.limit', { kind: 'parameter', in: 'query', name: 'limit' }, 'integer', {}, 20),
  expression('$request.query.word', { kind: 'parameter', in: 'query', name: 'word' }, 'string', {}, "it's $5 #1"),
  expression('$request.header.X-Tenant', { kind: 'parameter', in: 'header', name: 'X-Tenant' }, 'string'),
  expression('$context.requestId', { kind: 'context', name: 'requestId' }, 'string'),
  expression('$context.time', { kind: 'context', name: 'time' }, 'string'),
  expression('$context.epochMs', { kind: 'context', name: 'epochMs' }, 'integer'),
  expression('$context.userAgent', { kind: 'context', name: 'userAgent' }, 'string'),
  expression('$method', { kind: 'method' }, 'string'),
  expression('$auth.principalId', { kind: 'auth', path: ['principalId'] }, 'string'),
  expression('$auth.claims.tenant', { kind: 'auth', path: ['claims', 'tenant'] }),
  expression('$stage.LEVEL', { kind: 'stage', name: 'LEVEL' }, 'string'),
];
const isScalar = (value: Json | undefined): boolean => value === undefined || value === null || typeof value !== 'object';

const leaf = fc.oneof(
  fc.oneof(scalar, anyJson).map((value): Template => ({ kind: 'literal', value: value as Json })),
  fc.constantFrom(...bodies, ...others).map((found): Template => ({ kind: 'value', expression: found })),
  fc.array(fc.oneof(nasty, fc.constantFrom(...others)), { minLength: 1, maxLength: 4 }).map((parts): Template => ({ kind: 'text', parts })),
);
const template: fc.Arbitrary<Template> = fc.letrec<{ node: Template }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf,
    fc.array(tie('node'), { maxLength: 3 }).map((items): Template => ({ kind: 'list', items })),
    fc.uniqueArray(fc.tuple(fc.oneof(nasty, fc.constantFrom('k', 'l', 'm')), tie('node')), { selector: ([key]) => key, maxLength: 4 }).map((entries): Template => ({ kind: 'object', entries: entries.filter(([key]) => key !== '__proto__') }))),
})).node;

const requests = fc.record({
  body: bodyArbitrary,
  id: nasty.filter((text) => text !== ''), q: fc.option(nasty, { nil: undefined }), n: fc.option(fc.integer(), { nil: undefined }), flag: fc.option(fc.boolean(), { nil: undefined }),
  limit: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }), word: fc.option(nasty, { nil: undefined }), tenant: fc.option(nasty, { nil: undefined }), header: fc.constantFrom('X-Tenant', 'x-tenant', 'X-TENANT'),
  agent: fc.option(nasty.filter((text) => text !== ''), { nil: undefined }), principal: fc.option(nasty.filter((text) => text !== ''), { nil: undefined }), tenantClaim: fc.option(nasty.filter((text) => text !== ''), { nil: undefined }),
});
type Request = typeof requests extends fc.Arbitrary<infer T> ? T : never;

const epoch = Date.UTC(2026, 3, 9, 12, 34, 56);
const present = <K extends string>(entries: readonly (readonly [K, Json | undefined])[]): ReadonlyMap<K, Json> => new Map(entries.filter((entry): entry is readonly [K, Json] => entry[1] !== undefined));
const factsOf = (request: Request): EvaluationFacts => ({
  method: 'POST', url: '/', body: request.body,
  parameters: { path: new Map([['id', request.id]]), query: present([['q', request.q], ['n', request.n], ['flag', request.flag], ['limit', request.limit], ['word', request.word]]), header: present([['x-tenant', request.tenant]]), cookie: new Map() },
  context: present([['requestId', 'r-1'], ['time', '2026-04-09T12:34:56Z'], ['epochMs', epoch], ['userAgent', request.agent]]) as ReadonlyMap<string, string | number>,
  auth: { ...(request.principal === undefined ? {} : { principalId: request.principal }), claims: request.tenantClaim === undefined ? {} : { tenant: request.tenantClaim } },
  stage: new Map([['LEVEL', 'debug']]),
});
const sent = (request: Request): object => ({
  body: JSON.stringify(request.body),
  params: {
    path: { id: encodeURIComponent(request.id) },
    querystring: Object.fromEntries(present([['q', request.q], ['n', request.n === undefined ? undefined : String(request.n)], ['flag', request.flag === undefined ? undefined : String(request.flag)], ['limit', request.limit === undefined ? undefined : String(request.limit)], ['word', request.word]])),
    header: request.tenant === undefined ? {} : { [request.header]: request.tenant },
  },
  context: {
    requestId: 'r-1', httpMethod: 'POST', requestTime: '09/Apr/2026:12:34:56 +0000', requestTimeEpoch: epoch,
    identity: request.agent === undefined ? {} : { userAgent: request.agent },
    authorizer: { ...(request.principal === undefined ? {} : { principalId: request.principal }), claims: JSON.stringify(request.tenantClaim === undefined ? {} : { tenant: request.tenantClaim }) },
  },
  stageVariables: { LEVEL: 'debug' },
});

/** Texts hold scalars only: the checker refuses others before they get here. */
const sound = (node: Template, facts: EvaluationFacts): boolean => {
  switch (node.kind) {
    case 'text': return node.parts.every((part) => typeof part === 'string' || isScalar(evaluate({ kind: 'value', expression: part }, facts)));
    case 'list': return node.items.every((item) => sound(item, facts));
    case 'object': return node.entries.every(([, item]) => sound(item, facts));
    default: return true;
  }
};

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
