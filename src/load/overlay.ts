import { exec } from 'jsonpath-rfc9535';
import { define, isObject, type Json, type JsonObject } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import { Cursor } from '../document/cursor.js';
import * as faults from './diagnostics.js';
import { OriginMap } from './overlay-origins.js';

type Path = readonly (string | number)[];

export interface Overlaid { readonly value: JsonObject; readonly origins: ReadonlyMap<string, Origin> }

/**
 * Applies OpenAPI Overlays 1.0 to a document, one after the other; what they brought knows where it was written. Reports,
 * and answers nothing, where a file cannot be read or is no overlay.
 */
export const applyOverlays = async (
  document: JsonObject, file: string, overlays: readonly string[],
  read: (path: string) => Promise<{ name: string; value: JsonObject } | undefined>, report: Report,
): Promise<Overlaid | undefined> => {
  if (overlays.length === 0) return { value: document, origins: new Map() };
  // A copy of its own: values that YAML aliases share must not change together.
  const value = JSON.parse(JSON.stringify(document)) as JsonObject;
  const origins = new OriginMap(file);
  let sound = true;
  for (const path of overlays) {
    const overlay = await read(path);
    if (!overlay) return undefined;
    const root = Cursor.root({
      root: overlay.name,
      dialect: '3.1',
      files: new Map([[overlay.name, { name: overlay.name, value: overlay.value, text: '', format: 'yaml' }]]),
      resolve: (_, target) => ({ refused: 'missing', target }),
    }, report);
    sound = applyOverlay(root, value, origins) && sound;
  }
  return sound ? { value, origins: origins.entries } : undefined;
};

const applyOverlay = (root: Cursor, document: JsonObject, origins: OriginMap): boolean => {
  const version = root.get('overlay')?.value;
  const actions = root.get('actions');
  if (typeof version !== 'string' || !/^1\.0\.\d+$/.test(version)) {
    root.report(faults.overlayShape({ why: version === undefined ? 'it has no `overlay: 1.0.0`' : `version ${JSON.stringify(version)} is not supported` }, root.get('overlay')?.origin ?? root.origin));
    return false;
  }
  root.only('the overlay', ['overlay', 'info', 'extends', 'actions']);
  if (!actions || !Array.isArray(actions.value)) {
    root.report(faults.overlayShape({ why: '`actions` must be a list' }, actions?.origin ?? root.origin));
    return false;
  }
  return actions.items('`actions`').map((action) => applyAction(action, document, origins)).every(Boolean);
};

const applyAction = (action: Cursor, document: JsonObject, origins: OriginMap): boolean => {
  const target = action.get('target');
  const fail = (why: string): boolean => {
    action.report(faults.overlayShape({ why }, action.origin));
    return false;
  };
  if (!isObject(action.value) || typeof target?.value !== 'string') return fail('an action must be an object with a `target`');
  action.only('the action', ['target', 'description', 'update', 'remove']);
  const update = action.get('update');
  const remove = action.get('remove')?.value === true;
  if (!remove && !update) return fail('an action must say `update` or `remove: true`');
  const matches = matchesOf(document, target.value);
  const refuse = (why: string): boolean => {
    action.report(faults.overlayTarget({ target: String(target.value), why }, target.origin));
    return false;
  };
  if (typeof matches === 'string') return refuse(matches);
  if (matches.length === 0) action.report(faults.overlayUnmatched({ target: target.value }, target.origin));
  if (remove) {
    if (matches.some((path) => path.length === 0)) return refuse('the whole document cannot be removed');
    // From the end, so that the indices of what is still to be removed hold.
    for (const path of matches.reverse()) removeAt(document, path, origins);
    return true;
  }
  return !update || matches.every((path) => updateAt(document, path, update, origins) || refuse('an update needs an object or a list to go into'));
};

/** The places that a JSONPath selects, each once, or why it is none. */
const matchesOf = (document: JsonObject, target: string): Path[] | string => {
  const found = new Map<string, Path>();
  try {
    exec(document as never, target, (_, path) => { found.set(JSON.stringify(path), [...path]); });
  } catch (error) {
    return error instanceof Error ? error.message.split('\n', 1)[0] ?? '' : String(error);
  }
  return [...found.values()];
};

const valueAt = (document: JsonObject, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string | number, Json>)[key] : undefined), document);

const removeAt = (document: JsonObject, path: Path, origins: OriginMap): void => {
  const parent = valueAt(document, path.slice(0, -1));
  const key = path.at(-1);
  if (Array.isArray(parent) && typeof key === 'number') {
    origins.removeItem(path.slice(0, -1), key, parent.length);
    (parent as Json[]).splice(key, 1);
  } else if (isObject(parent)) {
    origins.forget(path);
    delete (parent as Record<string, Json>)[String(key)];
  }
};

const updateAt = (document: JsonObject, path: Path, update: Cursor, origins: OriginMap): boolean => {
  const value = valueAt(document, path);
  if (Array.isArray(value)) append(value as Json[], [update.value], path, [update.origin], origins);
  else if (isObject(value) && isObject(update.value)) merge(value as { [key: string]: Json }, update.value, path, update.origin, origins);
  else return false;
  return true;
};

const append = (list: Json[], items: readonly Json[], path: Path, from: readonly Origin[], origins: OriginMap): void => {
  for (const [index, item] of items.entries()) {
    origins.set([...path, list.length], from[index] as Origin);
    list.push(copy(item));
  }
};

/** Objects merge, lists grow, everything else is replaced. */
const merge = (into: { [key: string]: Json }, update: JsonObject, path: Path, from: Origin, origins: OriginMap): void => {
  for (const key of Object.keys(update)) {
    const old = Object.hasOwn(into, key) ? into[key] : undefined;
    const fresh = update[key] as Json;
    const place = [...path, key];
    if (isObject(old) && isObject(fresh)) merge(old as { [key: string]: Json }, fresh, place, at(from, key), origins);
    else if (Array.isArray(old) && Array.isArray(fresh)) append(old as Json[], fresh as readonly Json[], place, (fresh as readonly Json[]).map((_, index) => at(from, key, index)), origins);
    else {
      origins.set(place, at(from, key));
      define(into, key, copy(fresh));
    }
  }
};

const copy = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;
