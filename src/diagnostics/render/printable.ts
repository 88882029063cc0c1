/**
 * Text of a document as it may be shown on a terminal or in a log: control characters, and those that reorder or hide
 * what stands around them, become their code in brackets.
 */
export const printable = (text: string): string =>
  text.replace(/\t/g, '    ').replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
