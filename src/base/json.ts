/** A JSON value, as RFC 8259 has it; the only shape in which a document travels. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject { readonly [key: string]: Json }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads an own property. Never answers with something inherited: documents are hostile. */
export const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** Sets an own property, also when its name is `__proto__`. */
export const define = (object: object, key: string, value: unknown): void => {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else (object as Record<string, unknown>)[key] = value;
};

/** The word for a value's JSON type, as messages to people use it. */
export const typeName = (value: unknown): string =>
  value === null ? 'null'
  : Array.isArray(value) ? 'a list'
  : typeof value === 'object' ? 'an object'
  : typeof value === 'string' ? 'a string'
  : typeof value === 'number' ? 'a number'
  : typeof value === 'boolean' ? 'a boolean'
  : 'nothing';
