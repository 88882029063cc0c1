import type { OperationContract, Segment } from './contract.js';

/** Values of the path variables, still encoded. */
export type Variables = ReadonlyMap<string, string>;

/** The parts between slashes, without a trailing empty one. */
export const split = (path: string): string[] => {
  const parts = path.split('/');
  parts.shift();
  if (parts.at(-1) === '') parts.pop();
  return parts;
};

/** How a request's path begins, before as many segments as an operation has of its own: a stage, a base path. */
export const before = (path: string, own: number): string => path.split('/').filter((segment, index) => index === 0 || segment !== '').slice(0, -own || undefined).join('/');

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Text in a path may be sent encoded or not; it is compared decoded. */
const same = (text: string, sent: string): boolean => {
  if (text === sent) return true;
  try {
    return decodeURIComponent(sent) === text;
  } catch {
    return false;
  }
};

const matchSegment = (segment: Segment, part: string, found: Map<string, string>): boolean => {
  if (segment.kind === 'literal') return same(segment.text, part);
  if (part === '') return false;
  if (segment.kind === 'variable') {
    found.set(segment.name, part);
    return true;
  }
  const names = segment.parts.flatMap((piece) => ('name' in piece ? [piece.name] : []));
  const match = new RegExp(`^${segment.parts.map((piece) => ('name' in piece ? '(.+?)' : escape(piece.text))).join('')}$`).exec(part);
  names.forEach((name, index) => found.set(name, match?.[index + 1] ?? ''));
  return match !== null;
};

/** The variables of a path, given by its parts, that fits the segments. */
export const match = (segments: readonly Segment[], parts: readonly string[]): Variables | undefined => {
  const last = segments.at(-1);
  const greedy = last?.kind === 'variable' && last.greedy;
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return undefined;
  const found = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const part = greedy && index === segments.length - 1 ? parts.slice(index).join('/') : parts[index] ?? '';
    if (!matchSegment(segment, part, found)) return undefined;
  }
  return found;
};

const rank = (segment: Segment): number => (segment.kind === 'literal' ? 0 : segment.kind === 'mixed' ? 1 : segment.greedy ? 3 : 2);

/** Literals before variables, segment by segment from the left; greedy variables last. */
const moreSpecific = (a: readonly Segment[], b: readonly Segment[]): number => {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index];
    const right = b[index];
    const order = (left ? rank(left) : 4) - (right ? rank(right) : 4);
    if (order !== 0) return order;
  }
  return 0;
};

export type Routed<T> =
  | { readonly kind: 'found'; readonly operation: T; readonly variables: Variables }
  | { readonly kind: 'no-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'no-path' };

/** Keeps of a path what a route can have matched: behind a base path or a stage there are as many parts as the route has. */
const tail = (parts: readonly string[], segments: readonly Segment[]): readonly string[] => {
  const last = segments.at(-1);
  return (last?.kind === 'variable' && last.greedy) || parts.length <= segments.length ? parts : parts.slice(parts.length - segments.length);
};

const none: Variables = new Map();

/** A router over the operations of one function. */
export const router = <T extends { readonly contract: Pick<OperationContract, 'method' | 'route' | 'segments'> }>(operations: readonly T[]) => {
  const fixed = new Set(operations.filter(({ contract }) => contract.segments.every(({ kind }) => kind === 'literal')));
  const sorted = [...operations].sort((a, b) => moreSpecific(a.contract.segments, b.contract.segments));
  return (method: string, path: string, route: string | undefined): Routed<T> => {
    const chosen = operations.find(({ contract }) => contract.method === method && contract.route === route);
    // The gateway has compared the literals of a route that it names.
    if (chosen && fixed.has(chosen)) return { kind: 'found', operation: chosen, variables: none };
    const parts = split(path);
    const known = chosen && match(chosen.contract.segments, tail(parts, chosen.contract.segments));
    if (chosen && known) return { kind: 'found', operation: chosen, variables: known };
    const siblings = route === undefined ? [] : operations.filter(({ contract }) => contract.route === route);
    const fitting = sorted.flatMap((operation) => {
      const variables = match(operation.contract.segments, parts);
      return variables ? [{ operation, variables }] : [];
    });
    const found = fitting.find(({ operation }) => operation.contract.method === method);
    if (found) return { kind: 'found', ...found };
    const methods = [...siblings, ...fitting.map(({ operation }) => operation)].map(({ contract }) => contract.method);
    return methods.length > 0 ? { kind: 'no-method', allowed: [...new Set(methods)].sort() } : { kind: 'no-path' };
  };
};
