import { compare } from '../../../src/base/order.js';
import { remember } from '../../../src/base/remember.js';
import type { Api, Operation, Segment } from '../../../src/ir/index.js';

/** The place of an operation in the gateway's own resource tree. */
export interface Route {
  readonly operation: Operation;
  /** `/orders/{orderId}`: one variable a segment, one variable name a place, as the gateway demands. */
  readonly path: string;
  /** The same with `*` for each variable, for permissions. */
  readonly arnPath: string;
  /** The document's path variable → the gateway's, where they differ or share a segment. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * The gateway allows one variable among siblings and none inside a segment. Generated functions match the path
 * themselves, so the gateway's names may differ from the document's: siblings share the first name in order, and a
 * mixed segment becomes one variable.
 */
export const routesOf = remember((api: Api): readonly Route[] => {
  const names = new Map<string, string>();
  const operations = [...api.operations.values()].sort((a, b) => compare(a.path.text, b.path.text));
  const routed = new Map<string, Route>();
  for (const operation of operations) {
    const variables = new Map<string, string>();
    const used = new Set<string>();
    let path = '';
    let arnPath = '';
    for (const segment of operation.path.segments) {
      if (segment.kind === 'literal') {
        path += `/${segment.text}`;
        arnPath += `/${segment.text}`;
        continue;
      }
      const place = `${path}/`;
      const name = names.get(place) ?? unused(variableName(segment), used);
      names.set(place, name);
      used.add(name);
      for (const declared of declaredNames(segment)) variables.set(declared, name);
      path += segment.kind === 'variable' && segment.greedy ? `/{${name}+}` : `/{${name}}`;
      arnPath += '/*';
    }
    routed.set(operation.id, { operation, path: path === '' ? '/' : path, arnPath: arnPath === '' ? '/' : arnPath, variables });
  }
  return [...api.operations.keys()].map((id) => routed.get(id)).filter((route) => route !== undefined);
});

const declaredNames = (segment: Exclude<Segment, { kind: 'literal' }>): string[] =>
  segment.kind === 'variable' ? [segment.name] : segment.parts.flatMap((part) => ('name' in part ? [part.name] : []));

const variableName = (segment: Exclude<Segment, { kind: 'literal' }>): string =>
  declaredNames(segment).join('_').replace(/[^A-Za-z0-9_]/g, '_') || 'value';

const unused = (name: string, used: ReadonlySet<string>): string => {
  let candidate = name;
  for (let suffix = 2; used.has(candidate); suffix++) candidate = `${name}_${suffix}`;
  return candidate;
};

/** Characters that a literal segment may have in the gateway's resource tree. */
export const routable = (segment: Segment): boolean => segment.kind !== 'literal' || /^[A-Za-z0-9_\-.,:]+$/.test(segment.text);
