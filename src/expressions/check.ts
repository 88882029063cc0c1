import { isObject, type Json } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';
import { compare } from '../base/order.js';
import { list, nearest } from '../base/text.js';
import type { Expression, Schema, Source, Template } from '../ir/index.js';
import * as faults from './diagnostics.js';
import { parseText, type Part } from './parse.js';
import type { Scope } from './scope.js';
import { follow, typesOf } from './walk.js';

/**
 * Any JSON value with expressions in it, parsed and checked against the operation. An expression that is wrong was
 * reported, and there is no template then.
 */
export const checkTemplate = (value: Json, origin: Origin, scope: Scope): Template | undefined => {
  if (typeof value === 'string') return checkText(value, origin, scope);
  if (Array.isArray(value)) {
    const items = value.map((item: Json, index) => checkTemplate(item, at(origin, index), scope));
    return items.every((item) => item !== undefined) ? fold({ kind: 'list', items }) : undefined;
  }
  if (isObject(value)) {
    const entries = Object.keys(value).sort(compare).map((key) => [key, checkTemplate(value[key] as Json, at(origin, key), scope)] as const);
    return entries.every((entry): entry is readonly [string, Template] => entry[1] !== undefined) ? { kind: 'object', entries } : undefined;
  }
  return { kind: 'literal', value };
};

/** A list in which nothing is computed is a literal. */
const fold = (template: Template & { kind: 'list' }): Template =>
  (template.items.every((item) => item.kind === 'literal')
    ? { kind: 'literal', value: template.items.map((item) => (item.kind === 'literal' ? item.value : null)) }
    : template);

const checkText = (text: string, origin: Origin, scope: Scope): Template | undefined => {
  const parts = parseText(text);
  if ('why' in parts) {
    scope.report(faults.malformed({ text, why: parts.why, column: parts.column }, origin));
    return undefined;
  }
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only };
  if (parts.length === 1 && typeof only === 'object' && text.startsWith('$')) {
    const expression = check(only, origin, scope);
    return expression && { kind: 'value', expression };
  }
  const checked = parts.map((part) => (typeof part === 'string' ? part : textual(check(part, origin, scope), scope)));
  return checked.every((part) => part !== undefined) ? { kind: 'text', parts: checked } : undefined;
};

/** One expression that stands alone: an idempotency key, a header. */
export const checkExpression = (text: string, origin: Origin, scope: Scope): Expression | undefined => {
  const template = checkText(text, origin, scope);
  return template?.kind === 'value' ? template.expression : undefined;
};

const textual = (expression: Expression | undefined, scope: Scope): Expression | undefined => {
  const types = expression?.schema ? typesOf(expression.schema, scope.schemas) : [];
  const composite = types.filter((type) => type === 'object' || type === 'array');
  if (!expression || composite.length === 0) return expression;
  const words = composite.map((type) => (type === 'object' ? 'an object' : 'a list'));
  scope.report(faults.notText({ text: expression.text, types: list(words, 'or') }, expression.origin));
  return undefined;
};

const check = ({ text, parsed }: Exclude<Part, string>, origin: Origin, scope: Scope): Expression | undefined => {
  const { source } = parsed;
  const typed = typeOf(source, text, origin, scope);
  return typed && { origin, text, source, ...typed };
};

type Typed = Pick<Expression, 'schema' | 'optional'>;

const scalar = (origin: Origin, type: 'string' | 'integer'): Schema => ({ origin, types: [type] });

const typeOf = (source: Source, text: string, origin: Origin, scope: Scope): Typed | undefined => {
  switch (source.kind) {
    case 'method':
    case 'url':
      return { schema: scalar(origin, 'string'), optional: false };
    case 'status':
      return scope.response ? { schema: scalar(origin, 'integer'), optional: false } : outside(text, origin, scope);
    case 'context':
      return { schema: scalar(origin, source.name === 'epochMs' ? 'integer' : 'string'), optional: source.name === 'userAgent' };
    case 'auth':
      return authType(source.path, origin);
    case 'stage':
      return variable(source.name, text, origin, scope);
    case 'parameter':
      return parameter(source, text, origin, scope);
    case 'response-header':
      return scope.response ? header(source.name, text, origin, scope) : outside(text, origin, scope);
    case 'body':
      if (source.of === 'response' && !scope.response) return outside(text, origin, scope);
      if (source.of === 'response' && scope.foreignResponse) return { optional: true };
      return body(source, text, origin, scope);
  }
};

const outside = (text: string, origin: Origin, scope: Scope): undefined => {
  scope.report(faults.responseOutside({ text }, origin));
  return undefined;
};

const authType = (path: readonly string[], origin: Origin): Typed => {
  switch (path[0]) {
    case 'scopes':
      return { schema: { origin, types: ['array'], items: scalar(origin, 'string') }, optional: false };
    case 'claims':
      return path.length === 1 ? { schema: { origin, types: ['object'] }, optional: false } : { optional: true };
    default:
      return { schema: scalar(origin, 'string'), optional: true };
  }
};

const variable = (name: string, text: string, origin: Origin, scope: Scope): Typed | undefined => {
  if (scope.variables.has(name)) return { schema: scalar(origin, 'string'), optional: false };
  scope.report(faults.unknownVariable({ text, name, near: nearest(name, scope.variables) }, origin));
  return undefined;
};

const parameter = (source: Source & { kind: 'parameter' }, text: string, origin: Origin, scope: Scope): Typed | undefined => {
  const candidates = scope.operation.parameters.filter((each) => each.in === source.in);
  const same = (a: string, b: string): boolean => (source.in === 'header' ? a.toLowerCase() === b.toLowerCase() : a === b);
  const found = candidates.find((each) => same(each.name, source.name));
  if (found) return { schema: found.schema, optional: !found.required && found.schema.default === undefined };
  // Headers every HTTP request has, and those OpenAPI forbids to declare as parameters.
  if (source.in === 'header' && ['accept', 'authorization', 'content-type', 'user-agent', 'host'].includes(source.name.toLowerCase())) return { schema: scalar(origin, 'string'), optional: true };
  const known = candidates.map((each) => each.name);
  scope.report(faults.unknownParameter({ text, name: source.name, place: source.in, near: nearest(source.name, known), known }, origin));
  return undefined;
};

const header = (name: string, text: string, origin: Origin, scope: Scope): Typed | undefined => {
  const headers = scope.operation.responses.flatMap((response) => response.headers);
  const found = headers.find((each) => each.name.toLowerCase() === name);
  if (found || scope.foreignResponse) return { ...(found ? { schema: found.schema } : {}), optional: found?.required !== true };
  scope.report(faults.unknownHeader({ text, name, near: nearest(name, headers.map((each) => each.name)) }, origin));
  return undefined;
};

const body = (source: Source & { kind: 'body' }, text: string, origin: Origin, scope: Scope): Typed | undefined => {
  const { operation } = scope;
  const contents = source.of === 'request' ? operation.body?.contents ?? [] : operation.responses.flatMap((response) => response.contents);
  if (contents.length === 0) {
    scope.report(faults.noBody({ text, what: source.of === 'request' ? 'the operation takes no body' : 'no response of the operation has a body' }, origin));
    return undefined;
  }
  const absent = source.of === 'request' && operation.body?.required === false;
  const schemas = contents.flatMap((content) => (content.schema ? [content.schema] : []));
  if (schemas.length === 0) return { optional: absent };
  const results = schemas.map((schema) => follow(schema, source.pointer, scope.schemas));
  const good = results.find((result) => result.kind === 'schema');
  if (good?.kind === 'schema') return { schema: good.schema, optional: absent || good.optional || results.some((each) => each.kind !== 'schema') };
  const lost = results.find((result) => result.kind === 'nowhere');
  if (lost?.kind !== 'nowhere' || results.some((result) => result.kind === 'free')) return { optional: true };
  scope.report(faults.unknownField({ text, token: lost.token, near: nearest(lost.token, lost.known) }, origin));
  return undefined;
};
