import type { Source, Template } from './contract.js';
import type { Incoming, NormalisedRequest } from './message.js';
import { put } from './platform.js';

/** What expressions of one request take their values from. */
export interface Facts {
  readonly incoming: Incoming;
  readonly normalised?: NormalisedRequest | undefined;
  readonly status?: number;
  readonly response?: unknown;
}

const walk = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as { readonly [key: string]: unknown })[name] : undefined), value);

const context = ({ incoming }: Facts, name: string): unknown =>
  name === 'requestId' ? incoming.requestId : name === 'time' ? `${incoming.context.receivedAt.slice(0, 19)}Z` : name === 'epochMs' ? Date.parse(incoming.context.receivedAt) : walk(incoming.context, [name]);

const places = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** The value of an expression, as the schemas type it; undefined where it has none. */
export const valueOf = (source: Source, facts: Facts): unknown => {
  switch (source.kind) {
    case 'context': return context(facts, source.name);
    case 'parameter': return walk(facts.normalised?.request[places[source.in]], [source.in === 'header' ? source.name.toLowerCase() : source.name]);
    case 'auth': return walk(facts.incoming.auth, source.path);
    case 'stage': return walk(facts.incoming.stageVariables, [source.name]);
    case 'body': return walk(facts.normalised?.request.body, source.pointer);
    case 'response': return walk(facts.response, source.pointer);
    case 'method': return facts.incoming.method;
    case 'url': return facts.incoming.path + (facts.incoming.query.length > 0 ? `?${facts.incoming.query.map(([name, value]) => `${name}=${value}`).join('&')}` : '');
    case 'status': return facts.status;
  }
};

/** The same as text; nothing where it is null or absent. */
export const textOf = (source: Source, facts: Facts): string | undefined => {
  const value = valueOf(source, facts);
  return value === undefined || value === null ? undefined : typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** What a template gives: a key with an absent value is left out, an absent item is null, absent text is empty. */
export const fill = (template: Template, facts: Facts): unknown => {
  switch (template.kind) {
    case 'literal': return template.value;
    case 'value': return valueOf(template.source, facts);
    case 'text': return template.parts.map((part) => (typeof part === 'string' ? part : textOf(part, facts) ?? '')).join('');
    case 'list': return template.items.map((item) => fill(item, facts) ?? null);
    case 'object': {
      const object = {};
      for (const [name, item] of template.entries) {
        const value = fill(item, facts);
        if (value !== undefined) put(object, name, value);
      }
      return object;
    }
  }
};
