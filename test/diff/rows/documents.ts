import type { Json, JsonObject } from '../../../src/base/json.js';

export type Doc = JsonObject;
/** What the change is called, both documents, and `verdict rule` of each change that is told. */
export type Row = readonly [name: string, before: Doc, after: Doc, want: readonly string[]];

export const doc = (paths: JsonObject, more: JsonObject = {}): Doc => ({ openapi: '3.1.0', info: { title: 'Things', version: '1.0.0' }, ...more, paths });

const ok: JsonObject = { 200: { description: 'Done.' } };

/** One operation that reads. */
export const get = (operation: JsonObject = {}, more: JsonObject = {}, path = '/things'): Doc =>
  doc({ [path]: { get: { operationId: 'readThings', security: [], responses: ok, ...operation } } }, more);
/** One operation that writes. */
export const post = (operation: JsonObject = {}, more: JsonObject = {}): Doc =>
  doc({ '/things': { post: { operationId: 'makeThing', security: [], responses: ok, ...operation } } }, more);

const json = (schema: Json): JsonObject => ({ 'application/json': { schema } });
/** A schema of what is sent. */
export const sent = (schema: Json, more: JsonObject = {}): Doc => post({ requestBody: { content: json(schema) } }, more);
/** A schema of what is answered. */
export const answered = (schema: Json, more: JsonObject = {}): Doc => get({ responses: { 200: { description: 'Done.', content: json(schema) } } }, more);
/** One parameter. */
export const parameter = (value: JsonObject): Doc => get({ parameters: [{ in: 'query', name: 'limit', schema: { type: 'integer' }, ...value }] });
/** Answers by status. */
export const answers = (responses: JsonObject): Doc => get({ responses });
/** Policy of one operation. */
export const policy = (value: JsonObject, operation: JsonObject = {}, more: JsonObject = {}): Doc => get({ ...operation, 'x-gateway': value }, more);
/** Policy of the whole. */
export const gateway = (value: JsonObject, operation: JsonObject = {}): Doc => get(operation, { 'x-gateway': value });
