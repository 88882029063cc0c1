import type { Cursor } from '../document/cursor.js';
import type { Callback, Method } from '../ir/index.js';
import { lowerBody } from './body.js';
import { methods, pathItemOf } from './path-item.js';
import type { SchemaLowerer } from './schema.js';

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
