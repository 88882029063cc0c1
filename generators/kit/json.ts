import type { Json } from '../../src/base/json.js';

/** JSON with two blanks of indent and a final newline. Line separators of JavaScript are escaped, so that it may be read as script. */
export const printJson = (value: Json): string => `${escapeSeparators(JSON.stringify(value, null, 2))}\n`;

const escapeSeparators = (text: string): string => text.replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
