// The router of the field: a radix tree for each method, literals before variables before wildcards, with a way back.
import findMyWay from 'find-my-way';
import { routesOf, type Route } from '../../generators/kit/aws/routes.js';
import { define } from '../base/json.js';
import { remember } from '../base/remember.js';
import type { Api, Method, Operation, Segment } from '../ir/index.js';

/** Which operation a request reaches, its place in the target's own tree, and the path variables, decoded once. */
export interface Match { readonly operation: Operation; readonly route: Route; readonly variables: Readonly<Record<string, string>> }

export interface Router {
  readonly find: (method: string, path: string) => Match | undefined;
  /** Methods that a path takes. */
  readonly methods: (path: string) => readonly Method[];
}

/**
 * Routes as the target would: literals before variables and those before greedy ones, segment by segment, decided on
 * path and method together. A REST API ignores a trailing slash; to an HTTP API `/a/` is another path.
 */
export const createRouter = (api: Api): Router => {
  const tree = findMyWay({ ignoreTrailingSlash: api.protocol.kind === 'rest', maxParamLength: 16_384 });
  const used = new Set<Method>();
  for (const route of routesOf(api)) {
    const { operation } = route;
    // The target takes no TRACE; of two operations that it could not tell apart the first is served.
    if (operation.method === 'TRACE' || !isRoutable(operation) || tree.hasRoute(operation.method, patternOf(operation))) continue;
    used.add(operation.method);
    tree.on(operation.method, patternOf(operation), () => undefined, route);
  }
  const find = (method: string, path: string): Match | undefined => {
    if (!used.has(method as Method) || path.includes('?') || path.includes('#')) return undefined;
    const found = tree.find(method as Method, path);
    if (!found) return undefined;
    const route = found.store as Route;
    const { operation } = route;
    const names = namesOf(operation);
    if (names.length === 0) return { operation, route, variables: none };
    const variables: Record<string, string> = {};
    for (const [index, { name, greedy }] of names.entries()) {
      const value = found.params[greedy ? '*' : `v${index}`] ?? '';
      if (value === '') return undefined;
      define(variables, name, value);
    }
    return { operation, route, variables };
  };
  return { find, methods: (path) => [...used].filter((method) => find(method, path) !== undefined) };
};

const none: Match['variables'] = Object.freeze({});

/** A wildcard inside of a literal is the one thing that the tree cannot spell; the target refuses such a path too. */
export const isRoutable = ({ path }: Operation): boolean => path.segments.every((segment) => textsOf(segment).every((text) => !/[*()?#]/.test(text)));

const textsOf = (segment: Segment): readonly string[] =>
  segment.kind === 'literal' ? [segment.text] : segment.kind === 'mixed' ? segment.parts.flatMap((part) => ('text' in part ? [part.text] : [])) : [];

const namesOf = remember((operation: Operation): readonly { readonly name: string; readonly greedy: boolean }[] => operation.path.segments.flatMap((segment) => {
  if (segment.kind === 'literal') return [];
  return segment.kind === 'variable' ? [{ name: segment.name, greedy: segment.greedy }] : segment.parts.flatMap((part) => ('name' in part ? [{ name: part.name, greedy: false }] : []));
}));

/** Names of variables are positions, since a document's may have any character. */
const patternOf = ({ path }: Operation): string => {
  let index = 0;
  const literal = (text: string): string => text.replaceAll(':', '::');
  const segments = path.segments.map((segment) => {
    if (segment.kind === 'literal') return literal(segment.text);
    if (segment.kind === 'mixed') return segment.parts.map((part) => ('text' in part ? literal(part.text) : `:v${index++}`)).join('');
    return segment.greedy ? '*' : `:v${index++}`;
  });
  return `/${segments.join('/')}`;
};
