import { sha256 } from '../base/digest.js';
import { camel, kebab, nameable, pascal } from '../base/text.js';

/** Longest file name without its extension: leaves room for suffixes below the 255 bytes of common file systems. */
const longestFileName = 80;
const longestIdentifier = 120;

/** Words that cannot name a binding in strict TypeScript modules. */
const reservedWords = new Set((
  'abstract any arguments as async await boolean break case catch class const continue debugger declare default delete do else enum eval export extends '
  + 'false finally for from function get if implements import in instanceof interface is keyof let module namespace never new null number object of package '
  + 'private protected public readonly require return set static string super switch symbol this throw true try type typeof undefined unique unknown var void while with yield '
  + 'constructor prototype hasOwnProperty toString valueOf exports NaN Infinity globalThis console process'
).split(' '));

/** Global types and values that a type of the same name would hide. */
const globalTypes = new Set((
  'Any Array ArrayBuffer Awaited BigInt Blob Boolean Buffer Date Error Event Exclude Extract File FormData Function Headers Infinity Intl Iterable Iterator JSON Map Math '
  + 'NaN NonNullable Number Object Omit Parameters Partial Pick Promise Proxy Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect RegExp Request Required '
  + 'Response ReturnType Set String Symbol URL URLSearchParams Uint8Array Undefined Unknown Never Void Null WeakMap WeakSet'
).split(' '));

/** Names that Windows keeps for devices, whatever their extension. */
const deviceNames = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** A short text made from all of a name, for what is left after cutting or after dropping every letter. */
const digest = (text: string): string => sha256(text.normalize('NFC')).slice(0, 8);

const capped = (name: string, longest: number, joint: string): string =>
  name.length <= longest ? name : `${name.slice(0, longest - 9)}${joint}${digest(name)}`;

/** A legal value identifier in camelCase; empty when the text has no ASCII letter or digit. */
export const identifierOf = (text: string): string => {
  const name = capped(nameable(camel(text)), longestIdentifier, '_');
  return reservedWords.has(name) ? `${name}_` : name;
};

/** A legal TypeScript type name in PascalCase, never that of a global type. */
export const typeNameOf = (text: string): string => {
  const name = capped(nameable(pascal(text)), longestIdentifier, '_') || `Schema${digest(text)}`;
  return globalTypes.has(name) ? `${name}_` : name;
};

/** A file name without extension: `[a-z0-9-]` only, no device name, never empty. */
export const fileNameOf = (text: string): string => {
  const name = capped(kebab(text), longestFileName, '-') || `n-${digest(text)}`;
  return deviceNames.test(name) ? `${name}-file` : name;
};

/** The form in which names are compared: file systems ignore case, and some compose characters. */
export const folded = (name: string): string => name.normalize('NFC').toLowerCase();

/** Names that were given out; each is unique regardless of case. */
export class Claims {
  readonly #taken = new Set<string>();

  has(name: string): boolean { return this.#taken.has(folded(name)); }

  /** Takes the name, or the first of `name2`, `name3`, … that is free (`joint` stands before the number). */
  claim(name: string, joint = ''): string {
    let candidate = name;
    for (let next = 2; this.has(candidate); next++) candidate = `${name}${joint}${next}`;
    this.#taken.add(folded(candidate));
    return candidate;
  }
}
