import type { Api, Content, Operation, Schema } from '../../src/ir/index.js';
import { resolve } from '../../src/ir/walk.js';
import { inputs, kindOf } from './stubs.js';

type Parts = Record<string, string>;

/** What each property of an object is, one level down; the parts of an `allOf` together. */
const properties = (api: Api, schema: Schema | undefined, prefix: string, parts: Parts, outer: readonly Schema[] = []): void => {
  const target = schema && resolve(api, schema);
  if (!target || outer.includes(target)) return;
  for (const part of target.allOf ?? []) properties(api, part, prefix, parts, [...outer, target]);
  for (const [name, property] of target.properties ?? []) parts[`${prefix}.${name}`] = `${kindOf(api, property)}${target.required?.includes(name) === true ? '' : ', perhaps'}`;
};

const content = (api: Api, contents: readonly Content[], prefix: string, parts: Parts): void => {
  for (const { schema, kind } of contents.slice(0, 1)) if (kind === 'json' || kind === 'form' || kind === 'multipart') properties(api, schema, prefix, parts);
};

/**
 * What a handler must agree with, part by part, in the words of its stub: `query.limit` → `number, perhaps`. Bodies are
 * told by their properties, one level down; what changes below is the type checker's to tell.
 */
export const signatureOf = (api: Api, operation: Operation): Readonly<Record<string, string>> => {
  const parts: Parts = {};
  for (const line of inputs(api, operation)) {
    const colon = line.indexOf(': ');
    parts[line.slice(0, colon)] = line.slice(colon + 2);
  }
  if (!operation.integration.request) content(api, operation.body?.contents ?? [], 'body', parts);
  for (const { status, contents, headers } of operation.responses) {
    const [first] = contents;
    parts[`answer ${status}`] = first === undefined ? 'no body' : first.kind === 'json' ? kindOf(api, first.schema) : first.kind;
    content(api, contents, `answer ${status} body`, parts);
    for (const header of headers) parts[`answer ${status} header ${header.name.toLowerCase()}`] = `${kindOf(api, header.schema)}${header.required ? '' : ', perhaps'}`;
  }
  return parts;
};
