/**
 * A piece of TypeScript or JavaScript that is safe to put into a file. Only this printer makes it: the text of a
 * document enters through `lit`, `prop`, `ident` and the comments, or not at all.
 */
export class Code {
  readonly #text: string;
  private constructor(text: string) { this.#text = text; }
  /** The door of this folder; nothing outside of it may call this. */
  static trusted(text: string): Code { return new Code(text); }
  toString(): string { return this.#text; }
  get empty(): boolean { return this.#text === ''; }
}

export const nothing = Code.trusted('');

/**
 * Puts pieces together: `` ts`const ${ident(name)} = ${lit(value)};` ``. The fixed text is ours; everything between is
 * `Code` by type. A piece of several lines keeps the indentation of the line it stands in.
 */
export const ts = (fixed: TemplateStringsArray, ...pieces: readonly Code[]): Code => {
  let text = fixed[0] ?? '';
  pieces.forEach((piece, index) => {
    const content = piece.toString();
    text += (content.includes('\n') ? content.replaceAll('\n', `\n${indentation(text)}`) : content) + (fixed[index + 1] ?? '');
  });
  return Code.trusted(text);
};

/** The blanks at the beginning of the last line. */
const indentation = (text: string): string => /^ */.exec(text.slice(text.lastIndexOf('\n') + 1))?.[0] ?? '';

export const join = (pieces: readonly Code[], separator: ', ' | ' | ' | ' & ' | '; ' | ',\n' | '\n' | '\n\n' | ' || '): Code =>
  Code.trusted(pieces.filter((piece) => !piece.empty).map(String).join(separator));

/** Pieces one to a line, two spaces deeper than what they stand in. */
export const indented = (pieces: readonly Code[]): Code =>
  Code.trusted(pieces.filter((piece) => !piece.empty).map((piece) => `  ${piece.toString().replaceAll('\n', '\n  ')}`).join('\n'));

const reserved = new Set(('break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super '
  + 'switch this throw true try typeof var void while with yield let static implements interface package private protected public await async of eval arguments undefined '
  + 'any unknown never string number boolean object symbol bigint type declare namespace module abstract as is keyof infer readonly').split(' '));

/** An identifier. Names are chosen in the IR; one that is not legal here is a bug of ours, and refused. */
export const ident = (name: string): Code => {
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || reserved.has(name) || name === '__proto__') throw new Error(`Not an identifier: ${JSON.stringify(name)}`);
  return Code.trusted(name);
};

/** Whether `ident` takes it. */
export const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name) && !reserved.has(name) && name !== '__proto__';

/** Text of a program that another printer made (ajv's); what is not ASCII can only stand within its strings, and is escaped. */
export const foreign = (text: string): Code => Code.trusted(escapeAll(text));

const escapeAll = (text: string): string => text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
