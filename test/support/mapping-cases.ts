import fc from 'fast-check';
import type { Json } from '../../src/base/json.js';
import { evaluate, type EvaluationFacts } from '../../src/ir/evaluate.js';
import type { Expression, JsonType, Source, Template } from '../../src/ir/index.js';

const origin = { file: '', pointer: '' };
const expression = (text: string, source: Source, type?: JsonType, more: Partial<Expression> = {}, fallback?: Json): Expression =>
  ({ origin, text, source, optional: true, ...(type ? { schema: { origin, types: [type], ...(fallback === undefined ? {} : { default: [fallback] as const }) } } : {}), ...more });

/** Among them what once made an engine differ: a backslash before a value, texts that look like numbers, numbers that Java writes with an exponent. */
const nasty = fc.oneof(
  fc.constantFrom('', "it's", 'say "hi"', 'a\\b', 'line\nbreak', 'tab\t', '\u2028\u2029', '$x', '${x}', '$!{x}', '#if', '#end', '#set($a=1)', '##', '#*', '{"a":1}', '","admin":true,"x":"', '&x=1', 'é🙂', '\u0000\u0001', '<b>', '%41+', '{{resolve:ssm:x}}', "\\'", 'null', '0', '-1', 'ends in \\', '\\\\', '\\#', '\\$x', 'v1.0', '1.0E7', '1e5', '[1]', '{}', ' ', 'true', '\ud83d\ude00\u0301', '\ufffe', '\u202e'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\ud800-\udfff]/g, '')),
);
const scalar = fc.oneof(nasty, fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.boolean(), fc.constant(null), fc.constantFrom(0.5, -2.25, 1e-3, 1e7, 12345678.5, 1e-4, 1.25e-5, 1e-7, 1e20, 1.5e21, 1e21, 2 ** 53 - 1, -(2 ** 53) + 1, 1e300, -0, 0.1 + 0.2, 123456789012345680000, -1.5e-9));
const anyJson: fc.Arbitrary<Json> = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.constantFrom('x', 'y', 'z z'), scalar, { maxKeys: 3 })) as fc.Arbitrary<Json>;
const keys = ['a', 'b', 'c d', 'e-f', 'g.h'];
const bodyArbitrary = fc.dictionary(fc.constantFrom(...keys), fc.oneof(anyJson, fc.dictionary(fc.constantFrom(...keys), anyJson, { maxKeys: 3 })), { maxKeys: 5 }) as fc.Arbitrary<Record<string, Json>>;

/** Deep, so that a recursive printer would show. */
const deep = fc.integer({ min: 1, max: 200 }).map((depth) => Array.from({ length: depth }).reduce<Json>((inner, _, index) => (index % 3 === 0 ? [inner] : { a: inner }), 'bottom'));

const pointer = (...tokens: string[]): Expression => expression(`$request.body#/${tokens.join('/')}`, { kind: 'body', of: 'request', pointer: tokens });
const pointers = [...keys.map((key) => pointer(key)), pointer('a', 'b'), pointer('b', 'x'), pointer('c d', 'e-f'), pointer('a', '0'), pointer('b', '1'), expression('$request.body', { kind: 'body', of: 'request', pointer: [] })];
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
export const isScalar = (value: Json | undefined): boolean => value === undefined || value === null || typeof value !== 'object';

const leaf = fc.oneof(
  fc.oneof(scalar, anyJson).map((value): Template => ({ kind: 'literal', value: value as Json })),
  fc.constantFrom(...pointers, ...others).map((found): Template => ({ kind: 'value', expression: found })),
  fc.array(fc.oneof(nasty, fc.constantFrom(...others, ...pointers.filter(({ source }) => source.kind === 'body' && source.pointer.length > 0))), { minLength: 1, maxLength: 4 }).map((parts): Template => ({ kind: 'text', parts })),
);
export const template: fc.Arbitrary<Template> = fc.letrec<{ node: Template }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf,
    fc.array(tie('node'), { maxLength: 3 }).map((items): Template => ({ kind: 'list', items })),
    fc.uniqueArray(fc.tuple(fc.oneof(nasty, fc.constantFrom('k', 'l', 'm')), tie('node')), { selector: ([key]) => key, maxLength: 4 }).map((entries): Template => ({ kind: 'object', entries: entries.filter(([key]) => key !== '__proto__') }))),
})).node;

const bodies = fc.oneof({ weight: 6, arbitrary: bodyArbitrary as fc.Arbitrary<Json> }, { weight: 1, arbitrary: anyJson }, { weight: 1, arbitrary: deep });

export const requests = fc.record({
  body: bodies,
  id: nasty.filter((text) => text !== ''), q: fc.option(nasty, { nil: undefined }), n: fc.option(fc.integer(), { nil: undefined }), flag: fc.option(fc.boolean(), { nil: undefined }),
  limit: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }), word: fc.option(nasty, { nil: undefined }), tenant: fc.option(nasty, { nil: undefined }), header: fc.constantFrom('X-Tenant', 'x-tenant', 'X-TENANT'),
  agent: fc.option(nasty.filter((text) => text !== ''), { nil: undefined }), principal: fc.option(nasty.filter((text) => text !== ''), { nil: undefined }), tenantClaim: fc.option(nasty.filter((text) => text !== ''), { nil: undefined }),
});
export type Request = typeof requests extends fc.Arbitrary<infer T> ? T : never;

const epoch = Date.UTC(2026, 3, 9, 12, 34, 56);
const present = <K extends string>(entries: readonly (readonly [K, Json | undefined])[]): ReadonlyMap<K, Json> => new Map(entries.filter((entry): entry is readonly [K, Json] => entry[1] !== undefined));
export const factsOf = (request: Request): EvaluationFacts => ({
  method: 'POST', url: '/', body: request.body,
  parameters: { path: new Map([['id', request.id]]), query: present([['q', request.q], ['n', request.n], ['flag', request.flag], ['limit', request.limit], ['word', request.word]]), header: present([['x-tenant', request.tenant]]), cookie: new Map() },
  context: present([['requestId', 'r-1'], ['time', '2026-04-09T12:34:56Z'], ['epochMs', epoch], ['userAgent', request.agent]]) as ReadonlyMap<string, string | number>,
  auth: { ...(request.principal === undefined ? {} : { principalId: request.principal }), claims: request.tenantClaim === undefined ? {} : { tenant: request.tenantClaim } },
  stage: new Map([['LEVEL', 'debug']]),
});
export const sent = (request: Request): object => ({
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
export const sound = (node: Template, facts: EvaluationFacts): boolean => {
  switch (node.kind) {
    case 'text': return node.parts.every((part) => typeof part === 'string' || isScalar(evaluate({ kind: 'value', expression: part }, facts)));
    case 'list': return node.items.every((item) => sound(item, facts));
    case 'object': return node.entries.every(([, item]) => sound(item, facts));
    default: return true;
  }
};
