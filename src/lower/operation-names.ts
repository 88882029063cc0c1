import type { Origin } from '../base/origin.js';
import { at } from '../base/origin.js';
import { duplicateOperationId } from './openapi-diagnostics.js';
import { Claims, fileNameOf, folded, identifierOf } from './names.js';
import type { Route } from './route.js';

export interface OperationName { readonly id: string; readonly fileName: string }

/**
 * A name for each route, in their order: its `operationId`, or one made from method and path. Two ids that
 * become one name are an error; names that were made up give way.
 */
export const nameOperations = (routes: readonly Route[]): OperationName[] => {
  const ids = new Claims();
  const fileNames = new Claims();
  const stated = new Map<string, { text: string; origin: Origin }>();
  const names = new Map<Route, OperationName>();
  const give = (route: Route, text: string): void => {
    const id = ids.claim(identifierOf(text) || 'operation');
    names.set(route, { id, fileName: fileNames.claim(fileNameOf(text), '-') });
  };
  const unnamed: Route[] = [];
  for (const route of routes) {
    const text = route.operation.get('operationId')?.string('`operationId`');
    const name = text === undefined ? '' : identifierOf(text);
    if (text === undefined || name === '') {
      unnamed.push(route);
      continue;
    }
    const origin = at(route.operation.origin, 'operationId');
    const first = stated.get(folded(name)) ?? stated.get(`file ${fileNameOf(text)}`);
    if (first) route.operation.report(duplicateOperationId({ id: text, other: first.text }, origin, [{ at: first.origin, message: 'the other stands here' }]));
    else for (const key of [folded(name), `file ${fileNameOf(text)}`]) stated.set(key, { text, origin });
    give(route, text);
  }
  for (const route of unnamed) give(route, describe(route));
  return routes.map((route) => names.get(route) as OperationName);
};

/** `GET /orders/{orderId}` → `get orders by orderId`. */
const describe = (route: Route): string => {
  const parts = route.path.segments.flatMap((segment): string[] => {
    switch (segment.kind) {
      case 'literal': return [segment.text];
      case 'variable': return ['by', segment.name];
      case 'mixed': return segment.parts.flatMap((part) => ('text' in part ? [part.text] : ['by', part.name]));
    }
  });
  return [route.method.toLowerCase(), ...(parts.length === 0 ? ['root'] : parts)].join(' ');
};
