/**
 * Text of a document as a reader sees it: what cannot be seen, reorders what can, or ends a line for some language does not
 * stand in an output as it is (CVE-2021-42574).
 */
const hidden = '\\u007f-\\u009f\\u00ad\\u2028\\u2029\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff';
const inStrings = new RegExp(`[${hidden}]`, 'g');
const inLines = new RegExp(`[\\u0000-\\u001f${hidden}]+`, 'g');

/** JSON, or a string as JSON writes one, with such characters as escapes. */
export const escapeHidden = (json: string): string => json.replace(inStrings, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One line without them, for a comment. */
export const oneLine = (text: string): string => text.replace(inLines, ' ');
