import { define, isObject, own, type Json, type JsonObject } from '../base/json.js';
import { identityOf, pointerToken, pointerTokens } from '../base/origin.js';
import { canonical, compare, sorted } from '../base/order.js';
import { placeIn } from '../base/places.js';
import { Cursor } from '../document/cursor.js';
import type { Document } from '../document/document.js';
import { grammar, sectionOf, type Field, type Kind } from './public-grammar.js';
import { SchemaNames, stemOf } from './schema-names.js';

/** The order in which readers expect the fields of a document. */
const fieldOrder = ['openapi', 'info', 'jsonSchemaDialect', 'servers', 'security', 'tags', 'externalDocs', 'paths', 'webhooks', 'components'];

const isGatewayFact = (key: string): boolean => key === 'x-gateway' || key.startsWith('x-gateway-');

/** The description to publish, and where in it stands what other files hold. */
export interface Published {
  readonly document: JsonObject;
  /** Pointers into the document, by where their parts were written: `file#pointer`. */
  readonly moved: ReadonlyMap<string, string>;
}

/**
 * The description to publish, with the keys of every object in order: one file in the dialect it was written in, without any `x-gateway`, with what other files hold
 * moved into `components`. A reference that leads nowhere stays as it is; whoever followed it has told of it.
 */
export const publish = (document: Document): Published => {
  const publisher = new Publisher(document);
  return { document: publisher.publish(), moved: publisher.moved };
};

class Publisher {
  readonly #root: Cursor;
  readonly #schemaNames: SchemaNames;
  /** By section, then by name: what came from other files. */
  readonly #added = new Map<string, Map<string, Json>>();
  readonly #names = new Map<string, string>();
  readonly moved = new Map<string, string>();
  readonly #open = new Set<string>();

  constructor(document: Document) {
    this.#root = Cursor.root(document, () => undefined);
    this.#schemaNames = new SchemaNames(this.#root);
  }

  publish(): JsonObject {
    const written = this.#object(this.#root, 'document') as Record<string, Json>;
    const components = own(written, 'components');
    const merged: Record<string, Json> = isObject(components) ? { ...components } : {};
    for (const [section, entries] of this.#added) {
      const before = own(merged, section);
      const all: Record<string, Json> = isObject(before) ? { ...before } : {};
      for (const [name, value] of entries) define(all, name, value);
      merged[section] = sorted(all);
    }
    if (Object.keys(merged).length > 0) written['components'] = sorted(merged);
    const known = fieldOrder.filter((field) => Object.hasOwn(written, field));
    const others = Object.keys(written).filter((field) => !fieldOrder.includes(field)).sort(compare);
    const result: Record<string, Json> = {};
    for (const field of [...known, ...others]) define(result, field, written[field]);
    return result;
  }

  /** The first place is the one: `components` come before those who refer to them. */
  #move(from: Cursor, pointer: string): void {
    const identity = identityOf(from.origin);
    if (!this.moved.has(identity)) this.moved.set(identity, pointer);
  }

  #value(place: Cursor, kind: Kind): Json {
    if (!isObject(place.value)) return canonical(place.value);
    const { reference } = place;
    return reference === undefined || kind === 'plain' ? this.#object(place, kind) : this.#reference(place, reference, kind);
  }

  #object(place: Cursor, kind: Kind): Json {
    const result: Record<string, Json> = {};
    const values = place.object('the object') ?? {};
    for (const key of Object.keys(values).sort(compare)) {
      if (isGatewayFact(key)) continue;
      const child = typeof values[key] === 'object' ? place.get(key) : undefined;
      if (!child) {
        define(result, key, values[key]);
        continue;
      }
      const field = kind === 'callback' ? ({ holds: 'pathItem', as: 'one' } satisfies Field) : fieldOf(grammar[kind], key);
      define(result, key, field ? this.#field(child, field) : kind === 'schema' && key === 'discriminator' ? this.#discriminator(child) : text(child));
    }
    return result;
  }

  #field(place: Cursor, { holds, as }: Field): Json {
    if (as === 'one') return this.#value(place, holds);
    if (as === 'list') return Array.isArray(place.value) ? place.items('the list').map((item) => this.#value(item, holds)) : canonical(place.value);
    if (!isObject(place.value)) return canonical(place.value);
    const result: Record<string, Json> = {};
    // Names are the author's: only where the specification allows extensions is `x-gateway` none of them.
    const extensible = holds === 'pathItem' || holds === 'response';
    if (place.reference !== undefined && holds === 'schema') return this.#members(place);
    for (const [key, child] of place.entries('the map')) if (!extensible || !isGatewayFact(key)) define(result, key, this.#value(child, holds));
    return result;
  }

  #reference(place: Cursor, reference: string, kind: Kind): Json {
    const target = place.target(reference);
    if (!target) return canonical(place.value);
    const siblings = kind === 'schema' ? (this.#object(place, kind) as JsonObject) : (place.value as JsonObject);
    if (kind === 'operation') return this.#operation(place, target);
    if (target.origin.file === this.#root.origin.file) return canonical({ ...siblings, $ref: `#${target.origin.pointer}` });
    const section = sectionOf[kind];
    if (section === undefined || this.#isComponentItself(place, section)) {
      const end = target.follow();
      if (!end) return canonical(place.value);
      this.#move(end, placeIn(this.#root.origin.file, this.moved, place.origin).pointer);
      return this.#object(end, kind);
    }
    return canonical({ ...siblings, $ref: this.#pointerTo(target, kind, section) });
  }

  /** The specification has no references to operations: they are written out, unless one calls itself back. */
  #operation(place: Cursor, target: Cursor): Json {
    const end = target.follow();
    const identity = end && identityOf(end.origin);
    if (!end || identity === undefined || this.#open.has(identity)) return canonical(place.value);
    this.#open.add(identity);
    this.#move(end, placeIn(this.#root.origin.file, this.moved, place.origin).pointer);
    const written = this.#object(end, 'operation');
    this.#open.delete(identity);
    return written;
  }

  /** A map of schemas that is a reference itself: a reference for each member, since the map may stand within itself. */
  #members(place: Cursor): Json {
    const result: Record<string, Json> = {};
    for (const [key, child] of place.follow()?.entries('the map') ?? []) define(result, key, { $ref: this.#pointerTo(child, 'schema', 'schemas') });
    return result;
  }

  /** Where something stands in the document that is published. */
  #pointerTo(target: Cursor, kind: Kind, section: string): string {
    return target.origin.file === this.#root.origin.file ? `#${target.origin.pointer}` : `#${pointerOf(section, this.#adopt(target, kind, section))}`;
  }

  /** The mapping of a discriminator names schemas by reference as well. */
  #discriminator(place: Cursor): Json {
    const mapping = place.get('mapping');
    if (!isObject(place.value) || !mapping || !isObject(mapping.value)) return canonical(place.value);
    const rewritten: Record<string, Json> = {};
    for (const [value, at] of mapping.entries('`mapping`')) {
      const target = typeof at.value === 'string' && /[#/]|\.(ya?ml|json)$/.test(at.value) ? at.target(at.value) : undefined;
      define(rewritten, value, target ? this.#pointerTo(target, 'schema', 'schemas') : at.value);
    }
    return canonical({ ...place.value, mapping: rewritten });
  }

  /** A component of the root that is no more than a reference: what it leads to takes its place. */
  #isComponentItself(place: Cursor, section: string): boolean {
    const tokens = pointerTokens(place.origin.pointer);
    return place.origin.file === this.#root.origin.file && tokens.length === 3 && tokens[0] === 'components' && tokens[1] === section;
  }

  /** The name under which something of another file stands in `components`; it is put there the first time. */
  #adopt(target: Cursor, kind: Kind, section: string): string {
    const identity = `${section} ${identityOf(target.origin)}`;
    const known = this.#names.get(identity);
    if (known !== undefined) return known;
    const own = this.#root.get('components')?.get(section);
    const taken = (name: string): boolean => own?.get(name) !== undefined || (this.#added.get(section)?.has(name) ?? false);
    const wanted = (kind === 'schema' ? this.#schemaNames.of(target.origin) : pointerTokens(target.origin.pointer).at(-1) ?? stemOf(target.origin.file)).replace(/[^A-Za-z0-9._-]/g, '_');
    const standsFor = own?.get(wanted)?.follow();
    const same = standsFor !== undefined && identityOf(standsFor.origin) === identityOf(target.origin);
    let name = wanted;
    for (let next = 2; !same && taken(name); next++) name = `${wanted}${next}`;
    this.#names.set(identity, name);
    this.#move(target, pointerOf(section, name));
    if (same) return name;
    const entries = this.#added.get(section) ?? new Map<string, Json>();
    this.#added.set(section, entries);
    entries.set(name, null);
    entries.set(name, this.#value(target, kind));
    return name;
  }
}

const pointerOf = (section: string, name: string): string => `/components/${section}/${pointerToken(name)}`;

const fieldOf = (fields: Readonly<Record<string, Field>>, key: string): Field | undefined => (Object.hasOwn(fields, key) ? fields[key] : undefined);

/** A value as it is; a text that a file holds is written out. */
const text = (place: Cursor): Json => {
  const end = place.reference === undefined ? undefined : place.follow();
  return typeof end?.value === 'string' ? end.value : canonical(place.value);
};
