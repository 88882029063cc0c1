import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import { answered, sent, type Doc } from './rows/documents.js';
import { changesOf } from './support.js';

const in30 = (doc: Doc): string => JSON.stringify({ ...doc, openapi: '3.0.3' });

const twins: readonly (readonly [name: string, in30: Json, in31: Json])[] = [
  ['nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  ['nullable, as one of several forms', { type: 'string', nullable: true }, { anyOf: [{ type: 'string' }, { type: 'null' }] }],
  ['an exclusive bound', { type: 'number', minimum: 1, exclusiveMinimum: true }, { type: 'number', exclusiveMinimum: 1 }],
  ['base64', { type: 'string', format: 'byte' }, { type: 'string', contentEncoding: 'base64' }],
  ['bytes of a form', { type: 'object', properties: { file: { type: 'string', format: 'binary' } } }, { type: 'object', properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } } }],
  ['an example', { type: 'string', example: 'a' }, { type: 'string', examples: ['a'] }],
  ['a list of one value', { type: 'string', enum: ['a'] }, { type: 'string', const: 'a' }],
];

describe('the two dialects', () => {
  it.each(twins)('%s', async (_, old, young) => {
    for (const place of [sent, answered]) {
      expect(await changesOf(in30(place(old)), JSON.stringify(place(young)))).toEqual([]);
      expect(await changesOf(JSON.stringify(place(young)), in30(place(old)))).toEqual([]);
    }
  });
});
