import { define, type Json, type JsonObject } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { Api } from './api.js';

/** Answers what `make` gave the last time, where it is of the same values. */
type Kept = (key: string, of: readonly unknown[], make: () => Json) => Json;

/**
 * The IR as JSON: maps become objects, and each place of the document one line of text (`label`). What is absent is
 * left out. `publicDocument` is not repeated; it has a file of its own. `kept`: for one API after another.
 */
export const printApi = (api: Api, label: (origin: Origin) => string, kept: Kept = (_, __, make) => make()): JsonObject => {
  const print = (value: unknown): Json => {
    if (value instanceof Map) return printEntries(value.entries());
    if (Array.isArray(value)) return value.map(print);
    if (typeof value === 'object' && value !== null) return isOrigin(value) ? label(value) : printEntries(Object.entries(value));
    return value as Json;
  };
  const printEntries = (entries: Iterable<readonly [unknown, unknown]>, printed: (value: unknown, key: string) => Json = print): JsonObject => {
    const object: Record<string, Json> = {};
    for (const [key, value] of entries) if (value !== undefined) define(object, String(key), printed(value, String(key)));
    return object;
  };
  const { publicDocument: _published, ...rest } = api;
  return printEntries(Object.entries(rest), (value, field) => (value instanceof Map ? printEntries(value, (item, key) => kept(`model ${field} ${key}`, [item], () => print(item))) : print(value)));
};

const isOrigin = (value: object): value is Origin =>
  'pointer' in value && 'file' in value && typeof value.file === 'string' && typeof value.pointer === 'string' && Object.keys(value).length === 2;
