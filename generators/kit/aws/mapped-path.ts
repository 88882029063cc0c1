import type { Api, Expression, Template } from '../../../src/ir/index.js';
import type { Gap } from '../velocity/template.js';
import { accessOf } from './access.js';
import type { CloudObject } from './cloud-text.js';
import type { Route } from './routes.js';

/** A path that a document maps, for an integration's address. */
export interface MappedPath {
  /** The path of the integration, with a variable for each expression. */
  readonly path: string;
  readonly parameters: CloudObject & Readonly<Record<string, string>>;
  /** The whole as one parameter, where it is a constant or one value. */
  readonly parameter?: string;
  readonly first?: Expression;
  readonly gaps: readonly Gap[];
}

/** Path variables stay encoded on their way, so that no value adds to the path; others are of the gateway's or the issuer's making. */
export const pathOf = (api: Api, route: Route, template: Template | undefined, name: string): MappedPath => {
  const gaps: Gap[] = [];
  const parameters: Record<string, string> = {};
  const parts = partsOf(template);
  let first: Expression | undefined;
  const path = parts.map((part, index) => {
    if (typeof part === 'string') return part.split('/').map(encodeURIComponent).join('/');
    first ??= part;
    const source = sourceOf(api, route, part);
    if (source === undefined) gaps.push({ expression: part, why: 'an address is made of path variables, of what the gateway itself knows, and of the caller’s identity' });
    parameters[`integration.request.path.${name}${index}`] = source ?? "''";
    return `{${name}${index}}`;
  }).join('');
  const [only] = parts;
  const parameter = parts.length > 1 || only === undefined ? undefined : typeof only === 'string' ? quoted(only) : sourceOf(api, route, only);
  return { path, parameters, gaps, ...(parameter === undefined ? {} : { parameter }), ...(first ? { first } : {}) };
};

const quoted = (text: string): string | undefined => (/^[\x20-\x26\x28-\x7e]*$/.test(text) ? `'${text}'` : undefined);

/** Text, and what is put between it. */
export const partsOf = (template: Template | undefined): readonly (string | Expression)[] => {
  switch (template?.kind) {
    case 'literal': return [String(template.value)];
    case 'value': return [template.expression];
    case 'text': return template.parts;
    default: return [];
  }
};

const contexts: Readonly<Record<string, string>> = { requestId: 'requestId', stage: 'stage', sourceIp: 'identity.sourceIp', domain: 'domainName', epochMs: 'requestTimeEpoch' };

const sourceOf = (api: Api, { operation, variables }: Route, { source }: Expression): string | undefined => {
  switch (source.kind) {
    case 'parameter': return source.in === 'path' ? `method.request.path.${variables.get(source.name) ?? source.name}` : undefined;
    case 'context': return Object.hasOwn(contexts, source.name) ? `context.${contexts[source.name]}` : undefined;
    case 'stage': return `stageVariables.${source.name}`;
    case 'auth': {
      const { authorizer } = accessOf(api, operation);
      const pool = authorizer.kind === 'scheme' && authorizer.scheme.check?.kind === 'user-pool';
      const [first, claim] = source.path;
      if (first === 'principalId') return pool ? 'context.authorizer.claims.sub' : 'context.authorizer.principalId';
      return pool && first === 'claims' && claim !== undefined && source.path.length === 2 ? `context.authorizer.claims.${claim}` : undefined;
    }
    default: return undefined;
  }
};
