import type { Api, Expression, Template } from '../../../src/ir/index.js';
import { resolve } from '../../../src/ir/walk.js';
import type { Gap } from '../velocity/template.js';
import { accessOf } from './access.js';
import type { CloudObject } from './cloud-text.js';
import type { Route } from './routes.js';

/** An integration of an HTTP API, or why parameter mappings do not come up to what the document asks. */
export type MappedIntegration = { readonly integration: CloudObject; readonly doubts: readonly Gap[] } | { readonly lacking: string };

/** What is mapped: the request on its way in, or the answer on its way out, from which nothing of the request can be seen. */
export type Side = 'request' | 'response';

/** `$` begins a variable, and nothing ends its meaning. */
export const plain = (text: string): string | undefined => (/[${}]/.test(text) ? undefined : text);

/** The name of an answer's header in the author's letters: the gateway minds their case. */
export const headerAsWritten = ({ text }: Expression): string => text.slice('$response.header.'.length);

/** A template as the value of a parameter (developer guide, "Transform API requests and responses"); nothing where there is no way to say it. */
export const parameterText = (api: Api, route: Route, template: Template, side: Side = 'request'): string | undefined => {
  switch (template.kind) {
    // A parameter is a text, and nothing is not one.
    case 'literal': return template.value === null ? undefined : plain(typeof template.value === 'string' ? template.value : JSON.stringify(template.value));
    case 'value': {
      const found = reference(api, route, template.expression, side);
      return found && `$${found}`;
    }
    case 'text': {
      const parts = template.parts.map((part) => {
        if (typeof part === 'string') return plain(part);
        const found = reference(api, route, part, side);
        return found && `\${${found}}`;
      });
      return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
    }
    default: return undefined;
  }
};

/**
 * What of a template is not sure to come to what it says: how a value looks that is missing or null is not documented, and a
 * number or truth value of the request is handed on as the text that it came as.
 */
export const doubtsOf = (api: Pick<Api, 'schemas'>, template: Template): readonly Gap[] => {
  const expressions = template.kind === 'value' ? [template.expression] : template.kind === 'text' ? template.parts.filter((part) => typeof part !== 'string') : [];
  return expressions.flatMap((expression) => {
    const types = expression.schema && resolve(api, expression.schema).types;
    if (expression.optional) return [{ expression, why: 'may be missing' }];
    if (types?.includes('null')) return [{ expression, why: 'may be null' }];
    const isText = expression.source.kind !== 'parameter' || types === undefined || types.every((type) => type === 'string');
    return isText ? [] : [{ expression, why: 'is handed on as it came, whether it is of its type or not' }];
  });
};

const contexts: Readonly<Record<string, string>> = { requestId: 'requestId', stage: 'stage', sourceIp: 'identity.sourceIp', domain: 'domainName', epochMs: 'requestTimeEpoch', userAgent: 'identity.userAgent' };
const simple = /^[A-Za-z_][A-Za-z0-9_]*$/;
const name = /^[A-Za-z0-9_-]+$/;

/** A value as parameter mappings name it, without the leading `$`; nothing where they have no name for it. */
const reference = (api: Api, { operation, variables }: Route, expression: Expression, side: Side): string | undefined => {
  const { source, schema } = expression;
  switch (source.kind) {
    case 'body': return source.of === side && source.pointer.every((token) => simple.test(token)) ? [`${side}.body`, ...source.pointer].join('.') : undefined;
    case 'parameter': {
      const types = schema && resolve(api, schema).types;
      if (side === 'response' || schema?.default || !name.test(source.name) || types?.includes('array') || types?.includes('object')) return undefined;
      if (source.in === 'path') return `request.path.${variables.get(source.name) ?? source.name}`;
      return source.in === 'cookie' ? undefined : `request.${source.in === 'query' ? 'querystring' : 'header'}.${source.name}`;
    }
    case 'response-header': return side === 'response' && name.test(source.name) ? `response.header.${headerAsWritten(expression)}` : undefined;
    case 'method': return 'context.httpMethod';
    case 'context': return Object.hasOwn(contexts, source.name) ? `context.${contexts[source.name]}` : undefined;
    case 'stage': return simple.test(source.name) ? `stageVariables.${source.name}` : undefined;
    case 'auth': {
      const { authorizer } = accessOf(api, operation);
      const token = authorizer.kind === 'scheme' && (authorizer.scheme.check?.kind === 'jwt' || authorizer.scheme.check?.kind === 'user-pool');
      if (source.path.length === 1 && source.path[0] === 'principalId') return token ? 'context.authorizer.claims.sub' : 'context.authorizer.principalId';
      const [first, claim = ''] = source.path;
      return token && first === 'claims' && source.path.length === 2 && simple.test(claim) ? `context.authorizer.claims.${claim}` : undefined;
    }
    default: return undefined;
  }
};
