import type { Api, Method, Operation, Segment } from '../ir/index.js';

/** Which operation a request reaches, with the path variables as the gateway reports them: still percent-encoded. */
export interface Match { readonly operation: Operation; readonly variables: Readonly<Record<string, string>> }

export type Router = (method: string, path: string) => Match | undefined;

/**
 * Routes as the target would. Both prefer literals to variables and those to greedy ones, segment by segment, and
 * decide on path and method together. A REST API ignores a trailing slash; to an HTTP API `/a/` is another path.
 */
export const createRouter = (api: Api): Router => {
  const byMethod = new Map<Method, Operation[]>();
  for (const operation of api.operations.values()) byMethod.set(operation.method, [...(byMethod.get(operation.method) ?? []), operation]);
  for (const operations of byMethod.values()) operations.sort(moreSpecific);
  const rest = api.protocol.kind === 'rest';
  return (method, path) => {
    const segments = (rest && path.length > 1 ? path.replace(/\/$/, '') : path).split('/').slice(1);
    for (const operation of byMethod.get(method as Method) ?? []) {
      const variables = matchSegments(operation.path.segments, segments);
      if (variables) return { operation, variables };
    }
    return undefined;
  };
};

const rank = (segment: Segment | undefined): number => (segment === undefined ? 3 : segment.kind === 'literal' ? 0 : segment.kind === 'variable' && segment.greedy ? 2 : 1);

const moreSpecific = (a: Operation, b: Operation): number => {
  const length = Math.max(a.path.segments.length, b.path.segments.length);
  for (let index = 0; index < length; index++) {
    const difference = rank(a.path.segments[index]) - rank(b.path.segments[index]);
    if (difference !== 0) return difference;
  }
  return 0;
};

const matchSegments = (template: readonly Segment[], given: readonly string[]): Record<string, string> | undefined => {
  const variables: Record<string, string> = Object.create(null) as Record<string, string>;
  if (template.length === 0) return given.length === 1 && given[0] === '' ? variables : undefined;
  for (const [index, segment] of template.entries()) {
    const text = given[index];
    if (text === undefined || (segment.kind !== 'literal' && text === '')) return undefined;
    if (segment.kind === 'variable' && segment.greedy) {
      variables[segment.name] = given.slice(index).join('/');
      return variables;
    }
    if (segment.kind === 'variable') variables[segment.name] = text;
    else if (segment.kind === 'literal' ? !sameText(segment.text, text) : !matchMixed(segment.parts, text, variables)) return undefined;
  }
  return template.length === given.length ? variables : undefined;
};

/** A literal may have been sent percent-encoded. */
const sameText = (literal: string, given: string): boolean => {
  if (literal === given) return true;
  try {
    return decodeURIComponent(given) === literal;
  } catch {
    return false;
  }
};

const matchMixed = (parts: readonly ({ readonly text: string } | { readonly name: string })[], text: string, variables: Record<string, string>): boolean => {
  let rest = text;
  for (const [index, part] of parts.entries()) {
    if ('text' in part) {
      if (!rest.startsWith(part.text)) return false;
      rest = rest.slice(part.text.length);
      continue;
    }
    const next = parts[index + 1];
    const end = next && 'text' in next ? rest.indexOf(next.text, 1) : rest.length;
    if (end <= 0) return false;
    variables[part.name] = rest.slice(0, end);
    rest = rest.slice(end);
  }
  return rest === '';
};
