import { define, isObject, type Json } from '../base/json.js';
import type { Expression, Source, Template } from './expression.js';

/** What expressions of one request are answered from. Parameters and headers as the schemas type them, header names in lower case. */
export interface EvaluationFacts {
  readonly method: string;
  readonly url: string;
  readonly body: Json | undefined;
  readonly parameters: Readonly<Record<'path' | 'query' | 'header' | 'cookie', ReadonlyMap<string, Json>>>;
  readonly context: ReadonlyMap<string, string | number>;
  /** `principalId`, `scopes`, `claims`; empty for an open operation. */
  readonly auth: Json;
  readonly stage: ReadonlyMap<string, string>;
  readonly response?: { readonly status: number; readonly body: Json | undefined; readonly headers: ReadonlyMap<string, string> };
}

/**
 * What a template gives, by definition: every printer of templates must agree with it. `undefined` is absent: a key with
 * an absent value is left out of its object, an absent item is null in its list, absent text is empty.
 */
export const evaluate = (template: Template, facts: EvaluationFacts): Json | undefined => {
  switch (template.kind) {
    case 'literal': return template.value;
    case 'value': return valueOf(template.expression, facts);
    case 'text': return template.parts.map((part) => (typeof part === 'string' ? part : textOf(valueOf(part, facts)))).join('');
    case 'list': return template.items.map((item) => evaluate(item, facts) ?? null);
    case 'object': {
      const object: Record<string, Json> = {};
      for (const [key, item] of template.entries) {
        const value = evaluate(item, facts);
        if (value !== undefined) define(object, key, value);
      }
      return object;
    }
  }
};

/** A scalar inside of a text; null and what is absent are empty. */
const textOf = (value: Json | undefined): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

const valueOf = (expression: Expression, facts: EvaluationFacts): Json | undefined => {
  const value = read(expression.source, facts);
  return value === undefined && expression.source.kind === 'parameter' ? expression.schema?.default?.[0] : value;
};

const read = (source: Source, facts: EvaluationFacts): Json | undefined => {
  switch (source.kind) {
    case 'body': return follow(source.of === 'request' ? facts.body : facts.response?.body, source.pointer);
    case 'parameter': return facts.parameters[source.in].get(source.in === 'header' ? source.name.toLowerCase() : source.name);
    case 'response-header': return facts.response?.headers.get(source.name.toLowerCase());
    case 'method': return facts.method;
    case 'url': return facts.url;
    case 'status': return facts.response?.status;
    case 'context': return facts.context.get(source.name);
    case 'auth': return follow(facts.auth, source.path);
    case 'stage': return facts.stage.get(source.name);
  }
};

/** A value by a pointer's tokens: own properties, and items by their index. */
const follow = (value: Json | undefined, tokens: readonly string[]): Json | undefined =>
  tokens.reduce<Json | undefined>((inner, token) => {
    if (Array.isArray(inner)) return /^(?:0|[1-9]\d*)$/.test(token) ? (inner as readonly Json[])[Number(token)] : undefined;
    return isObject(inner ?? null) && Object.hasOwn(inner as object, token) ? (inner as { readonly [key: string]: Json })[token] : undefined;
  }, value);
