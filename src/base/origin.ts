/**
 * Where in the source a value was written: a file (as the user named it, or relative to the root document) and
 * a JSON Pointer into it (RFC 6901, '' for the whole). Lines and columns are found only when something is printed.
 */
export interface Origin {
  readonly file: string;
  readonly pointer: string;
  /** Line and column, from 1, for what no pointer can name: a fault of the notation itself. */
  readonly position?: { readonly line: number; readonly column: number };
}

/** The place of what nobody wrote: a built-in default. */
export const builtin: Origin = { file: '', pointer: '' };

/** A place, or the second where nobody wrote the first. */
export const written = (origin: Origin, otherwise: Origin): Origin => (origin.file === '' ? otherwise : origin);

/** A place as one text, to know it by. */
export const identityOf = ({ file, pointer }: Origin): string => `${file}#${pointer}`;

/** One reference token, escaped for a JSON Pointer (RFC 6901 §3). */
export const pointerToken = (token: string | number): string =>
  typeof token === 'number' ? String(token) : token.includes('/') || token.includes('~') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;

/** The place of a child. */
export const at = (origin: Origin, ...tokens: readonly (string | number)[]): Origin => {
  let { pointer } = origin;
  for (const token of tokens) pointer += `/${pointerToken(token)}`;
  return { file: origin.file, pointer };
};

/** The tokens of a JSON Pointer, unescaped. */
export const pointerTokens = (pointer: string): string[] =>
  pointer === '' ? [] : pointer.split('/').slice(1).map((token) => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token));
