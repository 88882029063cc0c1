import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from '../../src/expressions/parse.js';
import type { Source } from '../../src/ir/index.js';

const sourceOf = (text: string): Source | undefined => {
  const parts = parseText(text);
  const [only] = 'why' in parts ? [] : parts;
  return typeof only === 'object' ? only.parsed.source : undefined;
};

describe('an expression that stands alone', () => {
  it.each<[string, Source]>([
    ['$method', { kind: 'method' }],
    ['$url', { kind: 'url' }],
    ['$statusCode', { kind: 'status' }],
    ['$request.body', { kind: 'body', of: 'request', pointer: [] }],
    ['$request.body#/a/b', { kind: 'body', of: 'request', pointer: ['a', 'b'] }],
    ['$request.body#/a~1b/~0c/0', { kind: 'body', of: 'request', pointer: ['a/b', '~c', '0'] }],
    ['$response.body#/', { kind: 'body', of: 'response', pointer: [''] }],
    ['$request.path.id', { kind: 'parameter', in: 'path', name: 'id' }],
    ['$request.query.filter[name]', { kind: 'parameter', in: 'query', name: 'filter[name]' }],
    ['$request.query.a.b', { kind: 'parameter', in: 'query', name: 'a.b' }],
    ['$request.header.Idempotency-Key', { kind: 'parameter', in: 'header', name: 'Idempotency-Key' }],
    ['$request.cookie.session', { kind: 'parameter', in: 'cookie', name: 'session' }],
    ['$response.header.ETag', { kind: 'response-header', name: 'etag' }],
    ['$context.requestId', { kind: 'context', name: 'requestId' }],
    ['$auth.principalId', { kind: 'auth', path: ['principalId'] }],
    ['$auth.claims.org.id', { kind: 'auth', path: ['claims', 'org', 'id'] }],
    ['$stage.LOG_LEVEL', { kind: 'stage', name: 'LOG_LEVEL' }],
  ])('%s', (text, source) => expect(sourceOf(text)).toEqual(source));
});

describe('a text', () => {
  it.each<[string, readonly unknown[]]>([
    ['plain', ['plain']],
    ['', ['']],
    ['$$5', ['$5']],
    ['5$', ['5$']],
    ['{a}', ['{a}']],
    ['ORDER#{$request.path.id}', ['ORDER#', '$request.path.id']],
    ['{$request.path.a}-{$request.path.b}', ['$request.path.a', '-', '$request.path.b']],
    ['{$request.path.a}', ['$request.path.a']],
    ['{$$request.path.a}', ['{$request.path.a}']],
    ['a{$context.requestId}$$', ['a', '$context.requestId', '$']],
  ])('%s', (text, want) => {
    const parts = parseText(text);
    expect('why' in parts ? parts : parts.map((part) => (typeof part === 'string' ? part : part.text))).toEqual(want);
  });
});

describe('what cannot be read says where', () => {
  it.each<[string, number]>([
    ['$contxt.requestId', 1],
    ['$request', 9],
    ['$request.boby', 10],
    ['$request.body/a', 14],
    ['$request.body#a', 15],
    ['$request.path.', 14],
    ['$response.path.x', 11],
    ['$context.requestID', 10],
    ['$auth.tenant', 7],
    ['$auth.scopes.x', 7],
    ['$method.x', 8],
    ['a{$request.path.id', 2],
  ])('%s', (text, column) => expect(parseText(text)).toMatchObject({ column }));

  it('never throws, and loses no literal text', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const escaped = text.replaceAll('$', '$$$$');
      expect(parseText(escaped)).toEqual([text]);
    }));
    fc.assert(fc.property(fc.string(), (text) => {
      parseText(`$${text}`);
    }));
  });
});
