import { pointerToken } from '../base/origin.js';
import type { Cursor } from '../document/cursor.js';
import { parseExpression } from '../expressions/parse.js';
import type { Link } from '../ir/index.js';

/** What links know operations by: their `operationId`, or their place. */
export type FindOperation = (reference: { readonly id?: string; readonly pointer?: string }) => string | undefined;

/** What an operation's answers give to others, as its links say. One that names nothing, or that takes no expression, says nothing. */
export const lowerLinks = (operation: Cursor, find: FindOperation): readonly Link[] => {
  const responses = operation.get('responses')?.with(() => undefined).entries('`responses`') ?? [];
  return responses.flatMap(([, entry]) => (entry.follow()?.get('links')?.entries('`links`') ?? []).flatMap(([name, link]): Link[] => {
    const place = link.follow();
    const id = textOf(place?.get('operationId'));
    const reference = textOf(place?.get('operationRef'));
    const target = id === undefined ? reference?.startsWith('#') ? find({ pointer: reference.slice(1) }) : undefined : find({ id });
    if (!place || target === undefined) return [];
    const parameters = (place.get('parameters')?.entries('`parameters`') ?? []).flatMap(([parameter, value]) => {
      const text = textOf(value);
      const parsed = text?.startsWith('$') ? parseExpression(text, 0, undefined) : undefined;
      return parsed && 'source' in parsed ? [{ name: parameter.replace(/^(?:path|query|header|cookie)\./, ''), source: parsed.source }] : [];
    });
    return [{ origin: place.origin, name, operation: target, parameters }];
  }));
};

const textOf = (place: Cursor | undefined): string | undefined => (typeof place?.value === 'string' ? place.value : undefined);

/** Finds operations among routes that have been named. */
export const operationFinder = (named: readonly { readonly id: string; readonly stated: string | undefined; readonly path: string; readonly method: string }[]): FindOperation => {
  const byId = new Map(named.map(({ id, stated }) => [stated ?? id, id] as const));
  const byPlace = new Map<string, string>(named.map(({ id, path, method }) => [`/paths/${pointerToken(path)}/${method.toLowerCase()}`, id] as const));
  return ({ id, pointer }) => (id === undefined ? byPlace.get(decodeURIComponent(pointer ?? '')) : byId.get(id));
};
