import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { keepNothing, type Keep } from '../../src/emit/memory.js';
import { escapeHidden } from './hidden.js';

/**
 * JSON with two blanks of indent and a final newline. What a reader cannot see, or JavaScript takes for the end of a line,
 * is escaped, so that the text is what it looks like, and may be read as script.
 */
export const printJson = (value: Json): string => `${escapeHidden(JSON.stringify(value, null, 2))}\n`;

/** The same text of an object of objects. What is in the latter is printed once while it stays the same object, where one build follows another. */
export const printJsonKept = (value: JsonObject, keep: Keep): string => {
  // Put together of parts, it takes twice as long.
  if (keep === keepNothing) return printJson(value);
  const inner = (name: string, object: JsonObject): string => braced(Object.entries(object).map(([key, item]) => keep(`json ${name} ${key}`, [item], () => entry(key, part(item, '    '), '    '))), '  ');
  return `${braced(Object.entries(value).map(([name, item]) => entry(name, isObject(item) ? inner(name, item) : part(item, '  '), '  ')), '')}\n`;
};

/** A text in JSON has its line breaks escaped: those of a printed value are all its layout. */
const part = (value: Json, indent: string): string => escapeHidden(JSON.stringify(value, null, 2)).replaceAll('\n', `\n${indent}`);
const entry = (name: string, printed: string, indent: string): string => `${indent}${part(name, '')}: ${printed}`;
const braced = (entries: readonly string[], indent: string): string => (entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`);
