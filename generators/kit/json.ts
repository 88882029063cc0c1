import type { Json } from '../../src/base/json.js';
import { escapeHidden } from './hidden.js';

/**
 * JSON with two blanks of indent and a final newline. What a reader cannot see, or JavaScript takes for the end of a line,
 * is escaped, so that the text is what it looks like, and may be read as script.
 */
export const printJson = (value: Json): string => `${escapeHidden(JSON.stringify(value, null, 2))}\n`;
