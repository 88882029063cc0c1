/** Text of a document as a JSON string inside a template: `$` and `#` would begin directives, and JSON can write both as escapes. */
export const jsonText = (text: string): string => JSON.stringify(text).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023').replaceAll('{{', '{\\u007b');

/** A JSON value as template text. */
export const jsonLiteral = (value: unknown): string => JSON.stringify(value).replaceAll('$', '\\u0024').replaceAll('#', '\\u0023').replaceAll('{{', '{\\u007b');

/** Text as template text that prints it. `$D` and `$H` are set by the preamble of a template that needs them. */
export const plainText = (text: string): string => text.replace(/[$#]/g, (character) => (character === '$' ? '$!{D}' : '$!{H}'));

/** A name as a Velocity string in single quotes, which interpolates nothing; nothing where it has a quote itself. */
export const singleQuoted = (name: string): string | undefined => (/['\\\u0000-\u001f]/.test(name) ? undefined : `'${name}'`);

/** A comment to the end of the line. */
export const comment = (text: string): string => `## ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g, ' ')}`;
