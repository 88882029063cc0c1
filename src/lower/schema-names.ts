import { isObject } from '../base/json.js';
import { identityOf, pointerTokens, type Origin } from '../base/origin.js';
import { pascal } from '../base/text.js';
import type { Cursor } from '../document/cursor.js';

/** The last part of a file's name, without its extension. */
export const stemOf = (file: string): string => (file.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '');

/** The name that a reference gives its target when it is read as a name: the last token, or the file's stem. */
export const nameInReference = (reference: string): string => {
  const hash = reference.indexOf('#');
  const fragment = hash < 0 ? '' : reference.slice(hash + 1);
  return pointerTokens(fragment).at(-1) ?? stemOf(hash < 0 ? reference : reference.slice(0, hash));
};

/** Words of a pointer that say where in the specification's grammar a schema stands, not what it is. */
const structural = new Set([
  'components', 'definitions', '$defs', 'schemas', 'schema', 'paths', 'properties', 'content', 'responses', 'parameters', 'headers',
  'requestBodies', 'callbacks', 'webhooks', 'pathItems', 'allOf', 'anyOf', 'oneOf', 'additionalProperties',
]);
const spoken: Readonly<Record<string, string>> = { requestBody: 'Request', items: 'Item' };

/**
 * Names for whatever a reference may lead to. A component of the root document keeps its key; a file or another
 * place gets a readable name made from its pointer, or the key of the component that merely refers to it.
 */
export class SchemaNames {
  readonly #names = new Map<string, string>();
  readonly #claims = new Set<string>();

  constructor(root: Cursor) {
    const components = root.with(() => undefined).at('components')?.at('schemas');
    if (!components || !isObject(components.value)) return;
    const entries = components.entries('components.schemas');
    for (const [key, place] of entries) {
      this.#names.set(identityOf(place.origin), key);
      this.#claims.add(key);
    }
    for (const [key, place] of entries) {
      const target = isObject(place.value) && Object.keys(place.value).length === 1 && place.reference !== undefined ? place.follow() : undefined;
      if (!target || this.#names.has(identityOf(target.origin))) continue;
      this.#names.set(identityOf(target.origin), key);
      this.#names.set(identityOf(place.origin), key);
    }
  }

  /** The name of the schema that stands at a place: always the same for the same place. */
  of(origin: Origin): string {
    const identity = identityOf(origin);
    const known = this.#names.get(identity);
    if (known !== undefined) return known;
    const name = this.#free(origin);
    this.#names.set(identity, name);
    this.#claims.add(name);
    return name;
  }

  #free(origin: Origin): string {
    const tokens = pointerTokens(origin.pointer);
    const own = tokens.length === 2 && tokens[0] === 'components' ? tokens.slice(-1) : tokens.filter((token) => !structural.has(token)).map((token) => spoken[token] ?? token);
    const component = tokens.length === 3 && tokens[0] === 'components' && tokens[1] === 'schemas' ? tokens[2] : undefined;
    const short = component ?? (own.map(pascal).join('') || pascal(stemOf(origin.file)) || 'Schema');
    const candidates = [short, pascal(stemOf(origin.file)) + pascal(short)];
    return candidates.find((name) => !this.#claims.has(name)) ?? numbered(short, this.#claims);
  }
}

const numbered = (name: string, taken: ReadonlySet<string>): string => {
  for (let next = 2; ; next++) if (!taken.has(`${name}${next}`)) return `${name}${next}`;
};
