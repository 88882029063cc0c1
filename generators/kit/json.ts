import type { Json } from '../../src/base/json.js';

/**
 * JSON with two blanks of indent and a final newline. What a reader cannot see, or JavaScript takes for the end of a line,
 * is escaped, so that the text is what it looks like, and may be read as script.
 */
export const printJson = (value: Json): string => `${escapeHidden(JSON.stringify(value, null, 2))}\n`;

const escapeHidden = (text: string): string =>
  text.replace(/[\u007f-\u009f\u00ad\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
