import { compare } from '../base/order.js';
import type { Cursor } from '../document/cursor.js';
import type { Method, PathTemplate } from '../ir/index.js';
import { pathCollision, unroutable } from './openapi-diagnostics.js';
import { methods, operationOf, pathItemOf } from './path-item.js';
import { matchKey, readPath, type PathKey } from './path.js';

/** A method of a path, with what describes it. */
export interface Route {
  readonly method: Method;
  readonly path: PathTemplate;
  /** Under which key of `paths` it was written. */
  readonly key: string;
  readonly cut: PathKey['cut'];
  readonly entry: Cursor;
  readonly pathItem: Cursor;
  readonly operation: Cursor;
}

/** The routes of a document, by path, then by method; of those that match the same requests, only the first. */
export const findRoutes = (root: Cursor): Route[] => {
  const written = (root.get('paths')?.entries('`paths`') ?? []).flatMap(([key, entry]) => routesOf(key, entry));
  const byRequest = new Map<string, Route>();
  // What is a path and no more comes first, so that it is never the one that is left out.
  for (const route of [...written.filter(({ cut }) => !cut), ...written.filter(({ cut }) => cut)]) {
    const identity = `${route.method} ${matchKey(route.path)}`;
    const first = byRequest.get(identity);
    if (route.cut) tellCut(route, route.cut, first);
    else if (first) tellCollision(route, first);
    if (!first) byRequest.set(identity, route);
  }
  const order = methods.map(([, method]) => method);
  return [...byRequest.values()].sort((a, b) => compare(a.path.text, b.path.text) || order.indexOf(a.method) - order.indexOf(b.method));
};

const routesOf = (key: string, entry: Cursor): Route[] => {
  if (key.startsWith('x-')) return [];
  const path = readPath(key, entry);
  const pathItem = pathItemOf(entry);
  if (!path || !pathItem) return [];
  return methods.flatMap(([field, method]): Route[] => {
    const operation = operationOf(pathItem, field);
    return operation ? [{ method, path: path.template, key, cut: path.cut, entry, pathItem, operation }] : [];
  });
};

const tellCut = (route: Route, cut: keyof typeof unroutable, first: Route | undefined): void =>
  route.entry.report(unroutable[cut](
    { path: route.key, kept: !first, method: route.method, plain: route.path.text },
    route.entry.origin,
    first ? [{ at: first.operation.origin, message: 'described here' }] : [],
  ));

const tellCollision = (route: Route, first: Route): void =>
  route.entry.report(pathCollision(
    { method: route.method, path: route.key, other: first.key },
    route.operation.origin,
    [{ at: first.operation.origin, message: `\`${first.method} ${first.key}\` stands here` }],
  ));
