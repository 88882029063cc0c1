import { checkTemplate } from '../expressions/check.js';
import type { Scope } from '../expressions/scope.js';
import type { Cursor } from '../document/cursor.js';
import type { Callback, Method } from '../ir/index.js';
import { lowerBody } from './body.js';
import { methods, pathItemOf } from './path-item.js';
import type { SchemaLowerer } from './schema.js';

/** A callback with its address as an expression of the request that was accepted. */
export const addressed = (callback: Callback, scope: Scope): Callback => {
  const address = checkTemplate(callback.url, callback.origin, scope);
  return address ? { ...callback, address } : callback;
};

/** The requests that an operation makes in turn, by name, by URL, by method. */
export const lowerCallbacks = (operation: Cursor, schemas: SchemaLowerer): Callback[] =>
  (operation.get('callbacks')?.entries('`callbacks`') ?? []).flatMap(([name, entry]) =>
    (entry.follow()?.entries('the callback') ?? []).flatMap(([url, item]): Callback[] => {
      const place = url.startsWith('x-') ? undefined : pathItemOf(item);
      return place ? methods.flatMap(([key, method]) => lowerRequest(name, url, method, place.at(key), schemas)) : [];
    }));

const lowerRequest = (name: string, url: string, method: Method, place: Cursor | undefined, schemas: SchemaLowerer): Callback[] => {
  if (!place?.object('the request of the callback')) return [];
  const body = lowerBody(place, schemas);
  return [{ origin: place.origin, name, url, method, ...(body ? { body } : {}) }];
};
