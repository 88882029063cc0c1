import { escapeHidden, oneLine } from '../hidden.js';

/**
 * JSON in which nothing begins a directive: `$`, `#` and `{{` (a dynamic reference) stand as escapes, and so does a backslash,
 * since two of them before a directive are taken for one.
 */
const inert = (json: string): string => json.replaceAll('\\\\', '\\u005c').replaceAll('$', '\\u0024').replaceAll('#', '\\u0023').replaceAll('{{', '{\\u007b');

/** Text of a document as a JSON string inside a template. */
export const jsonText = (text: string): string => inert(escapeHidden(JSON.stringify(text)));

/** A JSON value as template text. */
export const jsonLiteral = (value: unknown): string => inert(escapeHidden(JSON.stringify(value)));

const names: Readonly<Record<string, string>> = { $: '$!{D}', '#': '$!{H}', '\\': '$!{B}' };

/** Text as template text that prints it. The names are set by the preamble of a template that needs them. */
export const plainText = (text: string): string => text.replace(/[$#\\]/g, (character) => names[character] ?? character);

/** A name as a Velocity string in single quotes, which interpolates nothing; nothing where it has a quote itself. */
export const singleQuoted = (name: string): string | undefined => (/['\\\u0000-\u001f]/.test(name) ? undefined : `'${name}'`);

/** A line that prints nothing, its own end among it: a comment takes that along. */
export const silent = (line: string): string => (/^##|##$/.test(line) ? `${line}\n` : `${line}##\n`);

/** A comment to the end of the line. */
export const comment = (text: string): string => `## ${oneLine(text)}`;
